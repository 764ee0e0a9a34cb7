/*
 * A callback that is given the future
 * 绑定回调
 *
 * The callback gets the future and asks it for the result.
 *
 * CPython differs: a task describes itself and its callbacks by functions and lines there, by classes here.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String doSomeWork(int x) {
    println("waiting: " + x);
    return "Done after " + x + "s";
}

void callback(Future<String> future) {
    println("callback: " + future.result());
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var task = loop.createTask(() -> doSomeWork(2));
        println(task);

        task.addDoneCallback(this::callback);
        println(task);
        loop.runUntilComplete(task);

        println("Time: " + between(start, loop.time()).toMillis() / 1000.0);
    }
}
