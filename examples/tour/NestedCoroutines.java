/*
 * Nested coroutines: a main that waits for others
 * 协程嵌套
 *
 * The main coroutine creates the tasks and waits for them, with wait and with gather.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String doSomeWork(int x) {
    println("waiting: " + x);
    sleep(ofSeconds(x));
    return "Done after " + x + "s";
}

void nest() {
    var tasks = List.of(
            createTask(() -> doSomeWork(1)), createTask(() -> doSomeWork(2)), createTask(() -> doSomeWork(4)));
    for (var task : Asyncio.wait(tasks).done()) {
        println("Task ret: " + task.result());
    }

    for (var result : await(gather(tasks))) {
        println("Task ret: " + result);
    }
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        loop.runUntilComplete(() -> nest());
        println("Time: " + between(start, loop.time()).toMillis() / 1000.0);
    }
}
