/*
 * The states of a future
 * future 的几个状态
 *
 * The notes list pending, running, done and cancelled. There is no state for running: a task that runs is
 * pending, and so is one that was asked to be cancelled and has not ended yet.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String work() {
    println("running: " + currentTask().state());
    sleep(ofSeconds(1));
    return "value";
}

void main() {
    run(() -> {
        var task = createTask(() -> work());
        println("created: " + task.state() + " " + task.done());
        await(task);
        println("done: " + task.state() + " " + task.done() + " " + task.result());

        task = createTask(() -> work());
        sleep(ZERO);
        task.cancel();
        println("cancel requested: " + task.state() + " " + task.done());
        Asyncio.wait(List.of(task));
        println("cancelled: " + task.state() + " " + task.done() + " " + task.cancelled());
    });
}
