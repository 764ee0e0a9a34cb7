/*
 * Today: a task group instead of gather and wait
 * 如今：用任务组代替 gather 和 wait
 *
 * A group ends when all its tasks have. If one fails, the others are cancelled, and the failures leave the group
 * together.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String fetch(String name, int seconds) throws IOException {
    try {
        sleep(ofSeconds(seconds));
    } catch (CancelledError e) {
        println(name + " was cancelled");
        throw e;
    }
    if (name.equals("bad")) {
        throw new IOException("no such page: bad");
    }
    println(name + " fetched");
    return name.toUpperCase();
}

void main() {
    run(() -> {
        var group = new TaskGroup();
        var both = group.run(() -> {
            var first = group.createTask(() -> fetch("one", 2));
            var second = group.createTask(() -> fetch("two", 1));
            return List.of(first, second);
        });
        println(both.get(0).result() + " " + both.get(1).result());

        try {
            taskGroup(tg -> {
                tg.createTask(() -> fetch("slow", 60));
                tg.createTask(() -> fetch("bad", 1));
            });
        } catch (ExceptionGroup e) {
            var failed = new ArrayList<String>();
            e.on(IOException.class, x -> failed.add(x.getMessage())).orThrow();
            println("failed: " + failed);
        }
    });
}
