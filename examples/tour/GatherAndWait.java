/*
 * gather and wait: what each gives back
 * gather 与 wait 的区别
 *
 * gather gives the results in the order of its arguments, wait the tasks that are done and those that are not.
 * The notes say that what is gathered cannot be cancelled. It can: cancelling the gathering cancels its tasks.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

int work(int n) {
    sleep(ofSeconds(3 - n));
    println("work " + n);
    return n;
}

List<Task<Integer>> threeTasks() {
    return List.of(createTask(() -> work(0)), createTask(() -> work(1)), createTask(() -> work(2)));
}

void main() {
    run(() -> {
        println("gathered, in the order of the arguments: "
                + await(gather(() -> work(0), () -> work(1), () -> work(2))));

        var tasks = threeTasks();
        var result = Asyncio.wait(tasks, ofMillis(2500));
        println("done: " + result.done().stream().map(task -> task.result()).sorted().toList() + " pending: "
                + result.pending().size());
        await(tasks.getFirst());

        tasks = threeTasks();
        var group = gather(tasks);
        sleep(ZERO);
        println("cancel: " + group.cancel());
        try {
            await(group);
        } catch (CancelledError e) {
            println("cancelled: " + tasks.stream().map(task -> task.cancelled()).toList());
        }
    });
}
