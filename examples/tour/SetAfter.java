/*
 * A future that a task completes
 * 由任务设置结果的 Future
 *
 * A future is a place for a result. Whoever awaits it goes on when somebody sets it.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void setAfter(Future<String> fut) {
    sleep(ofSeconds(2));
    fut.setResult("666");
}

void main() {
    run(() -> {
        var loop = runningLoop();
        Future<String> fut = loop.createFuture();

        await(loop.createTask(() -> setAfter(fut)));

        var result = await(fut);
        println(result);
    });
}
