package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.sync.Condition;
import jasyncio.sync.Lock;
import jasyncio.testing.VirtualLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionNewsTest {

    /** Waits for news and keeps the lock. */
    private static Task<Void> keeper(VirtualLoop v, Condition condition, String name) {
        return createTask(name, () -> {
            condition.acquire();
            condition.await();
            v.log(name);
        });
    }

    @Test
    void signal_withTheLockHeld_letsOneGoOnAtEachRelease() {
        virtually(v -> {
            var condition = new Condition();
            var tasks = List.of(keeper(v, condition, "a"), keeper(v, condition, "b"), keeper(v, condition, "c"));
            sleep(ZERO);
            assertFalse(condition.locked());
            condition.acquire();
            condition.signal();
            sleep(ZERO);
            assertEquals(List.of(), v.log());
            condition.release();
            sleep(ZERO);
            assertEquals(List.of("a"), v.log());
            assertTrue(condition.locked());
            condition.signal(2);
            sleep(ZERO);
            assertEquals(List.of("a"), v.log());
            condition.release();
            sleep(ZERO);
            assertEquals(List.of("a", "b"), v.log());
            condition.release();
            sleep(ZERO);
            assertEquals(List.of("a", "b", "c"), v.log());
            assertTrue(condition.locked());
            assertTrue(tasks.stream().allMatch(Task::done));
        });
    }

    @Test
    void await_whenCancelled_holdsTheLockAndLeavesNoPlaceBehind() {
        virtually(v -> {
            var condition = new Condition();
            condition.acquire();
            Task<Void> waiter = createTask(condition::await);
            v.loop().callSoon(waiter::cancel);
            assertThrows(CancelledError.class, () -> await(waiter));
            assertEquals(new Condition.Statistics(true, 0), condition.statistics());
        });
    }

    @Test
    void await_cancelledWhileTheLockIsContested_endsWithTheLock() {
        virtually(v -> {
            var condition = new Condition();
            condition.acquire();
            Task<Void> waiter = createTask(condition::await);
            sleep(ZERO);
            assertFalse(condition.locked());
            condition.acquire();
            condition.signal();
            v.loop().callSoon(waiter::cancel);
            v.loop().callSoon(condition::release);
            assertThrows(CancelledError.class, () -> await(waiter));
            assertTrue(condition.locked());
        });
    }

    @Test
    void awaitFor_withoutTheLock_isRefusedOnlyIfItHasToWait() {
        virtually(v -> {
            var condition = new Condition();
            condition.awaitFor(() -> true);
            assertThrows(IllegalStateException.class, () -> condition.awaitFor(() -> false));
            assertEquals(new Condition.Statistics(false, 0), condition.statistics());
        });
    }

    @Test
    void acquire_inTryWithResources_releasesAtTheEnd() {
        virtually(v -> {
            var condition = new Condition();
            assertFalse(condition.locked());
            try (var _ = condition.acquire()) {
                assertTrue(condition.locked());
            }
            assertFalse(condition.locked());
        });
    }

    @Test
    void lockOfItsOwnOrGiven_isHeldByBothNames() {
        virtually(v -> {
            var lock = new Lock();
            var condition = new Condition(lock);
            try (var _ = condition.acquire()) {
                assertTrue(lock.locked() && condition.locked());
            }
            assertFalse(lock.locked() || condition.locked());
            try (var _ = lock.acquire()) {
                assertTrue(lock.locked() && condition.locked());
            }
            assertFalse(lock.locked() || condition.locked());
        });
    }

    /** A task that waits, and the cancellation it saw. */
    private static final class Seeing {
        private final CancelledError[] seen = new CancelledError[1];
        private boolean news;
        private final Task<Void> task;

        Seeing(Condition condition) {
            task = createTask(() -> {
                try (var _ = condition.acquire()) {
                    seen[0] = assertThrows(CancelledError.class, () -> condition.awaitFor(() -> news));
                    throw seen[0];
                }
            });
        }

        void assertSameFromOutside() {
            var outside = assertThrows(CancelledError.class, () -> await(task));
            assertEquals("why", outside.getMessage());
            assertSame(seen[0], outside);
        }
    }

    @Test
    void cancellation_whileWaitingForNews_isTheSameErrorOutside() {
        virtually(v -> {
            var seeing = new Seeing(new Condition());
            sleep(ZERO);
            seeing.task.cancel("why");
            seeing.assertSameFromOutside();
        });
    }

    @Test
    void cancellation_whileWaitingForTheLock_isTheSameErrorOutside() {
        virtually(v -> {
            var condition = new Condition();
            var seeing = new Seeing(condition);
            sleep(ZERO);
            condition.acquire();
            seeing.news = true;
            condition.signal();
            sleep(ZERO);
            seeing.task.cancel("why");
            condition.release();
            seeing.assertSameFromOutside();
        });
    }
}
