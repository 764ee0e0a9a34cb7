import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void download(String name) {
    try {
        sleep(ofSeconds(60));
    } catch (CancelledError e) {
        println(name + " stops: " + e.getMessage());
        sleep(ofMillis(10)); // cleaning up may await
        throw e;
    }
}

void main() {
    run(() -> {
        var task = createTask("a.iso", () -> download("a.iso"));
        sleep(Duration.ZERO); // let it begin
        println(task.cancel("not enough space"));
        println(task);
        try {
            await(task);
        } catch (CancelledError e) {
            println("cancelled: " + task.cancelled() + ", " + e.getMessage());
        }
        println(task.cancel());
    });
}
