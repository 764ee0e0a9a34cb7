import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String fetch(Future<String> response) {
    return await(response);
}

void main() {
    run(() -> {
        Future<String> response = runningLoop().createFuture();
        var task = createTask("fetch", () -> fetch(response));
        println(task);
        sleep(ZERO);
        println(task);
        println(response);
        response.setResult("hello");
        println(response);
        await(task);
        println(task);
        println(allTasks().size() + " task left: " + currentTask().name());
    });
}
