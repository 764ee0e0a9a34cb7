/*
 * Tasks 2: wait for a list of tasks
 * task 示例 2：用 wait 等待任务列表
 *
 * wait gives back two sets, those that are done and those that are not. Ours keep the order of the list.
 *
 * CPython differs: a task describes itself by its coroutine function and its line there, by the class of its
 * body here.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void func(int i) {
    println(i + " start");
    sleep(ofSeconds(2));
    println(i + " stop");
}

void main() {
    run(() -> {
        println("main start");

        var tasks = List.of(createTask(() -> func(1)), createTask(() -> func(2)));

        var result = Asyncio.wait(tasks);
        for (var task : result.done()) {
            println(task);
        }
        println(result.done().size() + " " + result.pending().size());

        println("main stop");
    });
}
