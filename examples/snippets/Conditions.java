import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.sync.*;

void main() {
    run(() -> {
        var ready = new Event();
        var stock = new ArrayDeque<String>();
        var changed = new Condition();

        var customer = createTask("customer", () -> {
            ready.await();
            try (var _ = changed.acquire()) {
                changed.awaitFor(() -> !stock.isEmpty());
                println("got " + stock.remove());
            }
        });

        println("open");
        ready.set();
        sleep(ofMillis(1));
        println(changed);
        try (var _ = changed.acquire()) {
            stock.add("bread");
            changed.signal();
        }
        await(customer);
    });
}
