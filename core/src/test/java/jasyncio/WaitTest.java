package jasyncio;

import static jasyncio.Asyncio.FIRST_COMPLETED;
import static jasyncio.Asyncio.FIRST_EXCEPTION;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.waitFor;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@code wait} and {@code waitFor}. */
class WaitTest {

    private static Task<String> after(int seconds, String value) {
        return createTask(value, () -> {
            sleep(ofSeconds(seconds));
            return value;
        });
    }

    private static Task<String> failAfter(int seconds) {
        return createTask("failing", () -> {
            sleep(ofSeconds(seconds));
            throw new IOException("broken");
        });
    }

    @Test
    void wait_forAll_returnsThemAllInTheirOrder() {
        virtually(v -> {
            var tasks = List.of(after(2, "a"), after(1, "b"));
            var result = Asyncio.wait(tasks);
            assertEquals(tasks, List.copyOf(result.done()));
            assertEquals(Set.of(), result.pending());
            assertEquals(ofSeconds(2), v.elapsed());
        });
    }

    @Test
    void wait_withATimeout_returnsWhatIsDoneAndCancelsNothing() {
        virtually(v -> {
            var quick = after(1, "quick");
            var slow = after(10, "slow");
            var result = Asyncio.wait(List.of(quick, slow), ofSeconds(3));
            assertEquals(Set.of(quick), result.done());
            assertEquals(Set.of(slow), result.pending());
            assertEquals(ofSeconds(3), v.elapsed());
            assertEquals("slow", await(slow));
        });
    }

    @Test
    void wait_firstCompleted_returnsAtTheFirst() {
        virtually(v -> {
            var quick = after(1, "quick");
            var slow = after(2, "slow");
            var result = Asyncio.wait(List.of(slow, quick), FIRST_COMPLETED);
            assertEquals(Set.of(quick), result.done());
            assertEquals(Set.of(slow), result.pending());
            await(slow);
        });
    }

    @Test
    void wait_firstException_passesOverSuccessAndCancellation() {
        virtually(v -> {
            var fine = after(1, "fine");
            var cancelled = after(9, "cancelled");
            var broken = failAfter(3);
            var slow = after(5, "slow");
            cancelled.cancel();
            var result = Asyncio.wait(List.of(fine, cancelled, broken, slow), FIRST_EXCEPTION, ofSeconds(100));
            assertEquals(Set.of(fine, cancelled, broken), result.done());
            assertEquals(Set.of(slow), result.pending());
            assertEquals(ofSeconds(3), v.elapsed());
            assertInstanceOf(IOException.class, broken.exception());
            await(slow);
        });
    }

    @Test
    void wait_whenAFutureFails_doesNotThrow() {
        virtually(v -> {
            var broken = failAfter(1);
            assertEquals(Set.of(broken), Asyncio.wait(List.of(broken)).done());
            assertThrows(IOException.class, broken::result);
        });
    }

    @Test
    void wait_forNothing_isRefused() {
        virtually(v -> {
            var e = assertThrows(IllegalArgumentException.class, () -> Asyncio.wait(List.<Task<?>>of()));
            assertTrue(e.getMessage().contains("takes one or more"), e.getMessage());
        });
    }

    @Test
    void wait_cancelled_leavesTheFuturesRunning() {
        virtually(v -> {
            var slow = after(5, "slow");
            var waiting = createTask(() -> Asyncio.wait(List.of(slow), ofSeconds(60)));
            sleep(ofSeconds(1));
            waiting.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            assertFalse(slow.done());
            assertEquals("slow", await(slow));
            assertEquals(-1, v.untilIdle());
        });
    }

    @Test
    void waitFor_inTime_returnsTheValueAndLeavesNoTimer() {
        virtually(v -> {
            assertEquals("value", waitFor(after(1, "value"), ofSeconds(5)));
            assertEquals(-1, v.untilIdle());
        });
    }

    @Test
    void waitFor_tooLong_cancelsAndThrows() {
        virtually(v -> {
            var slow = after(10, "slow");
            var e = assertThrows(TimeoutException.class, () -> waitFor(slow, ofSeconds(1)));
            assertInstanceOf(CancelledError.class, e.getCause());
            assertTrue(slow.cancelled());
            assertEquals(ofSeconds(1), v.elapsed());
            assertEquals(0, Asyncio.currentTask().cancelling());
        });
    }

    @Test
    void waitFor_aCoroutine_runsItInTheCallersTask() {
        virtually(v -> {
            var caller = Asyncio.currentTask();
            assertSame(caller, waitFor(Asyncio.coroutine(Asyncio::currentTask), ofSeconds(1)));
        });
    }

    @Test
    void waitFor_withoutTime_takesOnlyWhatIsDone() {
        virtually(v -> {
            var done = after(0, "done");
            await(done);
            assertEquals("done", waitFor(done, ZERO));
            var coroutine = Asyncio.coroutine(() -> v.log("body"));
            assertThrows(TimeoutException.class, () -> waitFor(coroutine, ZERO));
            var task = after(5, "slow");
            assertThrows(TimeoutException.class, () -> waitFor(task, ofSeconds(-1)));
            assertTrue(task.cancelled());
            assertEquals(List.of(), v.log());
            assertEquals(ZERO, v.elapsed());
        });
    }

    @Test
    void waitFor_aStubbornTask_waitsForItsEnd() {
        virtually(v -> {
            var stubborn = createTask(() -> {
                try {
                    sleep(ofSeconds(10));
                } catch (CancelledError _) {
                    sleep(ofSeconds(3));
                }
                return "late";
            });
            assertEquals("late", waitFor(stubborn, ofSeconds(1)));
            assertEquals(ofSeconds(4), v.elapsed());
        });
    }

    @Test
    void waitFor_whenCancelledFromOutside_isNoTimeout() {
        virtually(v -> {
            var slow = after(10, "slow");
            var waiting = createTask(() -> waitFor(slow, ofSeconds(5)));
            sleep(ofSeconds(1));
            waiting.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            assertTrue(slow.cancelled());
        });
    }
}
