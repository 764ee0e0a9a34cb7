package jasyncio.corpus;

import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.newEventLoop;
import static jasyncio.Asyncio.runInExecutor;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.spi.Poller;
import jasyncio.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops that run on the clock of the system, stop, are handed callbacks by other threads, and are closed. */
@Timeout(60)
class LoopRunsTest {

    @Test
    void sleep_onTheSystemsClock_takesAtLeastItsTime() {
        try (var loop = newEventLoop()) {
            long before = System.nanoTime();
            var begin = loop.time();
            loop.runUntilComplete(() -> sleep(ofMillis(50)));
            assertTrue(System.nanoTime() - before >= 50_000_000);
            assertTrue(Duration.between(begin, loop.time()).compareTo(ofMillis(50)) >= 0);
        }
    }

    @Test
    void callLater_onTheSystemsClock_isCalledOnce() {
        try (var loop = newEventLoop()) {
            var called = new ArrayList<String>();
            long before = System.nanoTime();
            loop.callLater(ofMillis(20), () -> {
                called.add("hello world");
                loop.stop();
            });
            loop.runForever();
            assertEquals(List.of("hello world"), called);
            assertTrue(System.nanoTime() - before >= 20_000_000);
        }
    }

    @Test
    void runUntilComplete_insideATaskOfTheLoop_isRefused_andTheCoroutineIsStillThereToBeClosed() {
        try (var loop = newEventLoop();
                var log = new LogCapture()) {
            var inner = coroutine(() -> "never");
            loop.runUntilComplete(() -> {
                assertTrue(loop.running());
                var e = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(inner));
                assertTrue(e.getMessage().startsWith("This event loop is already running"), e.getMessage());
            });
            assertEquals("never", loop.runUntilComplete(inner));
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void runUntilComplete_ofATaskThatStopsTheLoop_isRefused_andTheTaskGoesOnLater() {
        try (var loop = newEventLoop()) {
            var task = loop.createTask(() -> {
                loop.stop();
                sleep(ofMillis(10));
                return "value";
            });
            var e = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(task));
            assertTrue(e.getMessage().startsWith("Event loop stopped before the future completed"), e.getMessage());
            assertEquals("value", loop.runUntilComplete(task));
        }
    }

    @Test
    void callSoonThreadsafe_onTheLoopsThread_keepsItsTurn() {
        try (var loop = newEventLoop()) {
            var called = new ArrayList<String>();
            loop.runUntilComplete(() -> {
                loop.callSoonThreadsafe(() -> called.add("hello"));
                loop.callSoon(() -> called.add("world"));
                loop.callSoonThreadsafe(() -> called.add("again"));
                sleep(Duration.ZERO);
            });
            assertEquals(List.of("hello", "world", "again"), called);
        }
    }

    @Test
    void callSoonThreadsafe_byAnotherThreadBeforeTheLoopRuns_isCalledInItsFirstIteration() throws InterruptedException {
        try (var loop = newEventLoop()) {
            var called = new ArrayList<String>();
            Thread.ofPlatform()
                    .start(() -> loop.callSoonThreadsafe(() -> called.add("hello")))
                    .join();
            loop.callSoon(() -> {
                called.add("world");
                loop.callSoon(() -> called.add("next iteration"));
                loop.stop();
            });
            loop.runForever();
            called.sort(null);
            assertEquals(List.of("hello", "world"), called);
        }
    }

    @Test
    void callSoonThreadsafe_byAnotherThreadWhileTheLoopWaits_wakesIt() {
        try (var loop = newEventLoop()) {
            var called = new ArrayList<String>();
            loop.callLater(ofSeconds(50), () -> called.add("too late"));
            loop.callSoon(() -> Thread.ofPlatform()
                    .start(() -> loop.callSoonThreadsafe(() -> {
                        called.add("hello");
                        loop.stop();
                    })));
            loop.runForever();
            assertEquals(List.of("hello"), called);
        }
    }

    @Test
    void jobOfAThread_cancelledAndEndingWhenTheLoopIsClosed_tellsNobody() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var ended = new Semaphore(0);
        try (var log = new LogCapture()) {
            var loop = newEventLoop();
            var failures = new ArrayList<EventLoop.Failure>();
            loop.setExceptionHandler(failures::add);
            loop.runUntilComplete(() -> {
                var job = runInExecutor(
                        task -> Thread.ofPlatform().start(() -> {
                            try {
                                task.run();
                            } finally {
                                ended.release();
                            }
                        }),
                        () -> {
                            begun.countDown();
                            release.await();
                            return "value";
                        });
                begun.await();
                assertTrue(job.cancel());
                sleep(Duration.ZERO);
                assertTrue(job.cancelled());
            });
            loop.close();
            release.countDown();
            assertTrue(ended.tryAcquire(20, TimeUnit.SECONDS));
            assertEquals(List.of(), failures);
            assertEquals(List.of(), log.messages());
        }
    }

    /** Sleeps until the time is up, and counts how often it is asked to. */
    private static final class Counting implements Poller {
        private final Semaphore wakeups = new Semaphore(0);
        private int polls;

        @Override
        public void poll(long waitNanos) {
            polls++;
            try {
                if (waitNanos < 0) {
                    wakeups.acquire();
                } else if (wakeups.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                    wakeups.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wakeup() {
            wakeups.release();
        }

        @Override
        public void close() {}
    }

    @Test
    void shortSleeps_doNotPollAgainAndAgain() {
        var poller = new Counting();
        try (var loop = newEventLoop(o -> o.poller(poller))) {
            loop.runUntilComplete(() -> {
                sleep(ofMillis(10));
                sleep(ofNanos(100_000));
                sleep(ofNanos(1000));
                sleep(ofNanos(10));
                sleep(ofNanos(1));
            });
        }
        assertTrue(poller.polls <= 20, poller.polls + " polls");
    }

    @Test
    void addSignalHandler_ofAClosedLoop_isRefused() {
        var loop = newEventLoop();
        loop.close();
        var e = assertThrows(IllegalStateException.class, () -> loop.addSignalHandler("USR2", () -> {}));
        assertTrue(e.getMessage().startsWith("Event loop is closed"), e.getMessage());
        assertFalse(loop.removeSignalHandler("USR2"));
    }

    @Test
    void newEventLoop_isAnotherOneEachTime_andRunsWhenAsked() {
        try (var one = newEventLoop();
                var other = newEventLoop()) {
            assertFalse(one == other);
            assertSame(other, other.runUntilComplete(() -> Asyncio.runningLoop()));
            assertSame(one, one.runUntilComplete(() -> Asyncio.runningLoop()));
        }
    }
}
