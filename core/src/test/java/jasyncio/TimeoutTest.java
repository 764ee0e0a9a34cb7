package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.timeoutAt;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeoutTest {

    @Test
    void body_inTime_givesItsValueAndLeavesNoTimer() {
        virtually(v -> {
            assertEquals("value", timeout(ofSeconds(5), () -> {
                sleep(ofSeconds(1));
                return "value";
            }));
            assertEquals(-1, v.untilIdle());
        });
    }

    @Test
    void body_tooLong_endsInTimeoutException() {
        virtually(v -> {
            var e = assertThrows(TimeoutException.class, () -> timeout(ofSeconds(2), () -> sleep(ofSeconds(10))));
            assertEquals("Timed out", e.getMessage());
            assertInstanceOf(CancelledError.class, e.getCause());
            assertEquals(ofSeconds(2), v.elapsed());
            assertEquals(0, currentTask().cancelling());
            sleep(ofSeconds(1)); // nothing is left to be delivered
        });
    }

    @Test
    void timeoutAt_aMoment_expiresThen() {
        virtually(v -> {
            sleep(ofSeconds(1));
            assertThrows(
                    TimeoutException.class, () -> timeoutAt(Instant.EPOCH.plusSeconds(3), () -> sleep(ofSeconds(10))));
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void limitOfZeroOrLess_letsTheBodyRunToItsFirstSuspension() {
        virtually(v -> {
            for (var limit : List.of(ZERO, ofSeconds(-1))) {
                assertThrows(
                        TimeoutException.class,
                        () -> timeout(limit, () -> {
                            v.log("began");
                            sleep(ofSeconds(1));
                            v.log("never");
                        }));
            }
            assertEquals("immediate", timeout(ZERO, () -> "immediate"));
            assertEquals(List.of("began", "began"), v.log());
        });
    }

    @Test
    void limitOfZero_expiresBeforeAYieldIsOver() {
        virtually(v -> {
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(ZERO, () -> {
                        sleep(ZERO);
                        v.log("never");
                    }));
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void expiry_inATaskThatOutlivedACancellation_isATimeout() {
        virtually(v -> {
            var task = createTask(() -> {
                assertThrows(CancelledError.class, () -> sleep(ofSeconds(50)));
                assertThrows(TimeoutException.class, () -> timeout(ofSeconds(1), () -> sleep(ofSeconds(50))));
                return currentTask().cancelling();
            });
            sleep(ZERO);
            task.cancel();
            assertEquals(1, await(task));
        });
    }

    @Test
    void bodysOwnException_passesThroughAsItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            assertSame(failure, assertThrows(IOException.class, () -> timeout(ofSeconds(1), () -> fail(failure))));
            var own = new TimeoutException("own");
            assertSame(own, assertThrows(TimeoutException.class, () -> timeout(ofSeconds(1), () -> fail(own))));
        });
    }

    private static <X extends Exception> String fail(X failure) throws X {
        throw failure;
    }

    @Test
    void exceptionInCleanup_winsAndKeepsTheTimeoutAsSuppressed() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(1));
            var e = assertThrows(
                    IOException.class,
                    () -> limit.run(() -> {
                        try {
                            sleep(ofSeconds(10));
                        } catch (CancelledError _) {
                            throw new IOException("cleanup");
                        }
                    }));
            assertInstanceOf(TimeoutException.class, e.getSuppressed()[0]);
            assertTrue(limit.expired());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void bodyThatSwallowsTheCancellation_givesItsValue() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(1));
            assertEquals("late", limit.run(() -> {
                try {
                    sleep(ofSeconds(10));
                } catch (CancelledError _) {
                    sleep(ofSeconds(2));
                }
                return "late";
            }));
            assertTrue(limit.expired());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void cancellationFromOutside_passesThrough() {
        virtually(v -> {
            var task = createTask(() -> timeout(ofSeconds(5), () -> sleep(ofSeconds(10))));
            sleep(ofSeconds(1));
            task.cancel("why");
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(1, task.cancelling());
            assertEquals(-1, v.untilIdle());
        });
    }

    @Test
    void cancellationFromOutsideInTheMomentOfExpiry_wins() {
        virtually(v -> {
            var task = createTask(() -> timeout(ofSeconds(1), () -> sleep(ofSeconds(10))));
            v.loop().callLater(ofSeconds(1), () -> v.loop().callSoon(() -> task.cancel("why")));
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(1, task.cancelling());
        });
    }

    @Test
    void nested_outerExpires_onlyTheOuterOneConverts() {
        virtually(v -> {
            var inner = new Timeout[1];
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(ofSeconds(1), () -> {
                        inner[0] = Timeout.after(ofSeconds(5));
                        assertThrows(CancelledError.class, () -> inner[0].run(() -> sleep(ofSeconds(10))));
                        throw new CancelledError();
                    }));
            assertFalse(inner[0].expired());
        });
    }

    @Test
    void nested_sameDeadline_onlyTheOuterOneConverts() {
        virtually(v -> {
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(ofSeconds(1), () -> {
                        try {
                            timeout(ofSeconds(1), () -> sleep(ofSeconds(10)));
                        } catch (CancelledError e) {
                            v.log("inner passes it on, " + currentTask().cancelling() + " left");
                            throw e;
                        }
                    }));
            assertEquals(List.of("inner passes it on, 1 left"), v.log());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void reschedule_whileItRuns_movesTheLimit() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(2));
            assertEquals(Optional.of(Instant.EPOCH.plusSeconds(2)), limit.when());
            assertThrows(
                    TimeoutException.class,
                    () -> limit.run(() -> {
                        sleep(ofSeconds(1));
                        limit.reschedule(ofSeconds(3));
                        assertEquals(Optional.of(Instant.EPOCH.plusSeconds(4)), limit.when());
                        sleep(ofSeconds(2));
                        limit.reschedule(Instant.EPOCH.plusSeconds(7));
                        sleep(ofSeconds(10));
                    }));
            assertEquals(ofSeconds(7), v.elapsed());
            assertTrue(limit.expired());
        });
    }

    @Test
    void disarm_andNever_takeTheLimitAway() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(2));
            limit.run(() -> {
                limit.disarm();
                assertEquals(Optional.empty(), limit.when());
                sleep(ofSeconds(10));
            });
            assertFalse(limit.expired());
            var never = Timeout.never();
            assertEquals(Optional.empty(), never.when());
            assertThrows(
                    TimeoutException.class,
                    () -> never.run(() -> {
                        sleep(ofSeconds(10));
                        never.reschedule(ofSeconds(1));
                        sleep(ofSeconds(10));
                    }));
            assertEquals(ofSeconds(21), v.elapsed());
        });
    }

    @Test
    void wrongState_isNamed() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(2));
            var early = assertThrows(IllegalStateException.class, () -> limit.reschedule(ofSeconds(1)));
            assertEquals("Timeout has not been entered: <Timeout [not entered]>", early.getMessage());
            limit.run(() -> {});
            var late = assertThrows(IllegalStateException.class, limit::disarm);
            assertEquals(
                    "Cannot change the time of a timeout that is finished: <Timeout [finished]>", late.getMessage());
            var twice = assertThrows(IllegalStateException.class, () -> limit.run(() -> {}));
            assertTrue(twice.getMessage().endsWith("; create one for each body"), twice.getMessage());
        });
    }

    @Test
    void timePassingWithoutAnAwait_isNoTimeout() {
        virtually(v -> assertEquals("computed", timeout(ofSeconds(1), () -> {
            v.time().advance(ofSeconds(5));
            return "computed";
        })));
    }
}
