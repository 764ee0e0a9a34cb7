import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void main() {
    run(() -> {
        runningLoop().setExceptionHandler(failure ->
                println(failure.message() + " | " + failure.exception()));

        var lost = createTask("lost", () -> {
            throw new IOException("nobody asks for this");
        });
        runningLoop().callSoon(() -> {
            throw new IllegalStateException("a callback has no caller");
        });
        sleep(ofMillis(10));
        println("lost is done: " + lost.done());
    });
}
