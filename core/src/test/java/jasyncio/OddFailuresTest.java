package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.spi.Poller;
import jasyncio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Exceptions, values and callbacks that fail when they are asked about themselves: what is reported suffers, and nothing else. */
@SuppressWarnings("serial")
@Timeout(60)
class OddFailuresTest {

    private static final class NoMessage extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }
    }

    private static final class NoTrace extends RuntimeException {
        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("getStackTrace");
        }
    }

    private static final class NoMonitor extends IllegalMonitorStateException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }
    }

    /** Two of them that describe each other never come to an end. */
    @SuppressWarnings("OverrideThrowableToString")
    private static final class Mutual extends RuntimeException {
        private Object other = "";

        static Mutual pair() {
            var one = new Mutual();
            var two = new Mutual();
            one.other = two;
            two.other = one;
            return one;
        }

        @Override
        public String toString() {
            return "with " + other;
        }
    }

    private static final List<Supplier<RuntimeException>> ODD =
            List.of(NoMessage::new, Mutual::pair, NoTrace::new, NoMonitor::new);

    /** Formats what is logged as the console does: a failing description fails here. */
    private static final class Formatting extends Handler {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            texts.add(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static Stream<DynamicTest> each(java.util.function.Consumer<Supplier<RuntimeException>> test) {
        return ODD.stream()
                .map(odd -> DynamicTest.dynamicTest(odd.get().getClass().getSimpleName(), () -> test.accept(odd)));
    }

    /** Runs {@code body} with a console that formats; returns what it got. */
    private static List<String> logged(Runnable body) {
        var console = new Formatting();
        try (var _ = new LogCapture()) {
            Logger.getLogger("jasyncio").addHandler(console);
            body.run();
        } finally {
            Logger.getLogger("jasyncio").removeHandler(console);
        }
        return console.texts;
    }

    private static void assertReported(String what, List<String> texts) {
        assertTrue(texts.stream().anyMatch(text -> text.contains(what)), what + ": " + texts);
    }

    @TestFactory
    Stream<DynamicTest> taskFailure_thatNobodyLookedAt_leavesTheResultAndLaterReports() {
        return each(odd -> {
            var texts = logged(() -> assertEquals("result", run(() -> {
                createTask("odd", () -> {
                    throw odd.get();
                });
                createTask("plain", () -> {
                    throw new IllegalArgumentException("second");
                });
                sleep(ofMillis(1));
                return "result";
            })));
            assertReported("second", texts);
            assertReported("'odd'", texts);
        });
    }

    @TestFactory
    Stream<DynamicTest> callbackFailure_leavesTheLoopRunning() {
        return each(odd -> {
            var texts = logged(() -> assertEquals("result", run(() -> {
                runningLoop().callSoon(() -> {
                    throw odd.get();
                });
                runningLoop().callSoon(() -> {
                    throw new IllegalArgumentException("second");
                });
                sleep(ofMillis(1));
                return "result";
            })));
            assertReported("second", texts);
            assertEquals(
                    2,
                    texts.stream()
                            .filter(text -> text.contains("Exception in callback"))
                            .count(),
                    texts.toString());
        });
    }

    @TestFactory
    Stream<DynamicTest> awaitedFailure_arrivesAsItself() {
        return each(odd -> {
            RuntimeException failure = odd.get();
            assertSame(
                    failure,
                    assertThrows(
                            RuntimeException.class,
                            () -> run(() -> await(createTask(() -> {
                                throw failure;
                            })))));
        });
    }

    @Test
    void resultSetTwice_isRefusedWhateverTheValueSays() {
        virtually(v -> {
            Future<Object> future = v.future();
            future.setResult(Mutual.pair());
            var e = assertThrows(InvalidStateException.class, () -> future.setResult("again"));
            assertTrue(e.getMessage().contains("whose toString failed"), e.getMessage());
            Future<Object> failed = v.future();
            failed.setException(Mutual.pair());
            assertThrows(InvalidStateException.class, () -> failed.setResult("again"));
            assertTrue(failed.toString().contains("whose toString failed"));
            assertThrows(Mutual.class, failed::result);
        });
    }

    @Test
    void exceptionHandler_thatFailsOddly_leavesTheLoopRunning() {
        var texts = logged(() -> assertEquals("result", run(() -> {
            runningLoop().setExceptionHandler(_ -> {
                throw new NoMessage();
            });
            for (int i = 0; i < 2; i++) {
                runningLoop().callSoon(() -> {
                    throw new IllegalArgumentException("what it was told");
                });
            }
            sleep(ofMillis(1));
            return "result";
        })));
        assertEquals(
                2,
                texts.stream().filter(text -> text.contains("what it was told")).count(),
                texts.toString());
        assertReported("Unhandled error in exception handler", texts);
    }

    @Test
    void stage_thatFailsOddly_isAFailureOrACancellationAllTheSame() {
        virtually(v -> {
            var cancelled = new CompletableFuture<String>();
            var failed = new CompletableFuture<String>();
            v.loop()
                    .callLater(
                            ofSeconds(1),
                            () -> cancelled.completeExceptionally(new CancellationException() {
                                @Override
                                public String getMessage() {
                                    throw new IllegalStateException("getMessage");
                                }
                            }));
            v.loop()
                    .callLater(
                            ofSeconds(1),
                            () -> failed.completeExceptionally(new CompletionException("odd", null) {
                                @Override
                                public synchronized Throwable getCause() {
                                    throw new IllegalStateException("getCause");
                                }
                            }));
            assertThrows(CancelledError.class, () -> timeout(ofSeconds(5), () -> await(cancelled)));
            var e = assertThrows(CompletionException.class, () -> timeout(ofSeconds(5), () -> await(failed)));
            assertEquals("odd", e.getMessage());
            sleep(ZERO);
        });
    }

    @Test
    void exitStack_whoseExitFailsOddly_runsTheOthers() {
        virtually(v -> {
            var stack = new ExitStack();
            var e = assertThrows(
                    IllegalArgumentException.class,
                    () -> stack.run(() -> {
                        stack.callback(() -> v.log("closed"));
                        stack.callback(() -> {
                            throw new IllegalArgumentException() {
                                @Override
                                public synchronized Throwable getCause() {
                                    throw new IllegalStateException("getCause");
                                }
                            };
                        });
                        throw new IllegalStateException("body");
                    }));
            assertInstanceOf(IllegalStateException.class, e.getSuppressed()[0]);
            assertEquals(List.of("closed"), v.log());
        });
    }

    @Test
    void poller_whoseCloseFails_leavesTheRestClosed() {
        var loop = Asyncio.newEventLoop(o -> o.poller(new Poller() {
            @Override
            public void poll(long waitNanos) {}

            @Override
            public void wakeup() {}

            @Override
            public void close() {
                throw new IllegalStateException("close");
            }
        }));
        var asked = Asyncio.runCoroutineThreadsafe(loop, () -> 1);
        assertEquals(
                "close", assertThrows(IllegalStateException.class, loop::close).getMessage());
        assertTrue(loop.closed());
        assertTrue(asked.isDone(), "nobody told whoever waits for the loop");
    }
}
