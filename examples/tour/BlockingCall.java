/*
 * A blocking call in a coroutine
 * 协程中的阻塞调用
 *
 * The notes simulate I/O with time.sleep in a coroutine.
 *
 * CPython differs: there it blocks the whole loop, so "another task" that was created later has to wait for it.
 * Here Thread.sleep, like a blocking socket or a database driver, parks its own task only, and the loop goes on.
 * On the portable backend it blocks the loop as in CPython.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void doSomething() throws InterruptedException {
    println("start ------");
    Thread.sleep(100);
    println("doing something");
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        loop.createTask(() -> println("another task"));
        var task = loop.createTask(() -> doSomething());
        loop.createTask(() -> println("another task"));
        loop.runUntilComplete(task);
        println("消耗时间:%.4f".formatted(between(start, loop.time()).toNanos() / 1e9));
    }
}
