package jasyncio.laws;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a task waits in: a cancellation from outside leaves it as exactly one {@code CancelledError} with its message, the counts are
 * right, and nothing is left behind.
 */
class CancellationLawTest {

    /** Runs the scope in a task that logs what leaves it, up to where it waits. */
    private static Task<?> waitingIn(Scope scope, VirtualLoop v, Future<String> end) {
        Task<?> task = createTask("victim", () -> {
            try {
                scope.run(end);
                v.log("nothing was thrown");
            } catch (CancelledError e) {
                v.log("cancelled: " + e.getMessage() + ", cancelling "
                        + currentTask().cancelling());
                throw e;
            }
        });
        for (int i = 0; i < 10; i++) {
            sleep(ZERO);
        }
        assertFalse(task.done());
        return task;
    }

    @ParameterizedTest
    @EnumSource
    void cancel_whileWaiting_deliversOneErrorWithItsMessage(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            var task = waitingIn(scope, v, end);
            assertTrue(task.cancel("why"));
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("cancelled: why, cancelling 1"), v.log());
            assertTrue(task.cancelled());
            assertEquals(1, task.cancelling());
            v.assertNothingLeftBut(currentTask());
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancel_twiceWhileWaiting_deliversTheFirstOnce(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            var task = waitingIn(scope, v, end);
            task.cancel("first");
            task.uncancel();
            task.cancel("second");
            assertEquals(1, task.cancelling());
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(1, v.log().size());
            v.assertNothingLeftBut(currentTask());
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancel_thatIsSwallowedOutside_leavesTheTaskFree(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            Task<?> task = createTask(() -> {
                assertThrows(CancelledError.class, () -> scope.run(end));
                assertEquals(1, currentTask().cancelling());
                assertEquals(0, currentTask().uncancel());
                sleep(ofMinutes(1));
                return "free";
            });
            for (int i = 0; i < 10; i++) {
                sleep(ZERO);
            }
            task.cancel("why");
            assertEquals("free", await(task));
            v.assertNothingLeftBut(currentTask());
        });
    }

    @ParameterizedTest
    @EnumSource
    void timeout_aroundIt_endsInTimeoutException(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            assertThrows(TimeoutException.class, () -> timeout(ofMinutes(1), () -> scope.run(end)));
            assertEquals(0, currentTask().cancelling());
            v.assertNothingLeftBut(currentTask());
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancel_beforeItBegins_isDeliveredInsideIt(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            Task<?> task = createTask(() -> {
                currentTask().cancel("early");
                try {
                    scope.run(end);
                } catch (CancelledError e) {
                    v.log(e.getMessage());
                    throw e;
                }
            });
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(List.of("early"), v.log());
            v.assertNothingLeftBut(currentTask());
        });
    }
}
