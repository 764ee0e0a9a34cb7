package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.runCoroutineThreadsafe;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.Asyncio.wrapBlocking;
import static jasyncio.Asyncio.wrapFuture;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** To and from the JDK's futures. */
class BridgesTest {

    @Test
    void awaitStage_completedElsewhere_givesItsValue() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            Thread.ofPlatform().start(() -> stage.complete("value"));
            assertEquals("value", await(stage));
            assertEquals("value!", await(stage.thenApply(s -> s + "!")));
            assertNull(await(CompletableFuture.completedFuture(null)));
        });
    }

    @Test
    void awaitStage_thatHasItsValue_doesNotYield() {
        virtually(v -> {
            v.ticks(1);
            assertEquals("value", await(CompletableFuture.completedFuture("value")));
            assertEquals(List.of(), v.log());
            sleep(ZERO);
        });
    }

    @Test
    void awaitStage_thatFailed_throwsWithoutTheWrappers() {
        virtually(v -> {
            var failure = new IOException("broken");
            var stage = CompletableFuture.<String>failedFuture(failure);
            assertSame(failure, assertThrows(IOException.class, () -> await(stage)));
            assertSame(failure, assertThrows(IOException.class, () -> await(stage.thenApply(s -> s))));
            var wrapped =
                    CompletableFuture.<String>failedFuture(new CompletionException(new ExecutionException(failure)));
            assertSame(failure, assertThrows(IOException.class, () -> await(wrapped, IOException.class)));
        });
    }

    @Test
    void awaitStage_cancelled_cancelsTheStage() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            var waiting = createTask(() -> await(stage));
            sleep(ZERO);
            waiting.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            sleep(ZERO);
            assertTrue(stage.isCancelled());
        });
    }

    @Test
    void awaitStage_thatIsCancelled_throwsCancelledError() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            stage.cancel(false);
            assertThrows(CancelledError.class, () -> await(stage));
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void wrapFuture_givesAFutureForGatherAndTimeouts() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            var future = wrapFuture(stage);
            assertFalse(future.done());
            v.loop().callLater(ofSeconds(1), () -> stage.complete("value"));
            assertEquals(List.of("value", 2), await(Asyncio.<Object>gather(future, createTask(() -> 2))));
            assertTrue(wrapFuture(stage).loop() == v.loop());
            sleep(ZERO);
        });
    }

    @Test
    void cancel_ofAWrappedFuture_cancelsTheStage() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            var future = wrapFuture(stage);
            future.cancel();
            sleep(ZERO);
            sleep(ZERO);
            assertTrue(stage.isCancelled());
        });
    }

    @Test
    void wrapBlocking_ofAJdkFuture_givesItsEnd() {
        virtually(v -> {
            var value = new FutureTask<>(() -> "value");
            Thread.ofPlatform().start(value);
            assertEquals("value", await(wrapBlocking(value)));
            var failure = new IOException("broken");
            var failing = new FutureTask<String>(() -> {
                throw failure;
            });
            Thread.ofPlatform().start(failing);
            assertSame(failure, assertThrows(IOException.class, () -> await(wrapBlocking(failing))));
        });
    }

    @Test
    void cancel_whileAwaitingABlockingFuture_cancelsThatOne() {
        virtually(v -> {
            var source = new FutureTask<>(() -> "never");
            var waiting = createTask(() -> await(wrapBlocking(source)));
            sleep(ZERO);
            waiting.cancel();
            assertThrows(CancelledError.class, () -> await(waiting));
            sleep(ZERO);
            assertTrue(source.isCancelled());
        });
    }

    @Test
    void toCompletableFuture_mirrorsEachEnd() {
        virtually(v -> {
            Future<String> value = v.future();
            Future<String> failed = v.future();
            Future<String> cancelled = v.future();
            var mirrors =
                    List.of(value.toCompletableFuture(), failed.toCompletableFuture(), cancelled.toCompletableFuture());
            var failure = new IOException("broken");
            value.setResult("value");
            failed.setException(failure);
            cancelled.cancel();
            sleep(ZERO);
            sleep(ZERO);
            assertEquals("value", mirrors.get(0).join());
            assertSame(failure, mirrors.get(1).exceptionNow());
            assertTrue(mirrors.get(2).isCancelled());
        });
    }

    @Test
    void toCompletableFuture_fromAnotherThread_waitsAndCancels() {
        virtually(v -> {
            Future<String> never = v.future();
            var task = createTask(() -> await(never));
            var mirror = task.toCompletableFuture();
            assertTrue(toThread(() -> mirror.cancel(true)));
            assertThrows(CancelledError.class, () -> await(task));
            var quick = createTask(() -> "value").toCompletableFuture();
            assertEquals("value", toThread(() -> quick.join()));
        });
    }

    @Test
    void runCoroutineThreadsafe_fromAThread_givesTheEnd() {
        virtually(v -> {
            assertEquals(
                    "test",
                    toThread(() -> runCoroutineThreadsafe(v.loop(), () -> {
                                sleep(ofSeconds(1));
                                return Asyncio.runningLoop().name();
                            })
                            .get()));
            var failure = new IOException("broken");
            var e = assertThrows(
                    ExecutionException.class,
                    () -> toThread(() -> runCoroutineThreadsafe(v.loop(), () -> {
                                throw failure;
                            })
                            .get()));
            assertSame(failure, e.getCause());
        });
    }

    @Test
    void runCoroutineThreadsafe_cancelledByTheThread_cancelsTheTask() {
        virtually(v -> {
            var began = new CountDownLatch(1);
            Future<String> seen = v.future();
            Future<String> never = v.future();
            var future = toThread(() -> {
                var started = runCoroutineThreadsafe(v.loop(), () -> {
                    began.countDown();
                    try {
                        await(never);
                    } finally {
                        seen.setResult("cleaned up, cancelling " + currentTask().cancelling());
                    }
                });
                began.await();
                assertTrue(started.cancel(true));
                return started;
            });
            assertEquals("cleaned up, cancelling 1", await(seen));
            assertThrows(CancellationException.class, future::join);
        });
    }

    @Test
    void runCoroutineThreadsafe_whenTheTaskIsCancelled_isCancelledToo() {
        virtually(v -> {
            var future = toThread(() -> runCoroutineThreadsafe(v.loop(), () -> {
                throw new CancelledError();
            }));
            assertThrows(CancelledError.class, () -> await(future));
            assertTrue(future.isCancelled());
        });
    }

    @Test
    void runCoroutineThreadsafe_onAClosedLoop_isRefused() {
        var loop = Asyncio.newEventLoop();
        loop.close();
        var e = assertThrows(IllegalStateException.class, () -> runCoroutineThreadsafe(loop, () -> 1));
        assertTrue(e.getMessage().startsWith("Event loop is closed"), e.getMessage());
    }
}
