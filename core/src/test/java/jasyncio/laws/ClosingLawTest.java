package jasyncio.laws;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.Task;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a {@code close()} awaits: it never throws {@code CancelledError}, and the cancellation is not lost. */
class ClosingLawTest {

    private record Resource(Scope scope, Future<String> end) implements AutoCloseable {
        @Override
        public void close() {
            try {
                LowLevel.closing(() -> scope.run(end));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_cancelledWhileItAwaits_leavesTheCancellationToTheNextAwait(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            Task<?> task = createTask(() -> {
                try (var resource = new Resource(scope, end)) {
                    assertEquals(scope, resource.scope());
                }
                v.log("closed, cancelling " + currentTask().cancelling());
                sleep(ZERO);
                v.log("never");
            });
            cancelWhenItWaits(task);
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("closed, cancelling 1"), v.log());
            v.assertNothingLeftBut(currentTask());
        });
    }

    @ParameterizedTest
    @EnumSource
    void close_cancelledUnderAFailingBody_losesNeitherFailureNorCancellation(Scope scope) {
        virtually(v -> {
            Future<String> end = v.future();
            Task<?> task = createTask(() -> {
                try (var resource = new Resource(scope, end)) {
                    throw new IOException("body of " + resource.scope());
                } catch (IOException e) {
                    assertEquals("body of " + scope, e.getMessage());
                    assertEquals(0, e.getSuppressed().length);
                }
                sleep(ZERO);
                v.log("never");
            });
            cancelWhenItWaits(task);
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(List.of(), v.log());
            v.assertNothingLeftBut(currentTask());
        });
    }

    private static void cancelWhenItWaits(Task<?> task) {
        for (int i = 0; i < 10; i++) {
            sleep(ZERO);
        }
        task.cancel("why");
    }
}
