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

class LockTest {

    @Test
    void acquire_inTryWithResources_releasesAtTheEnd() {
        virtually(v -> {
            var lock = new Lock();
            try (var _ = lock.acquire()) {
                assertTrue(lock.locked());
            }
            assertFalse(lock.locked());
        });
    }

    @Test
    void acquire_whenTheBodyFails_releasesAndKeepsTheFailure() {
        virtually(v -> {
            var lock = new Lock();
            var failure = assertThrows(IllegalArgumentException.class, () -> {
                try (var _ = lock.acquire()) {
                    throw new IllegalArgumentException("boom");
                }
            });
            assertEquals(0, failure.getSuppressed().length);
            assertFalse(lock.locked());
        });
    }

    @Test
    void release_whenFree_isRefused() {
        var e = assertThrows(IllegalStateException.class, new Lock()::release);
        assertEquals("Lock is not acquired: <Lock [unlocked]>", e.getMessage());
    }

    @Test
    void tryAcquire_whenFreeOrHeld_tells() {
        var lock = new Lock();
        assertTrue(lock.tryAcquire());
        assertFalse(lock.tryAcquire());
        lock.release();
        assertTrue(lock.tryAcquire());
    }

    @Test
    void tryAcquire_whenFreeButSomebodyWasWoken_isFalse() {
        virtually(v -> {
            var lock = new Lock();
            lock.acquire();
            Task<Void> waiter = createTask(() -> lock.acquire().close());
            sleep(ZERO);
            lock.release();
            assertFalse(lock.locked());
            assertFalse(lock.tryAcquire());
            await(waiter);
            assertTrue(lock.tryAcquire());
        });
    }

    @Test
    void statisticsAndToString_tellWhoHoldsAndWaits() {
        virtually(v -> {
            var lock = new Lock();
            assertEquals("<Lock [unlocked]>", lock.toString());
            assertEquals(new Lock.Statistics(false, 0), lock.statistics());
            lock.acquire();
            assertEquals("<Lock [locked]>", lock.toString());
            Task<Void> waiter = createTask(() -> lock.acquire().close());
            sleep(ZERO);
            assertEquals("<Lock [locked, waiters:1]>", lock.toString());
            assertEquals(new Lock.Statistics(true, 1), lock.statistics());
            lock.release();
            assertEquals("<Lock [unlocked, waiters:1]>", lock.toString());
            await(waiter);
        });
    }

    @Test
    void acquire_whenCancelled_leavesNoPlaceBehind() {
        virtually(v -> {
            var lock = new Lock();
            lock.acquire();
            Task<Void> waiter = createTask(() -> lock.acquire().close());
            sleep(ZERO);
            waiter.cancel();
            assertThrows(CancelledError.class, () -> await(waiter));
            assertEquals(new Lock.Statistics(true, 0), lock.statistics());
        });
    }

    @Test
    void acquire_whenHeldAndOutsideATask_isRefusedAndLeavesNoPlaceBehind() {
        virtually(v -> {
            var lock = new Lock();
            lock.acquire();
            v.loop().callSoon(lock::acquire);
            sleep(ZERO);
            var failure = v.takeFailures().getFirst().exception();
            assertTrue(String.valueOf(failure).contains("Cannot await in a callback"), String.valueOf(failure));
            assertEquals(new Lock.Statistics(true, 0), lock.statistics());
        });
    }

    @Test
    void held_closedTwice_leavesTheNextHolderAlone() {
        virtually(v -> {
            var lock = new Lock();
            var mine = lock.acquire();
            mine.close();
            mine.close();
            var others = lock.acquire();
            mine.close();
            assertTrue(lock.locked());
            others.close();
            assertEquals(new Lock.Statistics(false, 0), lock.statistics());
        });
    }
}
