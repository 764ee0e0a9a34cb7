import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void main() {
    run(() -> {
        createTask("nap", () -> Thread.sleep(3_000)); // on this backend the whole loop naps
        sleep(ofMillis(10));
        println("awake");
    });
}
