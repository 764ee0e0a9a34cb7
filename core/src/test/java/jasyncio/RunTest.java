package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** {@code Asyncio.run}. */
class RunTest {

    @Test
    void run_ofEachForm_givesTheValueAndClosesTheLoop() {
        var loops = new ArrayList<EventLoop>();
        assertEquals("value", run(() -> {
            loops.add(runningLoop());
            return "value";
        }));
        run(() -> {
            loops.add(runningLoop());
        });
        assertEquals("coroutine", run(coroutine(() -> {
            loops.add(runningLoop());
            return "coroutine";
        })));
        assertEquals(3, loops.stream().distinct().count());
        assertTrue(loops.stream().allMatch(EventLoop::closed));
    }

    @Test
    void run_whenMainFails_throwsTheVeryObjectTyped() {
        var failure = new IOException("broken");
        try {
            run(() -> {
                sleep(ZERO);
                throw failure;
            });
        } catch (IOException e) {
            assertSame(failure, e);
            return;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void run_whenMainEnds_cancelsWhatIsLeft() {
        var seen = new ArrayList<String>();
        run(() -> {
            createTask(() -> {
                try {
                    sleep(ofHours(1));
                } catch (CancelledError e) {
                    seen.add("cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
        });
        assertEquals(List.of("cancelled"), seen);
    }

    @Test
    void run_insideATask_isRefusedAndSaysWhatToDo() {
        run(() -> {
            var coroutine = coroutine(() -> 1);
            for (var nested : List.<Runnable>of(() -> run(() -> 1), () -> run(() -> {}), () -> run(coroutine))) {
                var e = assertThrows(IllegalStateException.class, nested::run);
                assertTrue(
                        e.getMessage().startsWith("run() cannot be called from a running event loop: <EventLoop"),
                        e.getMessage());
                assertTrue(e.getMessage().endsWith("just call the method, or createTask(…)"), e.getMessage());
            }
            assertEquals(1, await(coroutine));
        });
    }

    @Test
    void run_insideACallback_isRefused() {
        run(() -> {
            Future<Throwable> thrown = runningLoop().createFuture();
            runningLoop()
                    .callSoon(() -> thrown.setResult(assertThrows(IllegalStateException.class, () -> run(() -> 1))));
            assertTrue(await(thrown).getMessage().startsWith("run() cannot be called"));
        });
    }

    @Test
    void run_onAnotherThreadOfATask_hasALoopOfItsOwn() {
        run(() -> {
            EventLoop outer = runningLoop();
            EventLoop inner = toThread(() -> run(Asyncio::runningLoop));
            assertNotSame(outer, inner);
            assertSame(outer, runningLoop());
        });
    }

    @Test
    void run_onAVirtualThread_works() throws Exception {
        assertEquals("value", onThread(Thread.ofVirtual()));
    }

    @Test
    void run_onAPlatformThread_works() throws Exception {
        assertEquals("value", onThread(Thread.ofPlatform()));
    }

    private static String onThread(Thread.Builder builder) throws Exception {
        var result = new FutureTask<>((Callable<String>) () -> run(() -> {
            var task = createTask(() -> {
                sleep(ZERO);
                return "value";
            });
            return await(task);
        }));
        builder.start(result);
        return result.get();
    }

    @Test
    void interruptOfTheCaller_cancelsMain() throws Exception {
        var result = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            return assertThrows(CancelledError.class, () -> run(() -> sleep(ofHours(1))));
        });
        Thread.ofPlatform().start(result);
        assertEquals("The loop's thread was interrupted", result.get().getMessage());
    }

    @Test
    void keyboardInterruptInMain_leavesRunAfterTheOthersWereCancelled() {
        var seen = new ArrayList<String>();
        var interrupt = new KeyboardInterrupt();
        assertSame(
                interrupt,
                assertThrows(
                        KeyboardInterrupt.class,
                        () -> run(() -> {
                            createTask(() -> {
                                try {
                                    sleep(ofHours(1));
                                } finally {
                                    seen.add("cleaned up");
                                }
                            });
                            sleep(ZERO);
                            throw interrupt;
                        })));
        assertEquals(List.of("cleaned up"), seen);
    }
}
