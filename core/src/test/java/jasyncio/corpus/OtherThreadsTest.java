package jasyncio.corpus;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.runCoroutineThreadsafe;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.ContextVar;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TaskFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What threads that are no tasks ask of a loop and of contexts. */
class OtherThreadsTest {

    @Test
    void runCoroutineThreadsafe_givenUpByTheThread_leavesNoTask() {
        virtually(v -> {
            Future<String> never = v.future();
            assertThrows(
                    TimeoutException.class,
                    () -> toThread(() -> {
                        var asked = runCoroutineThreadsafe(v.loop(), () -> await(never));
                        try {
                            return asked.get(0, TimeUnit.SECONDS);
                        } finally {
                            assertTrue(asked.cancel(true));
                        }
                    }));
            sleep(ZERO);
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(Set.of(currentTask()), allTasks());
        });
    }

    @Test
    void runCoroutineThreadsafe_whenTheTaskCancelsItself_isCancelled() {
        virtually(v -> {
            var asked = toThread(() -> runCoroutineThreadsafe(v.loop(), () -> {
                currentTask().cancel();
                sleep(ZERO);
                return 3;
            }));
            assertThrows(jasyncio.CancelledError.class, () -> await(asked));
            assertTrue(asked.isCancelled());
        });
    }

    @Test
    void runCoroutineThreadsafe_whenTheTaskFactoryFails_tellsTheThreadAndTheHandler() {
        virtually(v -> {
            var failure = new IllegalStateException("no tasks today");
            v.loop().setTaskFactory(new TaskFactory() {
                @Override
                public <T extends @Nullable Object> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
                    throw failure;
                }
            });
            var thrown = assertThrows(
                    ExecutionException.class,
                    () -> toThread(
                            () -> runCoroutineThreadsafe(v.loop(), () -> 1).get()));
            v.loop().setTaskFactory(null);
            assertSame(failure, thrown.getCause());
            var reported = v.takeFailures();
            assertEquals(1, reported.size());
            assertSame(failure, reported.getFirst().exception());
        });
    }

    @Test
    void contexts_ofTenThreads_areApart() throws Exception {
        var variable = new ContextVar<Integer>("variable");
        var together = new Phaser(10);
        try (var pool = Executors.newFixedThreadPool(10)) {
            List<Callable<Integer>> jobs = IntStream.range(0, 10)
                    .<Callable<Integer>>mapToObj(number -> () -> {
                        for (int i = 0; i < 10; i++) {
                            var _ = variable.set(number + i);
                            together.arriveAndAwaitAdvance();
                            assertEquals(number + i, variable.get());
                            together.arriveAndAwaitAdvance();
                        }
                        return number;
                    })
                    .toList();
            var futures = pool.invokeAll(jobs, 30, TimeUnit.SECONDS);
            for (int i = 0; i < 10; i++) {
                assertEquals(i, futures.get(i).get());
            }
        }
    }
}
