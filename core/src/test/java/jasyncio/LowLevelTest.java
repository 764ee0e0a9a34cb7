package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
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

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowLevelTest {

    @Test
    void currentTask_elsewhere_isNull() {
        assertNull(LowLevel.currentTask());
        virtually(v -> {
            assertSame(Asyncio.currentTask(), LowLevel.currentTask());
            v.loop().callSoon(() -> v.log(LowLevel.currentTask()));
            sleep(ZERO);
            assertEquals(List.of("null"), v.log());
        });
    }

    @Test
    void suspend_untilItIsCompleted_givesTheValue() {
        virtually(v -> {
            Future<String> suspension = LowLevel.suspension(() -> true);
            v.loop().callLater(ofSeconds(1), () -> suspension.setResult("value"));
            assertEquals("value", LowLevel.suspend(suspension));
            assertEquals(ofSeconds(1), v.elapsed());
        });
    }

    @Test
    void cancel_thatTheHookAllows_isThrownAtTheSuspension() {
        virtually(v -> {
            var task = createTask(() -> LowLevel.suspend(LowLevel.suspension(() -> {
                v.log("hook");
                return true;
            })));
            sleep(ZERO);
            task.cancel("why");
            assertEquals(List.of("hook"), v.log());
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
        });
    }

    @Test
    void cancel_thatTheHookRefuses_isDeliveredWhenTheOperationEnds() {
        virtually(v -> {
            Future<String> suspension = LowLevel.suspension(() -> false);
            var task = createTask(() -> {
                try {
                    LowLevel.suspend(suspension);
                } catch (CancelledError e) {
                    v.log("cancelled at " + v.elapsed().toSeconds() + ": " + e.getMessage());
                    throw e;
                }
            });
            sleep(ZERO);
            task.cancel("why");
            assertFalse(suspension.done());
            sleep(ofSeconds(1));
            assertFalse(task.done());
            suspension.setResult("value");
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(List.of("cancelled at 1: why"), v.log());
        });
    }

    @Test
    void closing_undisturbed_runsTheBody() {
        virtually(v -> {
            LowLevel.closing(() -> {
                sleep(ofSeconds(1));
                v.log("closed");
            });
            assertEquals(List.of("closed"), v.log());
            sleep(ZERO);
        });
    }

    @Test
    void closing_thatFails_throwsAsItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class,
                            () -> LowLevel.closing(() -> {
                                throw failure;
                            })));
        });
    }

    @Test
    void closing_cancelled_leavesTheCancellationToTheNextAwait() {
        virtually(v -> {
            var task = createTask(() -> {
                try (AutoCloseable _ = () -> LowLevel.closing(() -> sleep(ofSeconds(50)))) {
                    v.log("body");
                }
                v.log("after close, cancelling " + Asyncio.currentTask().cancelling());
                sleep(ZERO);
                v.log("never");
            });
            sleep(ofSeconds(1));
            task.cancel("why");
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("body", "after close, cancelling 1"), v.log());
        });
    }

    @Test
    void closing_cancelledUnderAFailingBody_losesNeither() {
        virtually(v -> {
            var task = createTask(() -> {
                try (AutoCloseable _ = () -> LowLevel.closing(() -> sleep(ofSeconds(50)))) {
                    throw new IOException("body");
                } catch (IOException e) {
                    v.log(e.getMessage() + " with " + e.getSuppressed().length + " suppressed");
                }
                sleep(ofSeconds(50));
            });
            sleep(ofSeconds(1));
            task.cancel("why");
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(List.of("body with 0 suppressed"), v.log());
            assertEquals(ofSeconds(1), v.elapsed());
        });
    }
}
