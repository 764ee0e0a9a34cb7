/*
 * createTask or ensureFuture?
 * create_task 还是 ensure_future？
 *
 * createTask takes a body or a coroutine. ensureFuture takes any awaitable and gives back a future as it is.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.*;

String func() {
    return "value";
}

void main() {
    run(() -> {
        var task1 = createTask(() -> func());
        println("a task from a coroutine: " + (ensureFuture(coroutine(() -> func())) instanceof Task));
        println("a task stays what it is: " + (ensureFuture(task1) == task1));
        Future<String> future = runningLoop().createFuture();
        println("and so does a future: " + (ensureFuture(future) == future));
        println(await(task1));
    });
}
