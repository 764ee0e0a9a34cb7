package jasyncio.corpus;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.ExceptionGroup;
import jasyncio.Task;
import jasyncio.Timeout;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Timeouts that meet other timeouts, failures and cancellations. */
class TimeoutConflictsTest {

    private static TimeoutException cancelledBy(Throwable timeout) {
        var e = assertInstanceOf(TimeoutException.class, timeout);
        assertInstanceOf(CancelledError.class, e.getCause());
        return e;
    }

    @Test
    void nested_withOneDeadline_expireBothAndTheOuterThrows() {
        virtually(v -> {
            var outer = Timeout.at(Instant.EPOCH.plusSeconds(1));
            var inner = Timeout.at(Instant.EPOCH.plusSeconds(1));
            assertThrows(
                    TimeoutException.class,
                    () -> outer.run(() -> {
                        try {
                            inner.run(() -> sleep(ofSeconds(10)));
                        } catch (CancelledError e) {
                            v.log("cancelled");
                            throw e;
                        }
                    }));
            assertEquals(List.of("cancelled"), v.log());
            assertTrue(outer.expired());
            assertTrue(inner.expired());
        });
    }

    @Test
    void nested_whenTheBodyComputesPastTheOuter_onlyTheOuterExpires() {
        virtually(v -> {
            var outer = Timeout.after(ofMillis(2));
            var inner = Timeout.after(ofMillis(100));
            assertThrows(
                    TimeoutException.class,
                    () -> outer.run(() -> inner.run(() -> {
                        v.time().advance(ofMillis(10));
                        sleep(ofSeconds(1));
                    })));
            assertTrue(outer.expired());
            assertFalse(inner.expired());
            assertEquals(ofMillis(10), v.elapsed());
        });
    }

    @Test
    void nested_whenTheBodyComputesPastBoth_eachEndsItsOwnBody() {
        virtually(v -> {
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(ofMillis(100), () -> {
                        assertThrows(
                                TimeoutException.class,
                                () -> timeout(ofMillis(10), () -> {
                                    v.time().advance(ofMillis(99));
                                    sleep(ofSeconds(1));
                                }));
                        sleep(ofSeconds(10));
                    }));
            assertEquals(ofMillis(100), v.elapsed());
        });
    }

    @Test
    void cancellationByTheBodyItself_beforeTheLimit_passesThrough() {
        virtually(v -> {
            var limit = Timeout.after(ofSeconds(10));
            Task<Void> task = createTask(() -> limit.run(() -> {
                currentTask().cancel();
                sleep(ofSeconds(10));
            }));
            assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertFalse(limit.expired());
            assertEquals(ZERO, v.elapsed());
        });
    }

    @Test
    void cancellation_inCleanupAfterAnEarlierOne_passesThrough() {
        virtually(v -> {
            Task<Void> task = createTask(() -> {
                currentTask().cancel();
                assertThrows(CancelledError.class, () -> sleep(ofSeconds(1)));
                assertThrows(
                        CancelledError.class,
                        () -> timeout(ofSeconds(1), () -> {
                            currentTask().cancel();
                            sleep(ofSeconds(2));
                        }));
                v.log("cancelled again");
            });
            Asyncio.await(task);
            assertEquals(List.of("cancelled again"), v.log());
            assertEquals(2, task.cancelling());
        });
    }

    @Test
    void timeout_inTheCleanupOfATimeout_hasACancellationOfItsOwn() {
        virtually(v -> {
            var inner = new TimeoutException[1];
            var outer = cancelledBy(assertThrows(
                    TimeoutException.class,
                    () -> timeout(ofMillis(10), () -> {
                        try {
                            sleep(ofSeconds(1));
                        } finally {
                            inner[0] = cancelledBy(assertThrows(
                                    TimeoutException.class, () -> timeout(ofMillis(10), () -> sleep(ofSeconds(10)))));
                        }
                    })));
            assertNotSame(inner[0].getCause(), outer.getCause());
            assertEquals(ofMillis(20), v.elapsed());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void failures_ofCleanupInCleanup_endWithTheLastAndKeepTheTimeout() {
        virtually(v -> {
            var last = new IOException("last");
            var e = assertThrows(
                    IOException.class,
                    () -> timeout(ofMillis(10), () -> {
                        try {
                            sleep(ofSeconds(1));
                        } finally {
                            failTwice(last);
                        }
                    }));
            assertSame(last, e);
            assertInstanceOf(TimeoutException.class, e.getSuppressed()[0]);
        });
    }

    private static void failTwice(IOException last) throws IOException {
        try {
            throw new IllegalStateException("first");
        } catch (IllegalStateException _) {
            throw last;
        }
    }

    @Test
    void groupWhoseTaskFailsInCleanup_winsOverTheTimeout() {
        virtually(v -> {
            var failure = new IOException("cleanup");
            var limit = Timeout.after(ofMillis(10));
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> limit.run(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            try {
                                sleep(ofSeconds(2));
                            } finally {
                                throwIt(failure);
                            }
                        });
                        sleep(ofSeconds(1));
                    })));
            assertEquals(List.of(failure), e.exceptions());
            assertTrue(limit.expired());
            assertInstanceOf(TimeoutException.class, e.getSuppressed()[0]);
            assertEquals(0, currentTask().cancelling());
        });
    }

    private static void throwIt(IOException failure) throws IOException {
        throw failure;
    }
}
