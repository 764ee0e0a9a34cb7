package jasyncio.sync;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import org.junit.jupiter.api.Test;

class SemaphoreTest {

    @Test
    void constructor_withNegativePermits_namesThem() {
        var e = assertThrows(IllegalArgumentException.class, () -> new Semaphore(-3));
        assertEquals("Semaphore initial value must be >= 0: -3", e.getMessage());
    }

    @Test
    void acquire_inTryWithResources_releasesAtTheEnd() {
        virtually(v -> {
            var semaphore = new Semaphore(2);
            try (var _ = semaphore.acquire()) {
                assertEquals(new Semaphore.Statistics(1, 0), semaphore.statistics());
            }
            assertEquals(new Semaphore.Statistics(2, 0), semaphore.statistics());
        });
    }

    @Test
    void tryAcquire_takesWhatIsFree() {
        var semaphore = new Semaphore(2);
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
        semaphore.release();
        assertTrue(semaphore.tryAcquire());
    }

    @Test
    void tryAcquire_whenAPermitIsFreeButSomebodyWaits_isFalse() {
        virtually(v -> {
            var semaphore = new Semaphore(0);
            Task<Void> waiter = createTask(() -> {
                semaphore.acquire();
            });
            sleep(ZERO);
            semaphore.release();
            semaphore.release();
            assertEquals(1, semaphore.statistics().permits());
            assertFalse(semaphore.tryAcquire());
            await(waiter);
            assertTrue(semaphore.tryAcquire());
        });
    }

    @Test
    void statisticsAndToString_tellPermitsAndWaiters() {
        virtually(v -> {
            var semaphore = new Semaphore(1);
            assertEquals("<Semaphore [unlocked, value:1]>", semaphore.toString());
            semaphore.acquire();
            assertEquals("<Semaphore [locked]>", semaphore.toString());
            Task<Void> waiter = createTask(() -> semaphore.acquire().close());
            sleep(ZERO);
            assertEquals("<Semaphore [locked, waiters:1]>", semaphore.toString());
            assertEquals(new Semaphore.Statistics(0, 1), semaphore.statistics());
            semaphore.release();
            await(waiter);
            assertEquals("<BoundedSemaphore [unlocked, value:2]>", new BoundedSemaphore(2).toString());
        });
    }

    @Test
    void acquire_whenCancelled_leavesNoPlaceBehind() {
        virtually(v -> {
            var semaphore = new Semaphore(0);
            Task<Void> waiter = createTask(() -> semaphore.acquire().close());
            sleep(ZERO);
            waiter.cancel();
            assertThrows(CancelledError.class, () -> await(waiter));
            assertEquals(new Semaphore.Statistics(0, 0), semaphore.statistics());
        });
    }

    @Test
    void release_ofABoundedOneOnceTooOften_namesTheBound() {
        var semaphore = new BoundedSemaphore(2);
        var e = assertThrows(IllegalStateException.class, semaphore::release);
        assertEquals("BoundedSemaphore released too many times: all 2 permits are back already", e.getMessage());
        assertEquals(new Semaphore.Statistics(2, 0), semaphore.statistics());
    }

    @Test
    void release_afterClose_isSeenByABoundedOneOnly() {
        virtually(v -> {
            var bounded = new BoundedSemaphore(1);
            Held held = bounded.acquire();
            held.close();
            held.close();
            assertThrows(IllegalStateException.class, bounded::release);
        });
    }

    @Test
    void release_beyondWhatCanBeCounted_isRefused() {
        virtually(v -> {
            var semaphore = new Semaphore(Integer.MAX_VALUE);
            var e = assertThrows(IllegalStateException.class, semaphore::release);
            assertTrue(e.getMessage().contains("value:2147483647"), e.getMessage());
            assertTrue(semaphore.tryAcquire());
            semaphore.release();
            assertEquals(Integer.MAX_VALUE, semaphore.statistics().permits());
        });
    }

    @Test
    void held_closedTwice_givesOnePermitBack() {
        virtually(v -> {
            var semaphore = new Semaphore(1);
            var mine = semaphore.acquire();
            mine.close();
            mine.close();
            assertEquals(1, semaphore.statistics().permits());
        });
    }
}
