package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.TaskFactory;
import jasyncio.testing.VirtualLoop;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops whose tasks start eagerly, and how many tasks recursion makes. */
class EagerTasksTest {

    @Test
    void taskFactory_thatIsSet_makesTheTasksOfItsLoop() {
        virtually(v -> {
            v.loop().setTaskFactory(TaskFactory.EAGER);
            assertSame(TaskFactory.EAGER, v.loop().taskFactory());
            var task = v.loop().createTask(() -> "value");
            assertTrue(task.done());
            assertEquals("value", await(task));
        });
    }

    @Test
    void cancel_afterTheEagerStepFinishedTheTask_isTooLate() {
        virtually(v -> {
            v.loop().setTaskFactory(TaskFactory.EAGER);
            var task = createTask(() -> "finished");
            assertFalse(task.cancel());
            assertEquals("finished", await(task));
            assertFalse(task.cancelled());
        });
    }

    @Test
    void cancel_afterTheEagerStepSuspended_isThrownThere() {
        virtually(v -> {
            v.loop().setTaskFactory(TaskFactory.EAGER);
            var task = createTask(() -> sleep(ofSeconds(1)));
            assertTrue(task.cancel("message"));
            assertEquals(1, task.cancelling());
            assertEquals(
                    "message",
                    assertThrows(CancelledError.class, () -> await(task)).getMessage());
        });
    }

    /** Counts the tasks that are made, and those of them that were not done when they were handed out. */
    private static final class Counting implements TaskFactory {
        private final boolean eager;
        private int made;
        private int unfinished;

        Counting(boolean eager) {
            this.eager = eager;
        }

        @Override
        public <T extends @Nullable Object> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
            made++;
            Task<T> task = builder.eager(eager).start(body);
            unfinished += task.done() ? 0 : 1;
            return task;
        }
    }

    /** Counts what the recursion makes, and the task it begins with. */
    private static Counting count(boolean eager, Runnable recursion) {
        var counting = new Counting(eager);
        try (var v = new VirtualLoop()) {
            v.loop().setTaskFactory(counting);
            v.loop().runUntilComplete(() -> recursion.run());
        }
        return counting;
    }

    /** Checks how many tasks were made, and how many of them had to wait if they could start eagerly. */
    private static void assertMade(int made, int waiting, Counting counting) {
        assertEquals(made, counting.made);
        assertEquals(counting.eager ? waiting : made, counting.unfinished);
    }

    private static int chain(int depth) {
        return depth == 0 ? 0 : 1 + await(coroutine(() -> chain(depth - 1)));
    }

    /** The first task is made before the loop runs, and cannot start there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chainOfCoroutines_isOneTask(boolean eager) {
        assertMade(1, 1, count(eager, () -> assertEquals(100, chain(100))));
    }

    private static void groups(int width, int depth) {
        if (depth > 0) {
            taskGroup(group -> {
                for (int i = 0; i < width; i++) {
                    group.createTask(() -> groups(width, depth - 1));
                }
            });
        }
    }

    /** A group hears of its children's ends from the ready queue, so that only those without children are done at once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recursiveGroups_makeATaskForEachChild(boolean eager) {
        assertMade(1 + 5 + 25 + 125 + 625, 1 + 5 + 25 + 125, count(eager, () -> groups(5, 4)));
    }

    private static void gathers(int width, int depth) {
        if (depth > 0) {
            await(gather(IntStream.range(0, width)
                    .mapToObj(_ -> coroutine(() -> gathers(width, depth - 1)))
                    .toList()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recursiveGathers_makeATaskForEachChild(boolean eager) {
        assertMade(1 + 5 + 25 + 125 + 625, 1, count(eager, () -> gathers(5, 4)));
    }
}
