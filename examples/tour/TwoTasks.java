/*
 * Two tasks and their values
 * 两个任务及其返回值
 *
 * await(task) gives back what the task's body returned. Both sleep at the same time.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

String func() {
    sleep(ofSeconds(3));
    return "value";
}

void main() {
    run(() -> {
        var task1 = createTask(() -> func());
        var task2 = createTask(() -> func());

        var ret1 = await(task1);
        var ret2 = await(task2);

        println(ret1 + " " + ret2);
    });
}
