/*
 * A loop of one's own, and run
 * 自己创建事件循环，以及 run
 *
 * Python's get_event_loop no longer makes a loop: newEventLoop does. A program that only has something to run
 * says run.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

int work(int n) {
    println("task " + n);
    sleep(ofSeconds(1));
    return n;
}

void main() {
    try (var loop = newEventLoop()) {
        var tasks = List.of(loop.createTask(() -> work(1)), loop.createTask(() -> work(2)));
        loop.runUntilComplete(() -> Asyncio.wait(tasks));
        println(tasks.stream().map(task -> task.result()).toList());
    }

    println(run(() -> work(3)));
}
