package jasyncio.sync;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Primitives belong to the loop of the first task that had to wait: other threads and loops are refused, and change nothing. */
class OtherThreadsTest {
    private static final Executor THREAD = body -> Thread.ofPlatform().start(body);

    private static void refusedElsewhere(Object primitive, Runnable call) {
        String before = primitive.toString();
        var e = assertThrows(IllegalStateException.class, () -> await(CompletableFuture.runAsync(call, THREAD)));
        assertTrue(e.getMessage().startsWith("Cannot use " + before + " on Thread["), e.getMessage());
        assertTrue(e.getMessage().contains("go through loop.callSoonThreadsafe(…)"), e.getMessage());
        assertEquals(before, primitive.toString());
    }

    @Test
    void lock_fromAnotherThread_isRefused() {
        virtually(v -> {
            var lock = new Lock();
            lock.acquire();
            Task<Void> waiter = createTask(() -> lock.acquire().close());
            sleep(ZERO);
            refusedElsewhere(lock, lock::release);
            refusedElsewhere(lock, () -> assertTrue(lock.tryAcquire()));
            refusedElsewhere(lock, lock::acquire);
            lock.release();
            await(waiter);
        });
    }

    @Test
    void event_fromAnotherThread_isRefused() {
        virtually(v -> {
            var event = new Event();
            Task<Void> waiter = createTask(event::await);
            sleep(ZERO);
            refusedElsewhere(event, event::set);
            refusedElsewhere(event, event::clear);
            v.loop().callSoonThreadsafe(event::set);
            await(waiter);
        });
    }

    @Test
    void condition_fromAnotherThread_isRefused() {
        virtually(v -> {
            var condition = new Condition();
            Task<Void> waiter = createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.await();
                }
            });
            sleep(ZERO);
            condition.acquire();
            refusedElsewhere(condition, condition::signalAll);
            condition.signalAll();
            condition.release();
            await(waiter);
        });
    }

    @Test
    void semaphore_fromAnotherThread_isRefused() {
        virtually(v -> {
            var semaphore = new BoundedSemaphore(1);
            semaphore.acquire();
            Task<Void> waiter = createTask(() -> semaphore.acquire().close());
            sleep(ZERO);
            refusedElsewhere(semaphore, semaphore::release);
            refusedElsewhere(semaphore, semaphore::acquire);
            semaphore.release();
            await(waiter);
        });
    }

    @Test
    void lock_onALaterLoop_isFreeToTakeButNotToWaitFor() {
        var lock = new Lock();
        virtually(v -> await(gather(() -> lock.acquire().close(), () -> hold(lock), () -> hold(lock))));
        try (var v = new VirtualLoop()) {
            v.run(() -> {
                lock.acquire();
                var e = assertThrows(IllegalStateException.class, lock::acquire);
                assertTrue(
                        e.getMessage().startsWith("<Lock [locked]> is bound to a different event loop: <EventLoop"),
                        e.getMessage());
                assertTrue(e.getMessage().endsWith("; create one for each loop"), e.getMessage());
                lock.release();
            });
        }
    }

    private static void hold(Lock lock) {
        try (var _ = lock.acquire()) {
            sleep(ZERO);
        }
    }

    @Test
    void eventConditionSemaphore_onALaterLoop_refuseToWait() {
        var event = new Event();
        var condition = new Condition();
        var semaphore = new Semaphore(0);
        virtually(v -> {
            Task<Void> onEvent = createTask(event::await);
            Task<Void> onCondition = createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.await();
                }
            });
            Task<Void> onSemaphore = createTask(() -> {
                semaphore.acquire();
            });
            sleep(ZERO);
            event.set();
            semaphore.release();
            try (var _ = condition.acquire()) {
                condition.signal();
            }
            await(gather(onEvent, onCondition, onSemaphore));
        });
        event.clear();
        virtually(v -> {
            assertThrows(IllegalStateException.class, event::await);
            assertThrows(IllegalStateException.class, semaphore::acquire);
            try (var _ = condition.acquire()) {
                assertThrows(IllegalStateException.class, condition::await);
                assertTrue(condition.locked());
            }
        });
    }

    @Test
    void acquire_outsideALoop_takesAFreeLockAndRefusesToWait() {
        var lock = new Lock();
        try (var _ = lock.acquire()) {
            var e = assertThrows(IllegalStateException.class, lock::acquire);
            assertTrue(e.getMessage().contains("running"), e.getMessage());
        }
    }
}
