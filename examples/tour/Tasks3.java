/*
 * Tasks 3: wait takes tasks, not coroutines
 * task 示例 3：wait 只接受任务，不接受协程
 *
 * Up to Python 3.10 wait made tasks of coroutines; today it refuses them.
 *
 * CPython differs: it refuses when the program runs. Here javac does: a Coroutine is no Future.
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
        var tasks = List.of(coroutine(() -> func(1)), coroutine(() -> func(2)));
        Asyncio.wait(tasks.stream().map(coroutine -> createTask(coroutine)).toList());
    });
}
