package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.waitFor;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WaitForTest {

    /** Sleeps until a moment, whoever cancels it. */
    private static String deaf(VirtualLoop v, int untilMillis) {
        var end = Instant.EPOCH.plusMillis(untilMillis);
        while (v.loop().time().isBefore(end)) {
            try {
                sleep(java.time.Duration.between(v.loop().time(), end));
            } catch (CancelledError _) {
                v.log("not now");
            }
        }
        v.log("ended");
        return "late";
    }

    @Test
    void cancel_ofATaskThatWaitsForADeafOne_letsItFinish() {
        virtually(v -> {
            var waiting = createTask(() -> waitFor(coroutine(() -> deaf(v, 200)), ofMillis(400)));
            sleep(ZERO);
            waiting.cancel();
            var _ = Asyncio.wait(List.of(waiting));
            assertEquals(List.of("not now", "ended"), v.log());
            assertEquals(ofMillis(200), v.elapsed());
        });
    }

    @Test
    void timeout_ofADeafOne_waitsForItsValue() {
        virtually(v -> {
            assertEquals("late", waitFor(coroutine(() -> deaf(v, 200)), ofMillis(100)));
            assertEquals(List.of("not now", "ended"), v.log());
        });
    }

    @Test
    void noTime_forARunningTask_cancelsItAndWaitsForItsCleanup() {
        virtually(v -> {
            for (var limit : List.of(ZERO, ofSeconds(-1))) {
                var task = createTask(() -> {
                    try {
                        sleep(ofSeconds(10));
                    } finally {
                        sleep(ofMillis(1));
                        v.log("cleaned up");
                    }
                });
                sleep(ZERO);
                var e = assertThrows(TimeoutException.class, () -> waitFor(task, limit));
                assertInstanceOf(CancelledError.class, e.getCause());
                assertTrue(task.cancelled());
            }
            assertEquals(List.of("cleaned up", "cleaned up"), v.log());
        });
    }

    @Test
    void result_setByACallback_isReturnedInTime() {
        virtually(v -> {
            Future<String> future = v.future();
            v.loop().callSoon(() -> future.setResult("value"));
            assertEquals("value", waitFor(future, ofMillis(200)));
            assertEquals(ZERO, v.elapsed());
        });
    }

    @Test
    void cancel_ofAnAwaitWithoutLimit_cancelsTheAwaitedTask() {
        virtually(v -> {
            Future<String> never = v.future();
            var task = createTask(() -> await(never));
            var waiting = createTask(() -> await(task));
            v.loop().callSoon(waiting::cancel);
            assertThrows(CancelledError.class, () -> await(waiting));
            assertTrue(task.cancelled());
        });
    }

    @Test
    void cancel_whenTheAwaitedTaskIsDoneAlready_endsTheWaitingOneAllTheSame() {
        virtually(v -> {
            var inner = createTask(() -> "value");
            Task<Void> waiting = createTask(() -> {
                v.log(waitFor(inner, ofSeconds(100)));
                sleep(ofSeconds(1));
                v.log("never");
            });
            sleep(ZERO);
            waiting.cancel();
            assertThrows(CancelledError.class, () -> await(waiting));
            assertEquals("value", await(inner));
            assertFalse(v.log().contains("never"));
        });
    }

    @Test
    void noTime_forAShield_leavesTheTaskBehindItRunning() {
        virtually(v -> {
            var task = createTask(() -> {
                sleep(ofMillis(10));
                return "value";
            });
            var shielded = shield(task);
            assertThrows(TimeoutException.class, () -> waitFor(shielded, ZERO));
            assertFalse(task.done());
            assertTrue(shielded.cancelled());
            sleep(ofMillis(100));
            assertEquals("value", task.result());
        });
    }

    @Test
    void await_ofAShieldWithoutLimit_runsToTheEnd() {
        virtually(v -> {
            var task = createTask(() -> {
                sleep(ofMillis(100));
                return "value";
            });
            assertEquals("value", await(shield(task)));
            assertTrue(task.done());
        });
    }
}
