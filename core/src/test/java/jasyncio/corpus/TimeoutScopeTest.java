package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.Timeout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a timeout says of itself, and when it may be used. */
class TimeoutScopeTest {

    private static Optional<Instant> at(Duration sinceEpoch) {
        return Optional.of(Instant.EPOCH.plus(sinceEpoch));
    }

    private static void expire(Timeout limit) {
        assertThrows(TimeoutException.class, () -> limit.run(() -> sleep(ofSeconds(100))));
        assertTrue(limit.expired());
    }

    @Test
    void when_afterItExpired_isStillItsMoment() {
        virtually(v -> {
            sleep(ofSeconds(1));
            var limit = Timeout.at(Instant.EPOCH.plusSeconds(3));
            expire(limit);
            assertEquals(at(ofSeconds(3)), limit.when());
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void when_ofOneThatWasNotReached_isLaterThanTheEnd() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(10));
            limit.run(() -> sleep(ofSeconds(1)));
            assertFalse(limit.expired());
            assertEquals(at(ofSeconds(10)), limit.when());
            assertEquals(ofSeconds(1), v.elapsed());
        });
    }

    @Test
    void never_hasNoMomentAndDoesNotExpire() {
        virtually(v -> {
            var limit = Timeout.never();
            limit.run(() -> sleep(ofSeconds(1000)));
            assertFalse(limit.expired());
            assertEquals(Optional.empty(), limit.when());
        });
    }

    @Test
    void zero_expiresInTheMomentOfItsEntry() {
        virtually(v -> {
            sleep(ofSeconds(1));
            for (var length : List.of(ZERO, ofSeconds(10))) {
                var limit = Timeout.after(ZERO);
                assertThrows(TimeoutException.class, () -> limit.run(() -> sleep(length)));
                assertTrue(limit.expired());
                assertEquals(at(ofSeconds(1)), limit.when());
            }
            assertEquals(ofSeconds(1), v.elapsed());
        });
    }

    @Test
    void negative_expiresBeforeAYieldAndKeepsItsMoment() {
        virtually(v -> {
            sleep(ofSeconds(20));
            var limit = Timeout.after(ofSeconds(-11));
            assertThrows(TimeoutException.class, () -> limit.run(() -> sleep(ZERO)));
            assertTrue(limit.expired());
            assertEquals(at(ofSeconds(9)), limit.when());
            assertEquals(ofSeconds(20), v.elapsed());
        });
    }

    @Test
    void task_thatHandledItsTimeout_isDoneAndNotCancelled() {
        virtually(v -> {
            Task<Void> task = createTask(() -> {
                assertThrows(TimeoutException.class, () -> timeout(ofMillis(1), () -> sleep(ofSeconds(10))));
            });
            await(task);
            assertTrue(task.done());
            assertFalse(task.cancelled());
        });
    }

    @Test
    void reschedule_byAnotherTask_movesTheMoment() {
        virtually(v -> {
            Future<Timeout> entered = v.future();
            Task<Void> task = createTask(() -> {
                var limit = Timeout.at(Instant.EPOCH.plusSeconds(10));
                limit.run(() -> {
                    entered.setResult(limit);
                    sleep(ofSeconds(50));
                });
            });
            Timeout limit = await(entered);
            assertEquals(at(ofSeconds(10)), limit.when());
            limit.reschedule(Instant.EPOCH.plusSeconds(30));
            assertEquals(at(ofSeconds(30)), limit.when());
            limit.disarm();
            assertEquals(Optional.empty(), limit.when());
            sleep(ofSeconds(40));
            assertFalse(task.done());
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertFalse(limit.expired());
        });
    }

    @Test
    void toString_tellsWhereItStands() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(5));
            limit.run(() -> assertEquals("<Timeout [active] when=1970-01-01T00:00:05Z>", limit.toString()));
            assertEquals("<Timeout [finished]>", limit.toString());
            var never = Timeout.never();
            never.run(() -> assertEquals("<Timeout [active] when=never>", never.toString()));
            var expired = Timeout.after(ZERO);
            expire(expired);
            assertEquals("<Timeout [expired]>", expired.toString());
        });
    }

    @Test
    void run_insideItself_isRefused() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(5));
            limit.run(() -> {
                var e = assertThrows(IllegalStateException.class, () -> limit.run(() -> v.log("never")));
                assertTrue(e.getMessage().startsWith("Timeout has already been entered"), e.getMessage());
            });
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void reschedule_afterExpiry_isRefusedWithTheState() {
        virtually(v -> {
            var limit = Timeout.after(ofMillis(10));
            expire(limit);
            var e = assertThrows(IllegalStateException.class, () -> limit.reschedule(ofSeconds(1)));
            assertEquals("Cannot change the time of a timeout that is expired: <Timeout [expired]>", e.getMessage());
        });
    }

    @Test
    void reschedule_whileItExpires_isRefusedWithTheState() {
        virtually(v -> {
            var limit = Timeout.after(ofMillis(10));
            limit.run(() -> {
                assertThrows(CancelledError.class, () -> sleep(ofSeconds(1)));
                var e = assertThrows(IllegalStateException.class, () -> limit.reschedule(ofSeconds(1)));
                assertEquals(
                        "Cannot change the time of a timeout that is expiring: <Timeout [expiring]>", e.getMessage());
            });
            assertTrue(limit.expired());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void run_inACallback_isRefusedAndLeavesItUnentered() {
        virtually(v -> {
            var limit = Timeout.after(ofMillis(10));
            Future<Throwable> refusal = v.future();
            v.loop()
                    .callSoon(() -> refusal.setResult(
                            assertThrows(IllegalStateException.class, () -> limit.run(() -> v.log("never")))));
            assertTrue(await(refusal).getMessage().contains("is no task"));
            assertEquals(List.of(), v.log());
            var e = assertThrows(IllegalStateException.class, () -> limit.reschedule(ofSeconds(1)));
            assertTrue(e.getMessage().startsWith("Timeout has not been entered"), e.getMessage());
        });
    }
}
