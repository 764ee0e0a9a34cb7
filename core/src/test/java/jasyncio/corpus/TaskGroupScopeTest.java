package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Context;
import jasyncio.ContextVar;
import jasyncio.ExceptionGroup;
import jasyncio.Task;
import jasyncio.TaskGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The life of a task group: what it takes, when, and what it keeps. */
class TaskGroupScopeTest {

    @Test
    void createTask_inTheMiddleOfTheBody_isWaitedFor() {
        virtually(v -> {
            var tasks = new ArrayList<Task<String>>();
            taskGroup(group -> {
                tasks.add(group.createTask(() -> after(100, "a")));
                sleep(ofMillis(150));
                tasks.add(group.createTask(() -> after(200, "b")));
            });
            assertEquals("a", tasks.get(0).result());
            assertEquals("b", tasks.get(1).result());
            assertEquals(ofMillis(350), v.elapsed());
        });
    }

    private static String after(int millis, String value) {
        sleep(ofMillis(millis));
        return value;
    }

    @Test
    void createTask_afterAnotherOneWasCancelled_isWaitedFor() {
        virtually(v -> {
            var tasks = new ArrayList<Task<String>>();
            taskGroup(group -> {
                tasks.add(group.createTask(() -> after(1000, "a")));
                sleep(ofMillis(150));
                tasks.getFirst().cancel();
                tasks.add(group.createTask(() -> after(200, "b")));
            });
            assertTrue(tasks.get(0).cancelled());
            assertEquals("b", tasks.get(1).result());
        });
    }

    @Test
    void tasksThatHaveEnded_areKeptNoLonger() {
        virtually(v -> {
            var group = new TaskGroup();
            group.run(() -> {
                for (int i = 0; i < 10; i++) {
                    sleep(ofMillis(100));
                    group.createTask(() -> sleep(ofMillis(250)));
                }
                assertEquals("<TaskGroup tasks=3 entered>", group.toString());
                sleep(ofSeconds(1));
                assertEquals("<TaskGroup entered>", group.toString());
                return null;
            });
        });
    }

    @Test
    void tasksThatCreateTasks_areEndedByTheFailureOfOne() {
        virtually(v -> {
            var heads = new int[1];
            var failure = new IOException("sword");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(group -> {
                        group.createTask(() -> hydra(group, heads));
                        group.createTask(() -> {
                            while (heads[0] < 10) {
                                sleep(ofMillis(15));
                            }
                            throw failure;
                        });
                    }));
            assertEquals(List.of(failure), e.exceptions());
            assertTrue(heads[0] >= 10, "heads: " + heads[0]);
        });
    }

    private static void hydra(TaskGroup group, int[] heads) {
        heads[0]++;
        sleep(ofMillis(10));
        group.createTask(() -> hydra(group, heads));
        group.createTask(() -> hydra(group, heads));
    }

    @Test
    void taskBuilder_withAContext_runsItsTasksThere() {
        virtually(v -> {
            var variable = new ContextVar<Integer>("variable");
            var context = Context.copyCurrent();
            var group = new TaskGroup();
            group.run(() -> {
                for (int value : List.of(1, 2)) {
                    await(group.task().context(context).start(() -> {
                        sleep(ZERO);
                        var _ = variable.set(value);
                    }));
                    assertEquals(value, context.run(() -> variable.get()));
                }
                return null;
            });
            assertEquals(-1, variable.orElse(-1));
        });
    }

    @Test
    void run_insideItself_isRefused() {
        virtually(v -> {
            var group = new TaskGroup();
            group.run(() -> {
                var e = assertThrows(IllegalStateException.class, () -> group.run(() -> v.log("never")));
                assertTrue(e.getMessage().contains("has already been entered"), e.getMessage());
                return null;
            });
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void run_inACallback_isRefusedAndLeavesTheGroupUnentered() {
        virtually(v -> {
            var group = new TaskGroup();
            v.loop().callSoon(() -> group.run(() -> v.log("never")));
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(List.of(), v.log());
            var refusal = v.takeFailures().getFirst().exception();
            assertTrue(refusal instanceof IllegalStateException, String.valueOf(refusal));
            var e = assertThrows(IllegalStateException.class, () -> group.createTask(() -> 1));
            assertTrue(e.getMessage().contains("has not been entered"), e.getMessage());
        });
    }

    @Test
    void coroutine_refusedByAFinishedGroup_isClosed() {
        virtually(v -> {
            var group = new TaskGroup();
            group.run(() -> {});
            var coroutine = coroutine(() -> v.log("never"));
            var e = assertThrows(IllegalStateException.class, () -> group.createTask(coroutine));
            assertTrue(e.getMessage().contains("is finished"), e.getMessage());
            assertTrue(coroutine.toString().endsWith(" used>"), coroutine.toString());
            sleep(ZERO);
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void failures_inNestedGroupsAtOnce_areCountedBackOneByOne() {
        virtually(v -> {
            var counts = new ArrayList<Integer>();
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> taskGroup(outer -> {
                        try {
                            taskGroup(inner -> Stream.of(inner, outer)
                                    .forEach(group -> group.createTask(() -> {
                                        sleep(ZERO);
                                        throw new IOException(group == inner ? "inner" : "outer");
                                    })));
                        } catch (ExceptionGroup inner) {
                            v.log(inner.exceptions().getFirst().getMessage());
                        }
                        counts.add(currentTask().cancelling());
                    }));
            counts.add(currentTask().cancelling());
            assertEquals(List.of("inner"), v.log());
            assertEquals("outer", e.exceptions().getFirst().getMessage());
            assertEquals(List.of(1, 0), counts);
        });
    }
}
