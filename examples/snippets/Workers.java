import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.queue.Queue;
import jasyncio.sync.*;

int total = 0;

void work(String name, Queue<Integer> orders, Semaphore machines) {
    for (int order : orders) { // waits for the next one; ends when the queue is shut down and empty
        try (var _ = machines.acquire()) { // at most two at once
            sleep(ofMillis(10));
        }
        total += order; // no await in here, so no lock
        println(name + " did " + order);
        orders.taskDone();
    }
}

void main() {
    run(() -> {
        var orders = new Queue<Integer>(2);
        var machines = new Semaphore(2);
        taskGroup(tg -> {
            for (var name : List.of("ann", "bob", "cat")) {
                tg.createTask(name, () -> work(name, orders, machines));
            }
            for (int order = 1; order <= 5; order++) {
                orders.put(order); // waits while the queue is full
            }
            orders.join(); // until every order is done
            orders.shutdown(); // ends the workers' loops
        });
        println("total " + total);
    });
}
