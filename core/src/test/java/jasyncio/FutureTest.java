package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FutureTest {

    @Test
    void setResult_whenPending_completesIt() {
        virtually(v -> {
            Future<String> future = v.future();
            assertFalse(future.done());
            future.setResult("value");
            assertTrue(future.done());
            assertFalse(future.cancelled());
            assertEquals("value", future.result());
            assertNull(future.exception());
            assertEquals(new Outcome.Success<>("value"), future.outcome());
        });
    }

    @Test
    void setResult_withNull_isAResultLikeAnyOther() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult(null);
            assertTrue(future.done());
            assertNull(await(future));
            assertNull(future.exception());
        });
    }

    @Test
    void resultExceptionOutcome_whenPending_areRefused() {
        virtually(v -> {
            Future<String> future = v.future();
            for (var read : List.<Runnable>of(future::result, future::exception, future::outcome)) {
                var e = assertThrows(InvalidStateException.class, read::run);
                assertTrue(e.getMessage().contains("<Future pending>"), e.getMessage());
                assertTrue(e.getMessage().contains("await it, or ask done() first"), e.getMessage());
            }
        });
    }

    @Test
    void setters_whenDone_areRefusedAndChangeNothing() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult("first");
            var again = assertThrows(InvalidStateException.class, () -> future.setResult("second"));
            assertEquals("Cannot set the result of <Future finished result='first'>: it is done", again.getMessage());
            var failing = assertThrows(InvalidStateException.class, () -> future.setException(new IOException()));
            assertEquals(
                    "Cannot set the exception of <Future finished result='first'>: it is done", failing.getMessage());
            assertEquals("first", future.result());
        });
    }

    @Test
    void setException_thenResult_throwsTheVeryObject() {
        virtually(v -> {
            Future<String> future = v.future();
            var failure = new IOException("broken");
            future.setException(failure);
            assertSame(failure, future.exception());
            assertSame(failure, assertThrows(IOException.class, future::result));
            assertSame(failure, assertThrows(IOException.class, () -> await(future)));
            assertEquals(new Outcome.Failure<>(failure), future.outcome());
            assertFalse(future.cancelled());
        });
    }

    @Test
    void setException_ofCancelledError_failsWithoutCancelling() {
        virtually(v -> {
            Future<String> future = v.future();
            var error = new CancelledError("as a failure");
            future.setException(error);
            assertFalse(future.cancelled());
            assertSame(error, future.exception());
        });
    }

    @Test
    void cancel_whenPending_cancelsOnce() {
        virtually(v -> {
            Future<String> future = v.future();
            assertTrue(future.cancel("enough"));
            assertFalse(future.cancel("again"));
            assertTrue(future.cancelled());
            assertTrue(future.done());
            for (var read : List.<Runnable>of(future::result, future::exception)) {
                assertEquals(
                        "enough", assertThrows(CancelledError.class, read::run).getMessage());
            }
            var outcome = assertInstanceOf(Outcome.Failure.class, future.outcome());
            assertInstanceOf(CancelledError.class, outcome.exception());
        });
    }

    @Test
    void cancel_whenDone_returnsFalseAndKeepsTheResult() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult("value");
            assertFalse(future.cancel());
            assertEquals("value", future.result());
        });
    }

    @Test
    void doneCallbacks_whenCompleted_runLaterInOrderOfRegistration() {
        virtually(v -> {
            Future<String> future = v.future();
            future.addDoneCallback(f -> v.log("first " + f.result()));
            future.addDoneCallback(f -> v.log("second " + f.result()));
            future.addDoneCallback(f -> v.log("third " + (f == future)));
            future.setResult("value");
            assertEquals(List.of(), v.log());
            sleep(ZERO);
            assertEquals(List.of("first value", "second value", "third true"), v.log());
        });
    }

    @Test
    void addDoneCallback_whenDone_runsInTheNextIteration() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult("value");
            v.loop().callSoon(() -> v.log("before"));
            future.addDoneCallback(_ -> v.log("callback"));
            v.loop().callSoon(() -> v.log("after"));
            assertEquals(List.of(), v.log());
            sleep(ZERO);
            assertEquals(List.of("before", "callback", "after"), v.log());
        });
    }

    @Test
    void removeDoneCallback_addedTwice_removesBothAndCountsThem() {
        virtually(v -> {
            Future<String> future = v.future();
            Consumer<Future<String>> removed = _ -> v.log("removed");
            future.addDoneCallback(removed);
            assertEquals(1, future.removeDoneCallback(removed));
            future.addDoneCallback(removed);
            future.addDoneCallback(_ -> v.log("kept"));
            future.addDoneCallback(removed);
            assertEquals(2, future.removeDoneCallback(removed));
            assertEquals(0, future.removeDoneCallback(removed));
            future.setResult("value");
            sleep(ZERO);
            assertEquals(List.of("kept"), v.log());
        });
    }

    @Test
    void doneCallback_thatThrows_isReportedAndTheOthersRun() {
        virtually(v -> {
            Future<String> future = v.future();
            var failure = new IllegalArgumentException("callback");
            future.addDoneCallback(_ -> {
                throw failure;
            });
            future.addDoneCallback(_ -> v.log("second"));
            future.setResult("value");
            sleep(ZERO);
            assertEquals(List.of("second"), v.log());
            var reported = v.takeFailures();
            assertEquals(1, reported.size());
            assertSame(failure, reported.getFirst().exception());
            assertTrue(reported.getFirst().message().startsWith("Exception in callback "), reported.toString());
        });
    }

    @Test
    void doneCallback_whereverItRuns_seesTheContextOfItsRegistration() {
        virtually(v -> {
            var user = new ContextVar<String>("user");
            Future<String> future = v.future();
            try (var _ = user.set("ada")) {
                future.addDoneCallback(_ -> v.log(user.get()));
            }
            var _ = user.set("grace");
            var chosen = Context.empty();
            future.addDoneCallback(_ -> v.log(user.orElse("none")), chosen);
            future.setResult("value");
            sleep(ZERO);
            assertEquals(List.of("ada", "none"), v.log());
        });
    }

    @Test
    void await_ofDoneFuture_doesNotYield() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult("value");
            v.ticks(1);
            await(future);
            assertEquals(List.of(), v.log());
            sleep(ZERO);
            assertEquals(List.of("tick 1"), v.log());
        });
    }

    @Test
    void await_bySeveralTasks_wakesThemInOneIterationInOrder() {
        virtually(v -> {
            Future<String> future = v.future();
            var tasks = List.of(waiter(v, "a", future), waiter(v, "b", future), waiter(v, "c", future));
            sleep(ZERO);
            future.setResult("value");
            v.ticks(1);
            sleep(ZERO);
            assertEquals(List.of("a value", "b value", "c value", "tick 1"), v.log());
            for (var task : tasks) {
                await(task);
            }
        });
    }

    @Test
    void await_byTwoTasksOneOfThemCancelled_cancelsTheFutureForBoth() {
        virtually(v -> {
            Future<String> future = v.future();
            var cancelled = waiter(v, "a", future);
            var other = waiter(v, "b", future);
            sleep(ZERO);
            cancelled.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(other)).getMessage());
            assertTrue(future.cancelled());
            assertTrue(cancelled.cancelled());
        });
    }

    @Test
    void loop_ofAFuture_isTheOneThatCreatedIt() {
        virtually(v -> assertSame(v.loop(), v.future().loop()));
    }

    private static Task<?> waiter(jasyncio.testing.VirtualLoop v, String name, Future<String> future) {
        return createTask(name, () -> v.log(name + " " + await(future)));
    }
}
