package jasyncio;

import static jasyncio.Asyncio.asCompleted;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AsCompletedTest {

    private static Task<String> after(int seconds, String value) {
        return createTask(value, () -> {
            sleep(ofSeconds(seconds));
            return value;
        });
    }

    @Test
    void iteration_givesTheOriginalsInTheOrderTheyEnd() {
        virtually(v -> {
            var tasks = List.of(after(3, "c"), after(1, "a"), after(2, "b"));
            for (Task<String> task : asCompleted(tasks)) {
                assertTrue(task.done());
                assertTrue(tasks.contains(task));
                v.log(v.elapsed().toSeconds() + await(task));
            }
            assertEquals(List.of("1a", "2b", "3c"), v.log());
        });
    }

    @Test
    void failedAndCancelledOnes_areGivenToo() {
        virtually(v -> {
            Task<String> broken = createTask("broken", () -> {
                throw new IOException("broken");
            });
            var cancelled = after(1, "cancelled");
            cancelled.cancel();
            for (var task : asCompleted(List.of(broken, cancelled, after(2, "fine")))) {
                v.log(task.name() + " " + task.state());
            }
            assertThrows(IOException.class, broken::result);
            assertEquals(List.of("broken FINISHED", "cancelled CANCELLED", "fine FINISHED"), v.log());
        });
    }

    @Test
    void timeout_throwsFromTheIterationAndLeavesTheRestRunning() {
        virtually(v -> {
            var quick = after(1, "quick");
            var slow = after(10, "slow");
            var e = assertThrows(TimeoutException.class, () -> {
                for (var task : asCompleted(List.of(slow, quick), ofSeconds(4))) {
                    v.log(await(task));
                }
            });
            assertEquals("Timed out before all futures were done", e.getMessage());
            assertEquals(List.of("quick"), v.log());
            assertEquals(ofSeconds(4), v.elapsed());
            assertFalse(slow.done());
            await(slow);
        });
    }

    @Test
    void timeout_notReached_leavesNoTimer() {
        virtually(v -> {
            for (var task : asCompleted(List.of(after(1, "a")), ofSeconds(50))) {
                v.log(await(task));
            }
            assertEquals(-1, v.untilIdle());
        });
    }

    @Test
    void nothing_givesNothing() {
        virtually(v -> {
            var iterator = asCompleted(List.<Task<?>>of(), ofSeconds(1)).iterator();
            assertFalse(iterator.hasNext());
            assertThrows(NoSuchElementException.class, iterator::next);
            assertThrows(
                    StopAsyncIteration.class, asCompleted(List.<Task<?>>of()).aiter()::anext);
        });
    }

    @Test
    void cancelledWhileIterating_leavesTheFuturesRunning() {
        virtually(v -> {
            var slow = after(5, "slow");
            var iterating = createTask(() -> {
                for (var task : asCompleted(List.of(slow))) {
                    v.log(await(task));
                }
            });
            sleep(ofSeconds(1));
            iterating.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(iterating)).getMessage());
            assertEquals("slow", await(slow));
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void sameFutureTwice_isGivenOnce() {
        virtually(v -> {
            var task = after(1, "a");
            for (var done : asCompleted(List.of(task, task))) {
                v.log(await(done));
            }
            assertEquals(List.of("a"), v.log());
        });
    }
}
