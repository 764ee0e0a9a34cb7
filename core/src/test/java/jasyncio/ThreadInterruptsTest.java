package jasyncio;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.newEventLoop;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Interrupts of the thread that {@code run} was called on: each cancels the main task once. */
class ThreadInterruptsTest {
    private static final int RUNS = 50;

    @Test
    void interrupt_whileTasksAreAlwaysReady_cancelsMain() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            assertCancelled(Thread.ofPlatform(), ThreadInterruptsTest::yieldForEver);
        }
    }

    @Test
    void interruptOfAVirtualThread_whileTasksAreAlwaysReady_cancelsMain() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            assertCancelled(Thread.ofVirtual(), ThreadInterruptsTest::yieldForEver);
        }
    }

    @Test
    void interrupt_whileTheLoopWaits_cancelsMain() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            assertCancelled(Thread.ofPlatform(), () -> sleep(ofHours(1)));
        }
    }

    /** Interrupts a thread that runs main beside such a task. */
    private static void assertCancelled(Thread.Builder kind, Runnable other) throws Exception {
        var running = new CountDownLatch(1);
        var run = new FutureTask<>(() -> {
            var cancelled = assertThrows(
                    CancelledError.class,
                    () -> run(() -> {
                        createTask(() -> {
                            running.countDown();
                            other.run();
                        });
                        timeout(ofSeconds(20), () -> sleep(ofHours(1)));
                    }));
            assertEquals("The loop's thread was interrupted", cancelled.getMessage());
            assertFalse(Thread.currentThread().isInterrupted(), "after the run");
            return null;
        });
        Thread caller = kind.start(run);
        running.await();
        caller.interrupt();
        run.get(30, TimeUnit.SECONDS);
    }

    private static void yieldForEver() {
        while (true) {
            sleep(ZERO);
        }
    }

    @Test
    void interrupt_thatMainRefuses_isFollowedByTheNext() throws Exception {
        var running = new CountDownLatch(1);
        var refused = new CountDownLatch(1);
        var run = new FutureTask<>(() -> assertThrows(
                CancelledError.class,
                () -> run(() -> {
                    createTask(ThreadInterruptsTest::yieldForEver);
                    running.countDown();
                    assertThrows(CancelledError.class, () -> timeout(ofSeconds(20), () -> sleep(ofHours(1))));
                    assertEquals(1, Asyncio.currentTask().cancelling());
                    refused.countDown();
                    timeout(ofSeconds(20), () -> sleep(ofHours(1)));
                })));
        Thread caller = Thread.ofPlatform().start(run);
        running.await();
        caller.interrupt();
        assertTrue(refused.await(30, TimeUnit.SECONDS));
        caller.interrupt();
        run.get(30, TimeUnit.SECONDS);
    }

    @Test
    void shutdownNow_ofTheExecutorThatRunsMain_endsIt() throws Exception {
        var running = new CountDownLatch(1);
        try (var executor = Executors.newSingleThreadExecutor()) {
            var run = executor.submit(() -> assertThrows(
                    CancelledError.class,
                    () -> run(() -> {
                        running.countDown();
                        timeout(ofSeconds(20), ThreadInterruptsTest::yieldForEver);
                    })));
            running.await();
            executor.shutdownNow();
            run.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void interrupt_ofALoopWithoutMainTask_isLeftToTheThread() throws Exception {
        var run = new FutureTask<>(() -> {
            Thread caller = Thread.currentThread();
            try (var loop = newEventLoop()) {
                loop.callSoon(() -> {
                    caller.interrupt();
                    loop.callSoon(loop::stop);
                });
                loop.runForever();
            }
            return Thread.interrupted();
        });
        Thread.ofPlatform().start(run);
        assertTrue(run.get(30, TimeUnit.SECONDS));
    }

    @Test
    void interrupt_asOneRunEnds_doesNotReachTheNext() throws Exception {
        var run = new FutureTask<>(() -> {
            Thread caller = Thread.currentThread();
            try (var loop = newEventLoop()) {
                loop.callSoon(() -> {
                    caller.interrupt();
                    loop.stop();
                });
                loop.runForever();
                boolean left = Thread.interrupted();
                loop.runUntilComplete(() -> sleep(ZERO));
                return left;
            }
        });
        Thread.ofPlatform().start(run);
        assertTrue(run.get(30, TimeUnit.SECONDS));
    }
}
