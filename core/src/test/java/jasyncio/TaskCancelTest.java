package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code Task.cancel} does, wherever the task stands. */
class TaskCancelTest {

    @Test
    void cancel_beforeTheFirstStep_neverRunsTheBody() {
        virtually(v -> {
            var task = createTask(() -> v.log("body"));
            assertTrue(task.cancel("early"));
            assertFalse(task.done());
            assertEquals(
                    "early",
                    assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of(), v.log());
            assertEquals(Task.State.CANCELLED, task.state());
        });
    }

    @Test
    void cancel_whileItAwaits_cancelsTheFutureAndThrowsThere() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> {
                try {
                    return await(future);
                } catch (CancelledError e) {
                    v.log(e.getMessage() + " " + currentTask().cancelling());
                    throw e;
                }
            });
            sleep(ZERO);
            assertTrue(task.cancel("why"));
            assertTrue(future.cancelled());
            assertFalse(task.done());
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(List.of("why 1"), v.log());
        });
    }

    @Test
    void cancel_throughAChainOfTasks_reachesTheInnermostWithItsMessage() {
        virtually(v -> {
            Future<String> future = v.future();
            var inner = createTask("inner", () -> await(future));
            var middle = createTask("middle", () -> await(inner));
            var outer = createTask("outer", () -> await(middle));
            sleep(ZERO);
            sleep(ZERO);
            outer.cancel("why");
            assertTrue(future.cancelled());
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(outer)).getMessage());
            assertTrue(inner.cancelled());
            assertTrue(middle.cancelled());
            assertEquals(List.of(1, 1, 1), List.of(inner.cancelling(), middle.cancelling(), outer.cancelling()));
        });
    }

    @Test
    void cancel_ofItself_isThrownAtTheNextAwait() {
        virtually(v -> {
            var task = createTask(() -> {
                currentTask().cancel("self");
                v.log("goes on");
                sleep(ZERO);
                v.log("never");
            });
            assertEquals(
                    "self",
                    assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("goes on"), v.log());
        });
    }

    @Test
    void cancel_ofItselfInTheLastStep_cancelsInsteadOfReturning() {
        virtually(v -> {
            var task = createTask(() -> {
                currentTask().cancel("self");
                return "lost";
            });
            assertEquals(
                    "self",
                    assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertTrue(task.cancelled());
        });
    }

    @Test
    void cancel_afterTheAwaitedFutureIsDone_replacesItsValue() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> await(future));
            sleep(ZERO);
            future.setResult("lost");
            task.cancel("late");
            assertEquals(
                    "late",
                    assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals("lost", future.result());
        });
    }

    @Test
    void cancel_withoutMessage_hasNone() {
        virtually(v -> {
            var task = createTask(() -> sleep(ofSeconds(1)));
            sleep(ZERO);
            task.cancel();
            assertNull(assertThrows(CancelledError.class, () -> await(task)).getMessage());
        });
    }

    @Test
    void exceptionInCleanup_replacesTheCancellation() {
        virtually(v -> {
            var broken = new IllegalStateException("cleanup");
            var task = createTask(() -> {
                try {
                    sleep(ofSeconds(1));
                } finally {
                    fail(broken);
                }
            });
            sleep(ZERO);
            task.cancel();
            assertSame(broken, assertThrows(IllegalStateException.class, () -> await(task)));
            assertFalse(task.cancelled());
        });
    }

    private static void fail(RuntimeException e) {
        throw e;
    }

    @Test
    void catchException_aroundAnAwait_doesNotSwallowACancellation() {
        virtually(v -> {
            var task = createTask(() -> {
                while (true) {
                    try {
                        sleep(ofSeconds(1));
                    } catch (RuntimeException e) {
                        v.log("swallowed");
                    }
                }
            });
            sleep(ZERO);
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void cancel_whileSleeping_takesTheTimerAway() {
        virtually(v -> {
            var task = createTask(() -> sleep(ofSeconds(100)));
            sleep(ZERO);
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            v.assertNothingLeftBut(currentTask());
            assertEquals(ZERO, v.elapsed());
        });
    }
}
