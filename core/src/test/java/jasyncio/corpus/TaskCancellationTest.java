package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.KeyboardInterrupt;
import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a cancellation goes, and what a task may do about it. */
class TaskCancellationTest {

    private static Task<Void> sleeper(int seconds) {
        return createTask("sleeper", () -> sleep(ofSeconds(seconds)));
    }

    @Test
    void cancel_twiceBeforeTheFirstStep_isAcceptedBothTimesAndShown() {
        virtually(v -> {
            var task = sleeper(10);
            assertEquals(0, task.cancelling());
            assertFalse(task.toString().contains(" cancelling "), task.toString());
            assertTrue(task.cancel());
            assertEquals(1, task.cancelling());
            assertTrue(task.toString().contains(" cancelling "), task.toString());
            assertTrue(task.cancel());
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(ZERO, v.elapsed());
        });
    }

    @Test
    void uncancel_inTheTask_makesItSleepOnUntilTheNextCancel() {
        virtually(v -> {
            var task = createTask(() -> {
                try {
                    sleep(ofSeconds(10));
                } catch (CancelledError _) {
                    currentTask().uncancel();
                    sleep(ofSeconds(10));
                }
            });
            sleep(ofMillis(10));
            assertTrue(task.cancel());
            assertEquals(1, task.cancelling());
            sleep(ofMillis(10));
            assertEquals(0, task.cancelling());
            assertFalse(task.toString().contains(" cancelling "), task.toString());
            assertFalse(task.done());
            assertTrue(task.cancel());
            assertEquals(1, task.cancelling());
            assertThrows(CancelledError.class, () -> await(task));
            task.uncancel(); // too late
            assertTrue(task.cancelled());
            assertEquals(ofMillis(20), v.elapsed());
        });
    }

    @Test
    void cancel_ofTheAwaitedFuture_endsTheTaskCancelled() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> await(future));
            sleep(ZERO);
            future.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(0, task.cancelling());
        });
    }

    @Test
    void cancel_ofTheTaskAfterItsFuture_isStillOneCancellation() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> {
                try {
                    return await(future);
                } catch (CancelledError e) {
                    v.log(e.getMessage());
                    throw e;
                }
            });
            sleep(ZERO);
            assertTrue(future.cancel("future"));
            assertTrue(task.cancel("task"));
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertTrue(future.cancelled());
            assertEquals(List.of("future"), v.log());
        });
    }

    @Test
    void cancel_thatIsCaught_endsTheTaskWithItsValue() {
        virtually(v -> {
            Future<String> first = v.future();
            Future<String> second = v.future();
            var task = createTask("t", () -> {
                await(first);
                try {
                    return await(second);
                } catch (CancelledError _) {
                    return "caught";
                }
            });
            assertWaits(task, first);
            first.setResult("x");
            assertWaits(task, second);
            task.cancel();
            assertTrue(second.cancelled());
            assertEquals("caught", await(task));
            assertFalse(task.cancelled());
        });
    }

    @Test
    void cancel_thatIsIgnored_letsTheNextAwaitWait() {
        virtually(v -> {
            Future<String> first = v.future();
            Future<String> second = v.future();
            var task = createTask("t", () -> {
                try {
                    await(first);
                } catch (CancelledError _) {
                    v.log("ignored");
                }
                return await(second);
            });
            assertWaits(task, first);
            task.cancel();
            assertTrue(first.cancelled());
            assertWaits(task, second);
            assertFalse(second.done());
            second.setResult("value");
            assertEquals("value", await(task));
            assertFalse(task.cancelled());
            assertEquals(List.of("ignored"), v.log());
        });
    }

    /** Lets the task run, and checks that it then waits for this future. */
    private static void assertWaits(Task<?> task, Future<?> future) {
        sleep(ZERO);
        assertTrue(task.toString().contains(" wait_for=" + future), task.toString());
    }

    @Test
    void cancel_ofItselfBeforeAwaitingATask_goesOnToThatTask() {
        virtually(v -> {
            Future<String> future = v.future();
            var nested = createTask("nested", () -> await(future));
            var task = createTask("t", () -> {
                sleep(ZERO);
                currentTask().cancel();
                return await(nested);
            });
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertTrue(nested.cancelled());
            assertTrue(future.cancelled());
        });
    }

    @Test
    void cancel_byATimer_endsASleepAtOnce() {
        virtually(v -> {
            var task = sleeper(5000);
            v.loop().callLater(ofMillis(100), task::cancel);
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(ofMillis(100), v.elapsed());
        });
    }

    @Test
    void cancel_duringACall_isSeenByCalleeAndCaller() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> {
                try {
                    callee(v, future);
                    v.log("not reached");
                } catch (CancelledError _) {
                    v.log("caller");
                }
            });
            sleep(ZERO);
            task.cancel();
            await(task);
            assertEquals(List.of("callee", "caller"), v.log());
            assertTrue(future.cancelled());
        });
    }

    private static void callee(VirtualLoop v, Future<String> future) {
        try {
            v.log(await(future));
        } catch (CancelledError e) {
            v.log("callee");
            throw e;
        }
    }

    @Test
    @Timeout(30)
    void keyboardInterrupt_thatReplacesACancellation_leavesTheLoopAndIsTheTasksFailure() {
        try (var v = new VirtualLoop()) {
            var interrupt = new KeyboardInterrupt();
            var task = v.loop().createTask(() -> {
                try {
                    sleep(ofSeconds(10));
                } catch (CancelledError _) {
                    throw interrupt;
                }
            });
            v.run(() -> sleep(ZERO));
            task.cancel();
            assertFalse(task.done());
            assertSame(
                    interrupt,
                    assertThrows(KeyboardInterrupt.class, () -> v.loop().runForever()));
            assertFalse(task.cancelled());
            assertSame(interrupt, task.exception());
        }
    }

    @Test
    void cancel_ofAFailedTask_countsItsFailureAsSeen() {
        virtually(v -> {
            Task<Void> task = createTask(() -> {
                throw new IOException("seen by cancel");
            });
            sleep(ZERO);
            assertTrue(task.done());
            assertFalse(task.cancel());
        }); // closing reports what nobody saw
    }
}
