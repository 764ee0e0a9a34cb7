import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void fail(int millis, Exception e) throws Exception {
    sleep(ofMillis(millis));
    throw e;
}

void main() {
    run(() -> {
        // The value of a group is the value of its body.
        var group = new TaskGroup();
        int sum = group.run(() -> {
            var one = group.createTask(() -> 1);
            var two = group.createTask(() -> 2);
            return await(one) + await(two);
        });
        println("sum " + sum);

        // Failures leave together; the tasks that are left are cancelled.
        try {
            taskGroup(tg -> {
                tg.createTask("disk", () -> fail(10, new IOException("disk full")));
                tg.createTask("both", () -> {
                    try {
                        sleep(ofSeconds(60));
                    } finally {
                        fail(0, new IllegalStateException("cleaning up failed as well"));
                    }
                });
                tg.createTask("idle", () -> sleep(ofSeconds(60)));
            });
        } catch (ExceptionGroup e) {
            e.on(IOException.class, io -> println("I/O: " + io.getMessage()))
                    .on(IllegalStateException.class, bug -> println("bug: " + bug.getMessage()))
                    .orThrow(); // what nobody handled
        }
    });
}
