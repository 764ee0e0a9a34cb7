package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGroupTest {

    private static <X extends Exception> String failAfter(int seconds, X failure) throws X {
        sleep(ofSeconds(seconds));
        throw failure;
    }

    @Test
    void run_withTasks_returnsWhenAllHaveEnded() {
        virtually(v -> {
            taskGroup(group -> {
                group.createTask(() -> sleep(ofSeconds(3)));
                group.createTask("named", () -> v.log(currentTask().name()));
                group.createTask(Asyncio.coroutine(() -> v.log("coroutine")));
                v.log("body");
            });
            assertEquals(List.of("body", "named", "coroutine"), v.log());
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void run_withAValue_returnsIt() {
        virtually(v -> {
            var group = new TaskGroup();
            int sum = group.run(() -> {
                var a = group.createTask(() -> 1);
                var b = group.createTask(() -> 2);
                return await(a) + await(b);
            });
            assertEquals(3, sum);
        });
    }

    @Test
    void run_withoutTasks_doesNotYield() {
        virtually(v -> {
            v.ticks(1);
            taskGroup(_ -> {});
            assertEquals(List.of(), v.log());
            sleep(ZERO);
        });
    }

    @Test
    void createTask_fromAChild_extendsTheGroup() {
        virtually(v -> {
            taskGroup(group -> group.createTask(() -> {
                sleep(ofSeconds(1));
                group.createTask(() -> {
                    sleep(ofSeconds(1));
                    v.log("grandchild");
                });
            }));
            assertEquals(List.of("grandchild"), v.log());
        });
    }

    @Test
    void createTask_atTheWrongTime_isRefusedAndSaysWhy() {
        virtually(v -> {
            var group = new TaskGroup();
            var early = assertThrows(IllegalStateException.class, () -> group.createTask(() -> 1));
            assertEquals("<TaskGroup> has not been entered; create its tasks inside run(…)", early.getMessage());
            assertThrows(
                    ExceptionGroup.class,
                    () -> group.run(() -> {
                        group.createTask(() -> {
                            try {
                                sleep(ofSeconds(9));
                            } finally {
                                var late = assertThrows(IllegalStateException.class, () -> group.createTask(() -> 1));
                                v.log(late.getMessage());
                            }
                        });
                        failAfter(1, new IOException("broken"));
                    }));
            assertEquals(
                    List.of("<TaskGroup tasks=1 cancelling> is shutting down: it was cancelled or one of its tasks has"
                            + " failed"),
                    v.log());
            var finished = assertThrows(IllegalStateException.class, () -> group.createTask(() -> 1));
            assertTrue(finished.getMessage().contains(" is finished; "), finished.getMessage());
            var twice = assertThrows(IllegalStateException.class, () -> group.run(() -> 1));
            assertTrue(
                    twice.getMessage().endsWith("has already been entered; create a group for each body"),
                    twice.getMessage());
        });
    }

    @Test
    void refusedCoroutine_isClosedAndNotReported() {
        virtually(v -> {
            var coroutine = Asyncio.coroutine(() -> 1);
            var group = new TaskGroup();
            assertThrows(IllegalStateException.class, () -> group.createTask(coroutine));
            assertTrue(coroutine.toString().endsWith(" used>"));
        });
    }
}
