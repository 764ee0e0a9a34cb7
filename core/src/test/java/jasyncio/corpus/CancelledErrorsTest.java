package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The error that a cancelled task ends with: its message and its trace, for whoever asks. */
class CancelledErrorsTest {

    private static void pause() {
        sleep(ofSeconds(10));
    }

    private static Task<Void> cancelledWhilePausing(@Nullable String message) {
        var task = createTask("child", CancelledErrorsTest::pause);
        sleep(ZERO);
        task.cancel(message);
        return task;
    }

    private static @Nullable String messageOf(Task<?> task) {
        return assertThrows(CancelledError.class, () -> await(task)).getMessage();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "my message")
    void result_ofACancelledTask_throwsItsMessage(@Nullable String message) {
        virtually(v -> {
            var asking = createTask(() -> {
                var task = cancelledWhilePausing(message);
                Asyncio.wait(List.of(task));
                return task.result();
            });
            assertEquals(message, messageOf(asking));
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "my message")
    void exception_ofACancelledTask_throwsItsMessage(@Nullable String message) {
        virtually(v -> {
            var asking = createTask(() -> {
                var task = cancelledWhilePausing(message);
                Asyncio.wait(List.of(task));
                return task.exception();
            });
            assertEquals(message, messageOf(asking));
        });
    }

    @Test
    void exception_ofATaskCancelledBeforeItsStart_throwsItsMessage() {
        virtually(v -> {
            var asking = createTask(() -> {
                var task = createTask(CancelledErrorsTest::pause);
                task.cancel("my message");
                Asyncio.wait(List.of(task));
                return task.exception();
            });
            assertEquals("my message", messageOf(asking));
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "my message")
    void cancel_ofATaskThatGathersOutcomes_isThrownThereWithItsMessage(@Nullable String message) {
        virtually(v -> {
            var task = createTask(() -> {
                while (true) {
                    await(gatherOutcomes(() -> {
                        sleep(ofMillis(50));
                        return 1;
                    }));
                    v.log("round");
                }
            });
            sleep(ofMillis(220));
            task.cancel(message);
            assertEquals(message, messageOf(task));
            assertEquals(4, v.log().size());
            assertEquals(ofMillis(220), v.elapsed());
        });
    }

    @Test
    void failureThatACancelledChildCaused_keepsItAsItsCause() {
        virtually(v -> {
            Future<Void> started = v.future();
            var child = createTask(() -> {
                started.setResult(null);
                pause();
            });
            Task<Void> parent = createTask(() -> {
                await(started);
                v.loop().callSoon(() -> child.cancel("msg"));
                try {
                    await(child);
                } catch (CancelledError e) {
                    throw new IllegalStateException("cancelled", e);
                }
            });
            var failure = assertThrows(IllegalStateException.class, () -> await(parent));
            assertEquals("cancelled", failure.getMessage());
            assertEquals("msg", failure.getCause().getMessage());
            assertSame(CancelledError.class, failure.getCause().getClass());
        });
    }

    @Test
    void trace_ofACancellationThatIsAwaited_showsBothPlaces() {
        virtually(v -> {
            var task = createTask(() -> awaitHere(cancelledWhilePausing(null)));
            var methods = methodsOf(assertThrows(CancelledError.class, () -> await(task)));
            assertTrue(methods.contains("pause"), methods.toString());
            assertTrue(methods.indexOf("awaitHere") > methods.indexOf("pause"), methods.toString());
        });
    }

    private static void awaitHere(Task<Void> task) {
        await(task);
    }

    @Test
    void trace_ofACancellationThatIsAskedFor_showsBothPlaces() {
        virtually(v -> {
            var task = createTask(() -> {
                var child = cancelledWhilePausing(null);
                Asyncio.wait(List.of(child));
                askHere(child);
            });
            var methods = methodsOf(assertThrows(CancelledError.class, () -> await(task)));
            assertTrue(methods.contains("pause"), methods.toString());
            assertTrue(methods.indexOf("askHere") > methods.indexOf("pause"), methods.toString());
        });
    }

    private static void askHere(Task<Void> task) {
        var _ = task.exception();
    }

    private static List<String> methodsOf(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }
}
