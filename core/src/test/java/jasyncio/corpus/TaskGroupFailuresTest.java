package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.with;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Action;
import jasyncio.AsyncContextManager;
import jasyncio.CancelledError;
import jasyncio.ExceptionGroup;
import jasyncio.KeyboardInterrupt;
import jasyncio.Task;
import jasyncio.TaskGroup;
import jasyncio.sync.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Task groups whose bodies and tasks fail while they are cancelled. */
class TaskGroupFailuresTest {

    /** Waits long, and fails when it is cancelled. */
    private static void failWhenCancelled(Throwable failure) throws Exception {
        try {
            sleep(ofSeconds(10));
        } finally {
            raise(failure);
        }
    }

    private static void raise(Throwable failure) throws Exception {
        switch (failure) {
            case Exception e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    private static void failAfter(int millis, Throwable failure) throws Exception {
        sleep(ofMillis(millis));
        raise(failure);
    }

    /** Runs the body in a task, cancels it after 100 milliseconds and returns what it fails with. */
    private static <X extends Throwable> X cancelled(Class<X> expected, Action<?> body) {
        Task<Void> task = createTask(body);
        sleep(ofMillis(100));
        assertTrue(!task.done());
        task.cancel();
        return assertThrows(expected, () -> await(task));
    }

    private static void fiveThatFail(TaskGroup group) {
        for (int i = 0; i < 5; i++) {
            group.createTask(() -> failWhenCancelled(new IOException("cleanup")));
        }
    }

    private static void assertFiveFailures(Throwable group) {
        var failures = assertInstanceOf(ExceptionGroup.class, group).exceptions();
        assertEquals(5, failures.size());
        failures.forEach(failure -> assertInstanceOf(IOException.class, failure));
    }

    @Test
    void cancellation_ofABodyWhoseTasksFailInCleanup_isReplacedByTheirFailures() {
        virtually(v -> assertFiveFailures(cancelled(
                ExceptionGroup.class,
                () -> taskGroup(group -> {
                    fiveThatFail(group);
                    sleep(ofSeconds(10));
                }))));
    }

    @Test
    void cancellation_ofNestedGroups_wrapsTheInnerFailuresTwice() {
        virtually(v -> {
            var e = cancelled(
                    ExceptionGroup.class,
                    () -> taskGroup(_ -> taskGroup(inner -> {
                        fiveThatFail(inner);
                        sleep(ofSeconds(10));
                    })));
            assertEquals(1, e.exceptions().size());
            assertFiveFailures(e.exceptions().getFirst());
        });
    }

    @Test
    void cancellation_ofNestedGroupsWithATaskOutside_cancelsThatToo() {
        virtually(v -> {
            var outside = new ArrayList<Task<?>>();
            var e = cancelled(
                    ExceptionGroup.class,
                    () -> taskGroup(outer -> {
                        outside.add(outer.createTask(() -> sleep(ofSeconds(10))));
                        taskGroup(inner -> {
                            fiveThatFail(inner);
                            sleep(ofSeconds(10));
                        });
                    }));
            assertEquals(1, e.exceptions().size());
            assertFiveFailures(e.exceptions().getFirst());
            assertTrue(outside.getFirst().cancelled());
        });
    }

    @Test
    void failure_inTheOuterGroup_cancelsTheInnerOne() {
        virtually(v -> {
            var failure = new IOException("outer");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(outer -> {
                        outer.createTask(() -> failAfter(100, failure));
                        taskGroup(inner -> inner.createTask(() -> failAfter(10_000, new IOException("inner"))));
                    }));
            assertEquals(List.of(failure), e.exceptions());
            assertEquals(ofMillis(100), v.elapsed());
        });
    }

    private static void slowToCancel(Throwable failure) {
        taskGroup(group -> {
            group.createTask(() -> failAfter(300, failure));
            try {
                sleep(ofSeconds(10));
            } catch (CancelledError e) {
                sleep(ofMillis(500));
                throw e;
            }
        });
    }

    @Test
    void failure_whileACancelledBodyCleansUp_isWhatTheGroupEndsWith() {
        virtually(v -> {
            var failure = new IOException("child");
            var e = cancelled(ExceptionGroup.class, () -> slowToCancel(failure));
            assertEquals(List.of(failure), e.exceptions());
        });
    }

    @Test
    void failure_whileACancelledBodyOfAnAwaitedTaskCleansUp_isWhatBothEndWith() {
        virtually(v -> {
            var failure = new IOException("child");
            var e = cancelled(ExceptionGroup.class, () -> {
                Task<Void> nested = createTask(() -> slowToCancel(failure));
                await(nested);
            });
            assertEquals(List.of(failure), e.exceptions());
        });
    }

    @Test
    void cancellation_ofABodyWithoutTasks_passesThrough() {
        virtually(v -> {
            cancelled(
                    CancelledError.class,
                    () -> taskGroup(_ -> {
                        try {
                            sleep(ofSeconds(10));
                        } finally {
                            v.log("body cancelled");
                        }
                    }));
            assertEquals(List.of("body cancelled"), v.log());
        });
    }

    @Test
    void cancellation_thatTheBodyTurnsIntoAFailure_endsInAGroup() {
        virtually(v -> {
            var failure = new IOException("instead");
            var e = cancelled(ExceptionGroup.class, () -> taskGroup(_ -> failWhenCancelled(failure)));
            assertEquals(List.of(failure), e.exceptions());
        });
    }

    @Test
    void keyboardInterrupt_ofABodyCancelledForATask_leavesBare() {
        virtually(v -> {
            var interrupt = new KeyboardInterrupt();
            assertSame(
                    interrupt,
                    assertThrows(
                            KeyboardInterrupt.class,
                            () -> taskGroup(group -> {
                                group.createTask(() -> failAfter(100, new IOException("child")));
                                failWhenCancelled(interrupt);
                            })));
        });
    }

    @Test
    void errors_ofBodyOrTask_areCollectedLikeExceptions() {
        virtually(v -> {
            var error = new AssertionError("error");
            var exception = new IOException("exception");
            for (var failures : List.of(List.of(exception, error), List.of(error, exception))) {
                var e = assertThrows(
                        ExceptionGroup.class,
                        () -> taskGroup(group -> {
                            group.createTask(() -> failAfter(100, failures.getFirst()));
                            failWhenCancelled(failures.getLast());
                        }));
                assertEquals(failures, e.exceptions());
            }
        });
    }

    /** Fails on the way out. */
    private static final class Broken implements AsyncContextManager<String> {
        @Override
        public String enter() {
            return "entered";
        }

        @Override
        public boolean exit(@Nullable Throwable thrown) throws IOException {
            throw new IOException("exit");
        }
    }

    @Test
    void failure_ofAManagerInTheBody_joinsThatOfTheTask() {
        virtually(v -> {
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> with(new Broken(), _ -> {
                        group.createTask(() -> failAfter(0, new IOException("child")));
                        sleep(ofSeconds(1));
                    })));
            assertEquals(
                    List.of("child", "exit"),
                    e.exceptions().stream().map(Throwable::getMessage).toList());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void failureAndCancellation_inOneIteration_bothTakeEffect() {
        virtually(v -> {
            var started = new Event();
            Task<Void> task = createTask(() -> {
                try {
                    taskGroup(group -> {
                        group.createTask(() -> {
                            started.set();
                            sleep(ZERO);
                            throw new IOException("child");
                        });
                        sleep(ofSeconds(1));
                        v.log("never");
                    });
                } catch (ExceptionGroup e) {
                    v.log("handled, cancelling " + currentTask().cancelling());
                }
                v.log("after, cancelling " + currentTask().cancelling());
                sleep(ofSeconds(1));
                v.log("never");
            });
            started.await();
            assertEquals(0, task.cancelling());
            task.cancel();
            assertEquals(1, task.cancelling());
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(List.of("handled, cancelling 1", "after, cancelling 1"), v.log());
        });
    }
}
