/*
 * The state of a task
 * 任务的状态
 *
 * A task is PENDING until its body has ended, then FINISHED or CANCELLED.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void doSomething() throws InterruptedException {
    println("start ------");
    Thread.sleep(100);
    println("doing something");
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var task = loop.createTask(() -> doSomething());
        println("task是不是Task的示例？ " + (task instanceof Task));
        println("task state " + task.state());
        loop.runUntilComplete(task);
        println("take state " + task.state());
        println("消耗时间:%.4f".formatted(between(start, loop.time()).toNanos() / 1e9));
    }
}
