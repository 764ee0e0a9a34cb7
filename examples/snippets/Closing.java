import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

/** A connection that says goodbye, which takes a while. */
static class Connection implements AutoCloseable {
    @Override
    public void close() {
        LowLevel.closing(() -> {
            println("goodbye");
            sleep(ofMillis(300)); // a cancellation ends this wait, but is not thrown from here
        });
        println("closed");
    }
}

void main() {
    run(() -> {
        var task = createTask(() -> {
            try (var _ = new Connection()) {
                println("body");
            }
            println("after the block");
            sleep(ofMillis(1)); // here it arrives
            println("not reached");
        });
        sleep(ofMillis(5));
        task.cancel();
        Asyncio.wait(List.of(task));
        println("cancelled: " + task.cancelled());
    });
}
