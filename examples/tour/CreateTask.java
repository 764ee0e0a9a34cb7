/*
 * Create a task, before and after it has run
 * 创建任务：运行前与运行后
 *
 * A task is pending until it is done.
 *
 * CPython differs: a task describes itself by its coroutine function and its line there, by the class of its
 * body here.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void doSomeWork(int x) {
    println("waiting: " + x);
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var task = loop.createTask(() -> doSomeWork(2));
        println(task);
        loop.runUntilComplete(task);
        println(task);
        println("Time: " + between(start, loop.time()).toMillis() / 1000.0);
    }
}
