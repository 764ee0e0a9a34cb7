package jasyncio.executor;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.testing.VirtualTime;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that go into a loop through a portal, and through {@link LoopExecutor}. */
@Timeout(60)
class BlockingPortalTest {

    @Test
    void call_runsTheBodyAsATask_andReturnsItsValue() {
        virtually(v -> {
            try (var portal = new BlockingPortal()) {
                assertEquals(
                        "value",
                        toThread(() -> portal.call(() -> {
                            currentTask();
                            sleep(ofSeconds(1));
                            return "value";
                        })));
            }
        });
    }

    @Test
    void call_throwsWhatTheBodyThrows_asItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            try (var portal = new BlockingPortal()) {
                assertSame(
                        failure,
                        assertThrows(
                                IOException.class,
                                () -> toThread(() -> portal.call(() -> {
                                    throw failure;
                                }))));
            }
        });
    }

    @Test
    void onTheLoopsOwnThread_isRefused() {
        virtually(v -> {
            try (var portal = new BlockingPortal()) {
                var e = assertThrows(IllegalStateException.class, () -> portal.call(() -> 1));
                assertTrue(e.getMessage().contains("would wait for itself"), e.getMessage());
                assertThrows(IllegalStateException.class, () -> portal.startTaskSoon(() -> 1));
            }
        });
    }

    @Test
    void close_awaitsWhatIsUnderWay_andLetsNobodyInAnyMore() {
        virtually(v -> {
            var portal = new BlockingPortal();
            CompletableFuture<String> slow = toThread(() -> {
                CompletableFuture<String> started = portal.startTaskSoon(() -> {
                    sleep(ofSeconds(10));
                    return "done";
                });
                portal.call(() -> sleep(ZERO)); // by now the other one has begun
                return started;
            });
            portal.close();
            assertEquals("done", slow.getNow("not done"));
            assertThrows(IllegalStateException.class, () -> toThread(() -> portal.call(() -> 1)));
            portal.close();
        });
    }

    @Test
    void close_cancelled_cancelsWhatIsUnderWay() {
        virtually(v -> {
            var entered = new AtomicReference<CompletableFuture<Void>>();
            var owner = createTask(() -> {
                try (var portal = new BlockingPortal()) {
                    toThread(() -> {
                        entered.set(portal.startTaskSoon(() -> {
                            await(v.<@Nullable Void>future());
                        }));
                        portal.call(() -> sleep(ZERO));
                    });
                }
                sleep(ZERO);
            });
            while (entered.get() == null) {
                sleep(ofSeconds(1));
            }
            sleep(ofSeconds(1));
            owner.cancel();
            assertThrows(CancelledError.class, () -> await(owner));
            assertTrue(entered.get().isCancelled());
        });
    }

    @Test
    void startTaskSoon_cancelledByTheThread_cancelsTheTask() {
        virtually(v -> {
            try (var portal = new BlockingPortal()) {
                toThread(() -> {
                    CompletableFuture<Void> sleeping = portal.startTaskSoon(() -> {
                        await(v.<@Nullable Void>future());
                    });
                    portal.call(() -> sleep(ZERO));
                    assertTrue(sleeping.cancel(true));
                });
            }
            assertEquals(1, Asyncio.allTasks().size());
        });
    }

    @Test
    void call_whoseTaskIsCancelled_throwsCancellationException() {
        virtually(v -> {
            try (var portal = new BlockingPortal()) {
                assertThrows(
                        CancellationException.class,
                        () -> toThread(() -> portal.call(() -> {
                            currentTask().cancel();
                            sleep(ZERO);
                        })));
            }
        });
    }

    @Test
    void start_runsALoopOfItsOwn_untilItIsClosed() throws Exception {
        Callable<Thread> here = Thread::currentThread;
        BlockingPortal portal = BlockingPortal.start();
        try (portal) {
            Thread thread = portal.startTaskSoon(here).get(10, TimeUnit.SECONDS);
            assertFalse(thread.equals(Thread.currentThread()));
            assertEquals(3, portal.call(() -> {
                sleep(ofSeconds(0));
                return 3;
            }));
        }
        var refused =
                assertThrows(Exception.class, () -> portal.startTaskSoon(here).get(10, TimeUnit.SECONDS));
        assertInstanceOf(
                IllegalStateException.class, refused instanceof ExecutionException ? refused.getCause() : refused);
        portal.close();
    }

    @Test
    void loopExecutor_runsCommandsOnTheLoop_inOrder() throws Exception {
        var time = new VirtualTime();
        var loop = Asyncio.newEventLoop(o -> o.clock(time).poller(time));
        var executor = LoopExecutor.of(loop);
        var order = new StringBuilder();
        executor.execute(() -> order.append("a"));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> order.append("b"), executor);
        var _ = second.thenRun(() -> {
            assertSame(loop, Asyncio.runningLoop());
            loop.stop();
        });
        loop.runForever();
        assertEquals("ab", order.toString());
        loop.close();
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
    }
}
