package jasyncio.corpus;

import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.Coroutine;
import jasyncio.EventLoop;
import jasyncio.Handle;
import jasyncio.KeyboardInterrupt;
import jasyncio.generator.AsyncGenerator;
import jasyncio.spi.Poller;
import jasyncio.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One run after another of the same loop, however the first one ended. */
class EventLoopRunsTest {
    private final EventLoop loop = Asyncio.newEventLoop();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    private static void collectGarbage() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }

    @Test
    void keyboardInterruptOfMain_leavesTheRun_andIsReportedNowhereElse() {
        var interrupt = new KeyboardInterrupt();
        try (var captured = new LogCapture()) {
            assertSame(
                    interrupt,
                    assertThrows(
                            KeyboardInterrupt.class,
                            () -> loop.runUntilComplete(coroutine(() -> {
                                throw interrupt;
                            }))));
            collectGarbage();
            loop.runUntilComplete(() -> sleep(ZERO));
            loop.close();
            assertEquals(List.of(), captured.messages());
        }
    }

    @Test
    void keyboardInterruptOfMain_doesNotStopTheNextRun() {
        assertThrows(
                KeyboardInterrupt.class,
                () -> loop.runUntilComplete(() -> {
                    throw new KeyboardInterrupt();
                }));
        loop.callSoon(() -> loop.callSoon(() -> {
            log.add("second iteration");
            loop.stop();
        }));
        loop.runForever();
        assertEquals(List.of("second iteration"), log);
    }

    @Test
    void mainThatWasLeftWaiting_doesNotStopTheNextRunWhenItEnds() {
        loop.callSoon(() -> {
            throw new KeyboardInterrupt();
        });
        assertThrows(
                KeyboardInterrupt.class,
                () -> loop.runUntilComplete(coroutine(() -> {
                    sleep(ofMillis(20));
                    log.add("first");
                })));
        loop.runUntilComplete(() -> {
            sleep(ofMillis(40));
            log.add("second");
        });
        assertEquals(List.of("first", "second"), log);
    }

    /** Has its callback called in every poll, until it is told not to. */
    private static final class Ready implements Poller {
        boolean ready = true;
        Runnable onReady = () -> {};

        @Override
        public void poll(long waitNanos) {
            if (ready) {
                onReady.run();
            }
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {}
    }

    @Test
    void eventOfThePollerInAStoppedRun_isToldInThatRunAndNotLeftForTheNext() {
        var poller = new Ready();
        try (var polled = Asyncio.newEventLoop(o -> o.poller(poller))) {
            var told = new ArrayList<Handle>();
            poller.onReady = () -> told.add(polled.callSoon(() -> {
                log.add("told");
                polled.callSoon(
                        () -> { // in the second run, in whose poll it was told again
                            told.getLast().cancel();
                            poller.ready = false;
                        });
            }));
            for (int run = 0; run < 2; run++) {
                polled.callSoon(polled::stop);
                polled.runForever();
                assertEquals(List.of("told"), log);
            }
        }
        assertFalse(poller.ready);
    }

    @Test
    void coroutineRefusedByAClosedLoop_isNotReportedAsNeverAwaited() {
        loop.close();
        try (var captured = new LogCapture()) {
            refuse();
            collectGarbage();
            Asyncio.run(() -> sleep(ofMillis(1)));
            assertEquals(List.of(), captured.messages());
        }
    }

    private void refuse() {
        Coroutine<String> coroutine = coroutine(() -> "never");
        var e = assertThrows(IllegalStateException.class, () -> loop.createTask(coroutine));
        assertTrue(e.getMessage().startsWith("Event loop is closed: "), e.getMessage());
    }

    @Test
    void shutdownDefaultExecutor_threadsThatGoOn_isGivenUpWithAWarning() throws InterruptedException {
        var release = new CountDownLatch(1);
        try (var captured = new LogCapture()) {
            loop.runUntilComplete(() -> {
                var job = Asyncio.runInExecutor(null, () -> release.await(60, TimeUnit.SECONDS));
                loop.shutdownDefaultExecutor(ofMillis(10));
                release.countDown();
                assertTrue(Asyncio.await(job));
            });
            assertEquals(
                    List.of("WARNING: The default executor's threads did not end within PT0.01S; they are left behind"),
                    captured.messages());
        }
    }

    @Test
    @NullUnmarked
    void nullForAMomentALengthACallbackOrAnExecutor_isNamed() {
        assertNamed("A length of time is needed; it is null", () -> loop.callLater(null, () -> {}));
        assertNamed("A moment is needed; it is null", () -> loop.callAt(null, () -> {}));
        assertNamed("A callback is needed; it is null", () -> loop.callSoon(null));
        assertNamed("A callback is needed; it is null", () -> loop.callSoonThreadsafe(null));
        assertNamed("A callback is needed; it is null", () -> loop.callLater(ZERO, null));
        assertNamed("An executor is needed; it is null", () -> loop.setDefaultExecutor(null));
    }

    private static void assertNamed(String message, Runnable use) {
        assertEquals(message, assertThrows(NullPointerException.class, use::run).getMessage());
    }

    /** Nobody holds the generator when this returns. */
    private void dropHalfWay() throws Exception {
        var generator = AsyncGenerator.<String>of(y -> {
            try {
                y.yield("one");
                y.yield("two");
            } finally {
                sleep(ZERO);
                log.add("finally");
            }
        });
        assertEquals("one", generator.anext());
    }

    @Test
    @Timeout(60)
    void asyncGeneratorThatNobodyHolds_inDebugMode_isClosedByItsLoop() throws Exception {
        loop.setDebug(true);
        loop.setSlowCallbackDuration(ofDays(1));
        loop.runUntilComplete(this::dropHalfWay);
        assertEquals(List.of(), log);
        loop.runUntilComplete(() -> {
            for (int round = 0; log.isEmpty() && round < 100; round++) {
                Asyncio.toThread(EventLoopRunsTest::collectGarbage);
                sleep(Duration.ofMillis(10));
            }
        });
        assertEquals(List.of("finally"), log);
    }
}
