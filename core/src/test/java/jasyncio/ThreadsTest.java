package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runInExecutor;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code toThread} and {@code runInExecutor}. */
class ThreadsTest {
    private final ContextVar<String> user = new ContextVar<>("user", "none");

    @Test
    void toThread_runsTheBodyOnAThreadOfTheLoopsOwn() {
        virtually(v -> {
            Thread thread = toThread(Thread::currentThread);
            assertFalse(thread.isVirtual());
            assertTrue(thread.isDaemon());
            assertTrue(thread.getName().startsWith("test-thread-"), thread.getName());
            toThread(() -> assertThrows(IllegalStateException.class, Asyncio::currentTask));
        });
    }

    @Test
    void toThread_meanwhile_otherTasksRun() {
        virtually(v -> {
            var latch = new CountDownLatch(1);
            var other = createTask(latch::countDown);
            assertTrue(toThread(() -> latch.await(10, TimeUnit.SECONDS)));
            await(other);
        });
    }

    @Test
    void toThread_seesACopyOfTheCallersContext() {
        virtually(v -> {
            var _ = user.set("ada");
            assertEquals("ada", toThread(() -> {
                String seen = user.get();
                var _ = user.set("thread");
                return seen;
            }));
            assertEquals("ada", user.get());
        });
    }

    @Test
    void runInExecutor_doesNotHandTheContextOver() {
        virtually(v -> {
            var _ = user.set("ada");
            assertEquals("none", await(runInExecutor(null, () -> user.get())));
        });
    }

    @Test
    void failureInAThread_isThrownAsItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class,
                            () -> toThread(() -> {
                                throw failure;
                            })));
            assertSame(failure, assertThrows(IOException.class, () -> await(runInExecutor(null, () -> fail(failure)))));
        });
    }

    private static String fail(IOException failure) throws IOException {
        throw failure;
    }

    @Test
    void runInExecutor_takesAnyExecutor() {
        virtually(v -> {
            try (var pool = Executors.newSingleThreadExecutor(r -> new Thread(r, "mine"))) {
                assertEquals(
                        "mine",
                        await(runInExecutor(pool, () -> Thread.currentThread().getName())));
                await(runInExecutor(pool, () -> v.log("void")));
            }
            assertEquals("inline", await(runInExecutor(Runnable::run, () -> "inline")));
            assertEquals(1, v.log().size());
        });
    }

    @Test
    void runInExecutor_rejected_throwsAtOnce() {
        virtually(v -> {
            var pool = Executors.newSingleThreadExecutor();
            pool.shutdown();
            assertThrows(
                    RejectedExecutionException.class,
                    () -> runInExecutor(pool, () -> 1).cancel());
        });
    }

    @Test
    void cancel_beforeTheBodyBegins_keepsItFromBeginning() {
        virtually(v -> {
            var jobs = new ArrayDeque<Runnable>();
            Executor manual = jobs::add;
            var future = runInExecutor(manual, () -> {
                v.log("never");
                return "value";
            });
            var waiting = createTask(() -> await(future));
            sleep(ZERO);
            waiting.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            jobs.remove().run();
            assertEquals(0, v.log().size());
        });
    }

    @Test
    void cancel_afterTheBodyBegan_leavesItToFinishUnattended() {
        virtually(v -> {
            var began = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var ended = new CountDownLatch(1);
            var waiting = createTask(() -> toThread(() -> {
                began.countDown();
                release.await();
                ended.countDown();
            }));
            toThread(() -> began.await());
            waiting.cancel("why");
            assertThrows(CancelledError.class, () -> await(waiting));
            release.countDown();
            assertTrue(toThread(() -> ended.await(10, TimeUnit.SECONDS)));
        });
    }

    @Test
    void setDefaultExecutor_isUsedFromThenOn() {
        virtually(v -> {
            var used = new ArrayList<Runnable>();
            v.loop().setDefaultExecutor(job -> {
                used.add(job);
                job.run();
            });
            assertEquals("value", toThread(() -> "value"));
            assertEquals("value", await(runInExecutor(null, () -> "value")));
            assertEquals(2, used.size());
        });
    }

    @Test
    void shutdownDefaultExecutor_waitsAndThenRefusesWork() {
        virtually(v -> {
            v.loop().setDebug(false);
            var release = new CountDownLatch(1);
            var job = runInExecutor(null, () -> release.await(10, TimeUnit.SECONDS));
            v.loop().callSoon(release::countDown);
            v.loop().shutdownDefaultExecutor(java.time.Duration.ofDays(1_000_000));
            assertTrue(await(job));
            var e = assertThrows(IllegalStateException.class, () -> toThread(() -> 1));
            assertTrue(e.getMessage().startsWith("Executor shutdown has been called"), e.getMessage());
        });
    }

    @Test
    void callSoonThreadsafe_fromManyThreads_runsEachOnTheLoop() {
        virtually(v -> {
            int count = 1000;
            Future<String> all = v.future();
            var ran = new int[1];
            for (int t = 0; t < 4; t++) {
                Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < count; i++) {
                        v.loop().callSoonThreadsafe(() -> {
                            if (++ran[0] == 4 * count) {
                                all.setResult("all");
                            }
                        });
                    }
                });
            }
            assertEquals("all", await(all));
        });
    }
}
