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

class ConditionTest {
    private static final String CURE = "; call it inside try (var _ = condition.acquire())";

    @Test
    void constructor_withNull_isRefused() {
        assertThrows(NullPointerException.class, () -> new Condition(null));
    }

    @Test
    void await_withoutTheLock_saysHowToGetIt() {
        virtually(v -> {
            var condition = new Condition();
            var e = assertThrows(IllegalStateException.class, condition::await);
            assertEquals(
                    "Cannot wait on a condition whose lock is not acquired: <Condition [unlocked]>" + CURE,
                    e.getMessage());
            assertEquals(new Condition.Statistics(false, 0), condition.statistics());
        });
    }

    @Test
    void signal_withoutTheLock_saysHowToGetIt() {
        var e = assertThrows(IllegalStateException.class, new Condition()::signalAll);
        assertEquals(
                "Cannot signal a condition whose lock is not acquired: <Condition [unlocked]>" + CURE, e.getMessage());
    }

    @Test
    void statisticsAndToString_tellWhoWaits() {
        virtually(v -> {
            var condition = new Condition();
            Task<Void> waiter = createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.await();
                }
            });
            sleep(ZERO);
            assertEquals("<Condition [unlocked, waiters:1]>", condition.toString());
            assertEquals(new Condition.Statistics(false, 1), condition.statistics());
            try (var _ = condition.acquire()) {
                assertEquals("<Condition [locked, waiters:1]>", condition.toString());
                condition.signalAll();
            }
            await(waiter);
            assertEquals("<Condition [unlocked]>", condition.toString());
        });
    }

    @Test
    void await_insideTryWithResources_holdsTheLockForTheCleanup() {
        virtually(v -> {
            var condition = new Condition();
            Task<Void> waiter = createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.await();
                } finally {
                    v.log("released without complaint");
                }
            });
            sleep(ZERO);
            waiter.cancel("why");
            var cancelled = assertThrows(CancelledError.class, () -> await(waiter));
            assertEquals("why", cancelled.getMessage());
            assertEquals(0, cancelled.getSuppressed().length);
            assertFalse(condition.locked());
        });
    }

    @Test
    void locked_ofConditionsThatShareALock_isTheLocks() {
        virtually(v -> {
            var lock = new Lock();
            var first = new Condition(lock);
            var second = new Condition(lock);
            try (var _ = first.acquire()) {
                assertEquals("true true", lock.locked() + " " + second.locked());
            }
            assertFalse(second.locked());
        });
    }

    @Test
    void held_closedTwice_leavesTheNextHolderAlone() {
        virtually(v -> {
            var condition = new Condition();
            var mine = condition.acquire();
            mine.close();
            var others = condition.acquire();
            mine.close();
            assertTrue(condition.locked());
            others.close();
        });
    }
}
