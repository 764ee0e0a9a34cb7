package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.task;
import static jasyncio.testing.VirtualLoop.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TaskNamesTest {
    private static final Pattern DEFAULT = Pattern.compile("Task-(\\d+)");

    @Test
    void name_notGiven_countsUp() {
        virtually(v -> {
            var first = createTask(() -> {});
            var second = createTask(() -> {});
            assertEquals(number(first) + 1, number(second));
            await(first);
            await(second);
        });
    }

    private static int number(Task<?> task) {
        var matcher = DEFAULT.matcher(task.name());
        assertTrue(matcher.matches(), task.name());
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void name_given_isTheTasksInEveryForm() {
        virtually(v -> {
            assertEquals("void", await(named(createTask("void", () -> {}))).name());
            assertEquals("value", await(named(createTask("value", () -> 1))).name());
            assertEquals(
                    "coroutine",
                    await(named(createTask("coroutine", coroutine(() -> 1)))).name());
            assertEquals(
                    "builder",
                    await(named(task().name("builder").start(() -> {}))).name());
        });
    }

    private static <T> Coroutine<Task<T>> named(Task<T> task) {
        return coroutine(() -> {
            await(task);
            return task;
        });
    }

    @Test
    void setName_whileItRuns_changesItForEverybody() {
        virtually(v -> {
            var task = createTask("before", () -> currentTask().name());
            task.setName("after");
            assertEquals("after", await(task));
            assertTrue(task.toString().contains("name='after'"), task.toString());
        });
    }

    @Test
    void name_given_isTheThreadsToo() {
        virtually(v -> assertEquals(
                "worker-1",
                await(createTask("worker-1", () -> Thread.currentThread().getName()))));
    }
}
