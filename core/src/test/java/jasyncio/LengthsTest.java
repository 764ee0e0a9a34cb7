package jasyncio;

import static jasyncio.Asyncio.asCompleted;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Lengths of time that no clock can count: they mean for ever, or not at all. */
class LengthsTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration NOT_AT_ALL = FOREVER.negated();
    private static final Duration SMALLEST = ofSeconds(Long.MIN_VALUE);

    private static Task<String> soon() {
        return createTask(() -> {
            sleep(ofSeconds(1));
            return "soon";
        });
    }

    @Test
    void forever_doesNotEnd() {
        virtually(v -> {
            assertEquals("soon", timeout(FOREVER, () -> await(soon())));
            assertEquals(1, Asyncio.wait(List.of(soon()), FOREVER).done().size());
            for (Task<String> task : asCompleted(List.of(soon()), FOREVER)) {
                assertEquals("soon", await(task));
            }
            assertEquals("soon", Asyncio.waitFor(soon(), FOREVER));
            var limit = Timeout.after(ofSeconds(1));
            limit.run(() -> {
                limit.reschedule(FOREVER);
                sleep(ofSeconds(5));
            });
            v.loop().callLater(FOREVER, () -> v.log("never")).cancel();
            assertEquals(ofSeconds(9), v.elapsed());
        });
    }

    @Test
    void lessThanNothing_isOverAtOnce() {
        for (Duration length : List.of(NOT_AT_ALL, SMALLEST)) {
            virtually(v -> {
                var late = soon();
                assertThrows(TimeoutException.class, () -> timeout(length, () -> sleep(ofSeconds(1))));
                assertTrue(Asyncio.wait(List.of(late), length).done().isEmpty());
                assertThrows(
                        TimeoutException.class,
                        () -> asCompleted(List.of(late), length).iterator().next());
                assertThrows(
                        TimeoutException.class, () -> Asyncio.waitFor(createTask(() -> sleep(ofSeconds(1))), length));
                var limit = Timeout.after(ofSeconds(100));
                assertThrows(
                        TimeoutException.class,
                        () -> limit.run(() -> {
                            limit.reschedule(length);
                            sleep(ofSeconds(1));
                        }));
                v.loop().callLater(length, () -> v.log("at once"));
                sleep(length);
                sleep(ZERO);
                assertEquals(List.of("at once"), v.log());
                assertEquals(ZERO, v.elapsed());
                await(late);
            });
        }
    }
}
