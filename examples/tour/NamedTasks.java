/*
 * Named tasks, waited for together
 * 命名任务与 wait
 *
 * The name comes first. It is what toString, thread dumps and reports of failures show.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String func() {
    sleep(ofSeconds(3));
    return "value";
}

void main() {
    run(() -> {
        var tasks = List.of(createTask("n1", () -> func()), createTask("n2", () -> func()));

        var done = Asyncio.wait(tasks).done();
        println(done.stream().map(task -> task.name() + "=" + task.result()).toList());
    });
}
