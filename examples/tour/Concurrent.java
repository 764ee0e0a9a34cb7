/*
 * Three coroutines at the same time
 * 并发：三个协程
 *
 * One, two and four seconds: four in all. The results come in the order of the list.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String doSomeWork(int x) {
    println("Waiting: " + x);
    sleep(ofSeconds(x));
    return "Done after " + x + "s";
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var tasks = List.of(
                loop.createTask(() -> doSomeWork(1)),
                loop.createTask(() -> doSomeWork(2)),
                loop.createTask(() -> doSomeWork(4)));

        loop.runUntilComplete(() -> Asyncio.wait(tasks));

        for (var task : tasks) {
            println("Task ret: " + task.result());
        }

        println("Time: " + between(start, loop.time()).toMillis() / 1000.0);
    }
}
