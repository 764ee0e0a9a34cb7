package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What belongs to a loop that runs is refused on any other thread. */
class WrongThreadTest {

    /** Everything that may only be used on the loop. */
    private static Map<String, Runnable> uses(EventLoop loop, Future<String> future, Task<String> task) {
        var uses = new LinkedHashMap<String, Runnable>();
        uses.put("result", future::result);
        uses.put("exception", future::exception);
        uses.put("outcome", future::outcome);
        uses.put("setResult", () -> future.setResult("x"));
        uses.put("setException", () -> future.setException(new IOException()));
        uses.put("cancel", future::cancel);
        uses.put("addDoneCallback", () -> future.addDoneCallback(_ -> {}));
        uses.put("removeDoneCallback", () -> future.removeDoneCallback(_ -> {}));
        uses.put("toCompletableFuture", () -> future.toCompletableFuture().join());
        uses.put("task.result", task::result);
        uses.put("task.cancel", () -> task.cancel("x"));
        uses.put("task.uncancel", task::uncancel);
        uses.put("callSoon", () -> loop.callSoon(() -> {}));
        uses.put("callLater", () -> loop.callLater(ZERO, () -> {}));
        uses.put("callAt", () -> loop.callAt(Instant.EPOCH, () -> {}));
        uses.put("createTask", () -> loop.createTask(() -> 1));
        uses.put("stop", loop::stop);
        return uses;
    }

    private static void assertRefused(String name, Runnable use) {
        var e = assertThrows(IllegalStateException.class, use::run, name);
        assertTrue(e.getMessage().startsWith("Cannot use <"), name + ": " + e.getMessage());
        assertTrue(e.getMessage().contains(" runs on another thread; go through loop.callSoonThreadsafe(…)"), name);
    }

    @Test
    void everyMethod_onAnotherThread_isRefused() {
        virtually(v -> {
            Future<String> future = v.future();
            Task<String> task = createTask(() -> await(future));
            sleep(ZERO);
            toThread(() -> uses(v.loop(), future, task).forEach(WrongThreadTest::assertRefused));
            assertFalse(future.done());
            assertEquals(0, task.cancelling());
            future.setResult("untouched");
            assertEquals("untouched", await(task));
        });
    }

    @Test
    void everyMethod_onAnotherLoop_isRefused() {
        virtually(v -> {
            Future<String> future = v.future();
            Task<String> task = createTask(() -> await(future));
            sleep(ZERO);
            toThread(() -> run(() -> uses(v.loop(), future, task).forEach(WrongThreadTest::assertRefused)));
            future.setResult("untouched");
            await(task);
        });
    }

    @Test
    void threadsafeParts_onAnotherThread_work() {
        virtually(v -> {
            Future<String> future = v.future();
            toThread(() -> {
                assertFalse(future.done());
                assertFalse(future.cancelled());
                assertEquals("<Future pending>", future.toString());
                assertTrue(v.loop().running());
                assertFalse(v.loop().closed());
                v.loop().callSoonThreadsafe(() -> future.setResult("value"));
            });
            assertEquals("value", await(future));
        });
    }

    @Test
    void awaitOnAThreadThatIsNoTask_isRefusedAndSaysWhereItWorks() {
        virtually(v -> {
            Future<String> future = v.future();
            var e = assertThrows(IllegalStateException.class, () -> toThread(() -> await(future)));
            assertTrue(e.getMessage().startsWith("No task is running on Thread["), e.getMessage());
            assertTrue(e.getMessage().contains("runCoroutineThreadsafe(loop, …)"), e.getMessage());
        });
    }

    @Test
    void awaitOfAForeignFuture_isRefusedInTheTask() {
        try (var other = Asyncio.newEventLoop()) {
            Future<String> foreign = other.createFuture();
            virtually(v -> {
                var e = assertThrows(IllegalStateException.class, () -> await(foreign));
                assertTrue(e.getMessage().contains("attached to a different loop"), e.getMessage());
            });
        }
    }

    @Test
    void aLoopThatDoesNotRun_maybeUsedByAnyOneThread() throws Exception {
        try (var loop = Asyncio.newEventLoop()) {
            Future<String> future = loop.createFuture();
            var elsewhere = new FutureTask<>(() -> {
                future.setResult("value");
                return loop.createTask(() -> await(future));
            });
            Thread.ofPlatform().start(elsewhere);
            assertEquals("value", loop.runUntilComplete(elsewhere.get()));
        }
    }

    @Test
    void severalLoops_eachOnItsThread_runSideBySide() throws Exception {
        try (var pool = Executors.newFixedThreadPool(4)) {
            var results = new java.util.ArrayList<java.util.concurrent.Future<Integer>>();
            for (int i = 0; i < 4; i++) {
                int n = i;
                results.add(pool.submit(() -> run(() -> {
                    EventLoop loop = runningLoop();
                    int sum = 0;
                    for (int k = 0; k < 200; k++) {
                        sum += await(createTask(() -> {
                            sleep(ZERO);
                            return runningLoop() == loop ? n : -1_000_000;
                        }));
                    }
                    sleep(ofMillis(1));
                    return sum;
                })));
            }
            for (int i = 0; i < 4; i++) {
                assertEquals(200 * i, results.get(i).get());
            }
        }
    }

    @Test
    void oneLoop_runByTwoThreads_isRefusedToTheSecond() {
        virtually(v -> {
            var e = assertThrows(
                    IllegalStateException.class,
                    () -> toThread(() -> v.loop().runUntilComplete(() -> sleep(ofSeconds(1)))));
            assertTrue(e.getMessage().startsWith("This event loop is already running"), e.getMessage());
        });
    }
}
