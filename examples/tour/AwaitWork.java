/*
 * Suspend for what takes time
 * await：挂起耗时操作
 *
 * The result of a task is there when it is done.
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

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var task = loop.createTask(() -> doSomeWork(2));
        loop.runUntilComplete(task);

        println("Task ret: " + task.result());
        println("Time: " + between(start, loop.time()).toMillis() / 1000.0);
    }
}
