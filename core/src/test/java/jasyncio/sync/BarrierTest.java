package jasyncio.sync;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.Task;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;

class BarrierTest {

    @Test
    void constructor_withoutParties_namesTheNumber() {
        var e = assertThrows(IllegalArgumentException.class, () -> new Barrier(0));
        assertEquals("A barrier needs at least 1 party: 0", e.getMessage());
    }

    @Test
    void statisticsAndToString_tellTheState() {
        virtually(v -> {
            var barrier = new Barrier(2);
            assertEquals("<Barrier [filling, waiters:0/2]>", barrier.toString());
            Task<Integer> first = createTask(() -> barrier.await());
            sleep(ZERO);
            assertEquals("<Barrier [filling, waiters:1/2]>", barrier.toString());
            assertEquals(new Barrier.Statistics(2, 1, false), barrier.statistics());
            assertEquals(1, barrier.await());
            assertEquals("<Barrier [draining, waiters:0/2]>", barrier.toString());
            assertEquals(new Barrier.Statistics(2, 0, false), barrier.statistics());
            assertEquals(0, await(first));
            barrier.abort();
            assertEquals("<Barrier [broken]>", barrier.toString());
            assertEquals(new Barrier.Statistics(2, 0, true), barrier.statistics());
            barrier.reset();
            assertEquals("<Barrier [filling, waiters:0/2]>", barrier.toString());
        });
    }

    @Test
    void await_whenBrokenOrReset_saysWhich() {
        virtually(v -> {
            var barrier = new Barrier(2);
            Task<Integer> first = createTask(() -> barrier.await());
            sleep(ZERO);
            barrier.reset();
            assertEquals("<Barrier [resetting, waiters:0/2]>", barrier.toString());
            var reset = assertThrows(BrokenBarrierException.class, () -> await(first, BrokenBarrierException.class));
            assertEquals("Abort or reset of barrier", reset.getMessage());
            barrier.abort();
            var aborted = assertThrows(BrokenBarrierException.class, barrier::await);
            assertEquals("Barrier aborted", aborted.getMessage());
        });
    }
}
