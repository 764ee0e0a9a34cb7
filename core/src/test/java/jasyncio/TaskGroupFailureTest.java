package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves a task group whose tasks or body fail, or are cancelled. */
class TaskGroupFailureTest {

    private static <X extends Exception> String failAfter(int seconds, X failure) throws X {
        sleep(ofSeconds(seconds));
        throw failure;
    }

    @Test
    void failure_ofATask_cancelsTheOthersAndTheBody() {
        virtually(v -> {
            var failure = new IOException("broken");
            var others = new ArrayList<Task<?>>();
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> {
                        group.createTask(() -> failAfter(1, failure));
                        others.add(group.createTask(() -> sleep(ofSeconds(50))));
                        try {
                            sleep(ofSeconds(100));
                        } finally {
                            v.log("body left at " + v.elapsed().toSeconds());
                        }
                    }));
            assertEquals(List.of(failure), e.exceptions());
            assertEquals("unhandled errors in a TaskGroup (1 sub-exception)", e.getMessage());
            assertTrue(others.getFirst().cancelled());
            assertEquals(List.of("body left at 1"), v.log());
            assertEquals(0, currentTask().cancelling());
            sleep(ofSeconds(1)); // nothing is left to be delivered
        });
    }

    @Test
    void failures_ofSeveral_leaveTogetherTheBodysLast() {
        virtually(v -> {
            var first = new IOException("first");
            var second = new IllegalArgumentException("second");
            var body = new IllegalStateException("body");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> {
                        group.createTask(() -> failAfter(1, first));
                        group.createTask(() -> failAfter(1, second));
                        try {
                            sleep(ofSeconds(9));
                        } finally {
                            failAfter(0, body);
                        }
                    }));
            assertEquals(List.of(first, second, body), e.exceptions());
        });
    }

    @Test
    void failure_ofTheBody_cancelsTheTasks() {
        virtually(v -> {
            var body = new IOException("body");
            var tasks = new ArrayList<Task<?>>();
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> {
                        tasks.add(group.createTask(() -> sleep(ofSeconds(50))));
                        sleep(ZERO);
                        throw body;
                    }));
            assertEquals(List.of(body), e.exceptions());
            assertTrue(tasks.getFirst().cancelled());
            assertEquals(ZERO, v.elapsed());
        });
    }

    @Test
    void cancellation_ofOneTask_doesNotFailTheGroup() {
        virtually(v -> taskGroup(group -> {
            var cancelled = group.createTask(() -> sleep(ofSeconds(50)));
            group.createTask(() -> sleep(ofSeconds(2)));
            sleep(ZERO);
            cancelled.cancel();
        }));
    }

    @Test
    void failureInCleanup_afterAnotherFailure_isCollectedToo() {
        virtually(v -> {
            var first = new IOException("first");
            var cleanup = new IOException("cleanup");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> {
                        group.createTask(() -> {
                            try {
                                sleep(ofSeconds(50));
                            } finally {
                                failAfter(3, cleanup);
                            }
                        });
                        group.createTask(() -> failAfter(1, first));
                    }));
            assertEquals(List.of(first, cleanup), e.exceptions());
            assertEquals(ofSeconds(4), v.elapsed());
        });
    }

    @Test
    void cancellationFromOutside_whileWaiting_cancelsTheTasksAndPassesThrough() {
        virtually(v -> {
            var child = new ArrayList<Task<?>>();
            var parent = createTask(() -> taskGroup(group -> child.add(group.createTask(() -> sleep(ofSeconds(50))))));
            sleep(ofSeconds(1));
            parent.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(parent)).getMessage());
            assertEquals(1, parent.cancelling());
            assertTrue(child.getFirst().cancelled());
        });
    }

    @Test
    void cancellationFromOutside_withFailures_isDeliveredAtTheNextAwait() {
        virtually(v -> {
            var parent = createTask(() -> {
                try {
                    taskGroup(group -> group.createTask(() -> {
                        try {
                            sleep(ofSeconds(50));
                        } finally {
                            failAfter(0, new IOException("cleanup"));
                        }
                    }));
                } catch (ExceptionGroup e) {
                    v.log("group of " + e.exceptions().size() + ", cancelling "
                            + currentTask().cancelling());
                    sleep(ZERO);
                    v.log("never");
                }
            });
            sleep(ofSeconds(1));
            parent.cancel("why");
            assertThrows(CancelledError.class, () -> await(parent));
            assertEquals(List.of("group of 1, cancelling 1"), v.log());
        });
    }

    @Test
    void keyboardInterrupt_ofATask_leavesBareAndNotInAGroup() {
        try (var v = new jasyncio.testing.VirtualLoop()) {
            var interrupt = new KeyboardInterrupt();
            Action<RuntimeException> body = () -> taskGroup(group -> {
                group.createTask(() -> {
                    throw interrupt;
                });
                sleep(ofSeconds(50));
            });
            var main = v.loop().createTask(body);
            assertSame(interrupt, assertThrows(KeyboardInterrupt.class, v.loop()::runForever));
            assertSame(
                    interrupt,
                    assertThrows(KeyboardInterrupt.class, () -> v.loop().runUntilComplete(main)));
        }
    }

    @Test
    void nestedGroups_innerFailure_endsInAGroupOfAGroup() {
        virtually(v -> {
            var failure = new IOException("broken");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(outer -> {
                        outer.createTask(() -> sleep(ofSeconds(50)));
                        taskGroup(inner -> inner.createTask(() -> failAfter(1, failure)));
                    }));
            assertEquals(List.of(failure), e.leaves());
            assertEquals(ExceptionGroup.class, e.exceptions().getFirst().getClass());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void eagerChildThatFails_isHandledFromTheReadyQueue() {
        virtually(v -> {
            var failure = new IOException("broken");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> {
                        var child = group.task().eager(true).start(() -> {
                            throw failure;
                        });
                        assertTrue(child.done());
                        v.log("body goes on");
                        var second = group.createTask(() -> 2);
                        assertFalse(second.done());
                    }));
            assertEquals(List.of(failure), e.exceptions());
            assertEquals(List.of("body goes on"), v.log());
        });
    }
}
