package jasyncio.coroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The continuation that generators and greenlets are made of, on either backend. */
class OneShotContinuationTest {
    private static final int ENOUGH_FOR_C2 = 30_000;

    @Test
    void resume_runsFromYieldToYield() {
        List<String> log = new ArrayList<>();
        var continuation = OneShotContinuation.of("continuation", () -> {
            log.add("1");
            OneShotContinuation.yield();
            log.add("2");
        });
        log.add("resume");
        continuation.resume();
        assertFalse(continuation.done());
        log.add("resume");
        continuation.resume();
        assertTrue(continuation.done());
        assertEquals(List.of("resume", "1", "resume", "2"), log);
    }

    @Test
    void resume_afterTheEnd_isRefused() {
        var continuation = OneShotContinuation.of("continuation", () -> {});
        continuation.resume();
        assertThrows(IllegalStateException.class, continuation::resume);
    }

    @Test
    void resume_ofItself_isRefused() {
        var self = new AtomicReference<OneShotContinuation>();
        self.set(OneShotContinuation.of(
                "continuation",
                () -> assertThrows(IllegalStateException.class, () -> self.get().resume())));
        self.get().resume();
    }

    @Test
    void resume_byAnotherThread_isRefused() throws InterruptedException {
        var continuation = OneShotContinuation.of("continuation", OneShotContinuation::yield);
        continuation.resume();
        var refusal = new AtomicReference<Throwable>();
        Thread other = Thread.ofPlatform()
                .start(() -> refusal.set(assertThrows(IllegalStateException.class, continuation::resume)));
        other.join();
        assertTrue(
                refusal.get().getMessage().startsWith("Cannot resume on Thread["),
                refusal.get().getMessage());
        continuation.resume();
        assertTrue(continuation.done());
    }

    @Test
    void resume_whatTheBodyThrows_isThrownToTheCaller() {
        var failure = new IllegalArgumentException("body");
        var continuation = OneShotContinuation.of("continuation", () -> {
            OneShotContinuation.yield();
            throw failure;
        });
        continuation.resume();
        assertSame(failure, assertThrows(IllegalArgumentException.class, continuation::resume));
        assertTrue(continuation.done());
    }

    @Test
    void yield_inNestedContinuation_goesToTheOneThatResumedIt() {
        List<String> log = new ArrayList<>();
        var inner = OneShotContinuation.of("continuation", () -> {
            log.add("inner 1");
            OneShotContinuation.yield();
            log.add("inner 2");
        });
        var outer = OneShotContinuation.of("continuation", () -> {
            inner.resume();
            log.add("outer 1");
            OneShotContinuation.yield();
            inner.resume();
            log.add("outer 2");
        });
        outer.resume();
        log.add("caller");
        outer.resume();
        assertEquals(List.of("inner 1", "outer 1", "caller", "inner 2", "outer 2"), log);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void resume_underMonitors_leavesThemWithTheCallerAlsoWhenCompiled(int depth) {
        var continuation = OneShotContinuation.of("continuation", () -> {
            while (true) {
                yieldUnderMonitors(new Object(), new Object());
            }
        });
        var monitors = new Object[depth];
        for (int i = 0; i < depth; i++) {
            monitors[i] = new Object();
        }
        for (int i = 0; i < ENOUGH_FOR_C2 / 10; i++) {
            resumeUnder(monitors, 0, continuation);
        }
    }

    private static void yieldUnderMonitors(Object outer, Object inner) {
        synchronized (outer) {
            OneShotContinuation.yield();
            synchronized (inner) {
                OneShotContinuation.yield();
                inner.notifyAll();
            }
            outer.notifyAll();
        }
    }

    private static void resumeUnder(Object[] monitors, int depth, OneShotContinuation continuation) {
        if (depth == monitors.length) {
            continuation.resume();
            for (Object monitor : monitors) {
                monitor.notifyAll();
            }
        } else {
            synchronized (monitors[depth]) {
                resumeUnder(monitors, depth + 1, continuation);
            }
            assertFalse(Thread.holdsLock(monitors[depth]));
        }
    }

    @Test
    void resume_underOneMonitorCompiled_keepsContendersOut() throws InterruptedException {
        Object monitor = new Object();
        var stop = new AtomicBoolean();
        var entries = new int[2];
        var started = new CountDownLatch(1);
        Thread contender = Thread.ofPlatform().daemon().start(() -> {
            started.countDown();
            while (!stop.get()) {
                synchronized (monitor) {
                    entries[0]++;
                    entries[1]++;
                }
            }
        });
        started.await();
        var continuation = OneShotContinuation.of("continuation", () -> {
            while (true) {
                OneShotContinuation.yield();
            }
        });
        for (int i = 0; i < ENOUGH_FOR_C2; i++) {
            synchronized (monitor) {
                int before = entries[0]++;
                continuation.resume();
                assertEquals(before + 1, entries[0], "the contender was kept out");
                entries[1]++;
            }
        }
        stop.set(true);
        contender.join();
        assertEquals(entries[0], entries[1]);
    }

    private static final class Pinned {
        static final String VALUE = yielded();

        private static String yielded() {
            OneShotContinuation.yield();
            return "yielded";
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "jasyncio.backend",
            matches = "portable",
            disabledReason = "a baton can be passed from anywhere")
    void yield_inClassInitialiser_isRefusedAndTheNextOneWorks() {
        List<String> log = new ArrayList<>();
        var continuation = OneShotContinuation.of("continuation", () -> {
            var e = assertThrows(ExceptionInInitializerError.class, () -> log.add(Pinned.VALUE));
            assertInstanceOf(PinnedException.class, e.getCause());
            OneShotContinuation.yield();
            log.add("went on");
        });
        continuation.resume();
        assertEquals(List.of(), log);
        continuation.resume();
        assertEquals(List.of("went on"), log);
    }

    @Test
    void resume_inACoroutineThatSuspendsBetween_keepsBothApart() {
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                Object monitor = new Object();
                var continuation = OneShotContinuation.of("continuation", () -> {
                    while (true) {
                        yieldUnderMonitors(new Object(), new Object());
                    }
                });
                for (int i = 0; i < 1_000; i++) {
                    synchronized (monitor) {
                        continuation.resume();
                        CoroutineThread.current().suspend();
                        monitor.notifyAll();
                    }
                }
                log.add("end");
            });
            while (!coroutine.done()) {
                coroutine.step();
            }
        });
        assertEquals(List.of("end"), log);
    }

    @Test
    void suspend_inABodyThatACoroutineResumes_suspendsTheCoroutine() {
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                var continuation = OneShotContinuation.of("continuation", () -> {
                    log.add("body 1");
                    CoroutineThread.current().suspend();
                    log.add("body 2");
                    OneShotContinuation.yield();
                    log.add("body 3");
                });
                continuation.resume();
                log.add("between");
                continuation.resume();
            });
            coroutine.step();
            log.add("loop");
            coroutine.step();
            assertTrue(coroutine.done());
        });
        assertEquals(List.of("body 1", "loop", "body 2", "between", "body 3"), log);
    }
}
