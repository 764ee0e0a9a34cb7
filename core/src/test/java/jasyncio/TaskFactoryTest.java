package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class TaskFactoryTest {
    private final List<Object> made = new ArrayList<>();

    private final TaskFactory recording = new TaskFactory() {
        @Override
        public <T> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
            Task<T> task = builder.name("made-" + made.size()).start(body);
            made.add(task);
            return task;
        }
    };

    @Test
    void eagerFactory_startsEveryTaskAtOnce() {
        virtually(v -> {
            v.loop().setTaskFactory(TaskFactory.EAGER);
            assertTrue(createTask(() -> 1).done());
            v.loop().setTaskFactory(null);
            assertSame(TaskFactory.LAZY, v.loop().taskFactory());
            var lazy = createTask(() -> 1);
            assertFalse(lazy.done());
            await(lazy);
        });
    }

    @Test
    void factory_makesTheTasksOfEveryDoor() {
        virtually(v -> {
            v.loop().setTaskFactory(recording);
            await(createTask(() -> 1));
            await(createTask("named", () -> {}));
            await(createTask(coroutine(() -> 1)));
            await(gather(() -> 1, () -> 2));
            taskGroup(group -> group.createTask(() -> 1));
            await(v.loop().createTask(() -> 1));
            v.loop().setTaskFactory(null);
            assertEquals(7, made.size());
        });
    }

    @Test
    void factory_maySetOptionsAndWrapTheBody() {
        virtually(v -> {
            v.loop().setTaskFactory(new TaskFactory() {
                @Override
                public <T> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
                    return builder.name("wrapped").start(() -> {
                        v.log("before");
                        try {
                            return body.call();
                        } finally {
                            v.log("after");
                        }
                    });
                }
            });
            var task = createTask(() -> "value");
            assertEquals("wrapped", task.name());
            assertEquals("value", await(task));
            assertEquals(List.of("before", "after"), v.log());
        });
    }

    @Test
    void factory_thatSaysNothingOfNames_keepsTheGivenOne() {
        virtually(v -> {
            v.loop().setTaskFactory(new TaskFactory() {
                @Override
                public <T> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
                    return builder.start(body);
                }
            });
            var task = v.loop().task().name("test_task").start(() -> {});
            assertEquals("test_task", task.name());
            await(task);
            var other = createTask("other", () -> {});
            assertEquals("other", other.name());
            await(other);
        });
    }
}
