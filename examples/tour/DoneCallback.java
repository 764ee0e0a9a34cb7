/*
 * A callback at the end of a task
 * 任务结束时的回调
 *
 * The loop calls it when the task is done. What functools.partial does in Python a lambda does here.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void doSomething() throws InterruptedException {
    println("start doing");
    Thread.sleep(100);
    println("done");
}

void callback(String name, Task<?> task) {
    println("call back:" + name);
    println("call back:" + task.state());
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var task = loop.createTask(() -> doSomething());
        task.addDoneCallback(_ -> callback("vllbc", task));
        loop.runUntilComplete(task);
        println("total time %.4f".formatted(between(start, loop.time()).toNanos() / 1e9));
    }
}
