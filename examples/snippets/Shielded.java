import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

String save() {
    sleep(ofMillis(300));
    println("saved");
    return "receipt";
}

void main() {
    run(() -> {
        var saving = createTask("save", () -> save()); // keep the task: shield() does not
        try {
            timeout(ofMillis(10), () -> await(shield(saving)));
        } catch (TimeoutException e) {
            println("not waiting any longer");
        }
        println(await(saving));
    });
}
