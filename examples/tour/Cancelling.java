/*
 * Today: cancel a task, and what it may still do
 * 如今：取消任务，以及任务的善后
 *
 * A cancelled task meets CancelledError where it waits. It may clean up, and wait while it does. What is
 * shielded goes on.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void worker() {
    try {
        while (true) {
            println("working");
            sleep(ofSeconds(1));
        }
    } finally {
        println("cleaning up");
        sleep(ofSeconds(1));
        println("clean");
    }
}

void payment() {
    sleep(ofSeconds(1));
    println("paid");
}

void main() {
    run(() -> {
        var task = createTask(() -> worker());
        sleep(ofMillis(1500));
        task.cancel("enough");
        try {
            await(task);
        } catch (CancelledError e) {
            println("cancelled: " + e.getMessage());
        }

        var inner = createTask(() -> payment());
        var outer = createTask(() -> await(shield(inner)));
        sleep(ZERO);
        outer.cancel();
        Asyncio.wait(List.of(outer, inner));
        println("outer cancelled: " + outer.cancelled() + " inner: " + inner.cancelled());
    });
}
