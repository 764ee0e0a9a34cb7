package jasyncio.sync;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.CancelledError;
import jasyncio.Task;
import org.junit.jupiter.api.Test;

class EventTest {

    @Test
    void set_beforeAnyLoopRuns_letsTasksThrough() {
        var event = new Event();
        event.set();
        virtually(v -> event.await());
    }

    @Test
    void statisticsAndToString_tellWhoWaits() {
        virtually(v -> {
            var event = new Event();
            assertEquals("<Event [unset]>", event.toString());
            assertEquals(new Event.Statistics(false, 0), event.statistics());
            Task<Void> waiter = createTask(event::await);
            sleep(ZERO);
            assertEquals("<Event [unset, waiters:1]>", event.toString());
            assertEquals(new Event.Statistics(false, 1), event.statistics());
            event.set();
            assertEquals("<Event [set, waiters:1]>", event.toString());
            await(waiter);
            assertEquals("<Event [set]>", event.toString());
            assertEquals(new Event.Statistics(true, 0), event.statistics());
        });
    }

    @Test
    void await_whenCancelled_leavesNoPlaceBehind() {
        virtually(v -> {
            var event = new Event();
            Task<Void> waiter = createTask(event::await);
            sleep(ZERO);
            waiter.cancel();
            assertThrows(CancelledError.class, () -> await(waiter));
            assertEquals(new Event.Statistics(false, 0), event.statistics());
        });
    }
}
