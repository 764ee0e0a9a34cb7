package jasyncio;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskTest {

    @Test
    void createTask_whenCalled_runsTheBodyInTheNextIteration() {
        virtually(v -> {
            v.loop().callSoon(() -> v.log("before"));
            var task = createTask(() -> v.log("body"));
            v.loop().callSoon(() -> v.log("after"));
            assertEquals(List.of(), v.log());
            assertEquals(Task.State.PENDING, task.state());
            await(task);
            assertEquals(List.of("before", "body", "after"), v.log());
            assertEquals(Task.State.FINISHED, task.state());
        });
    }

    @Test
    void await_ofATaskTwice_givesTheSameResult() {
        virtually(v -> {
            var runs = new ArrayList<String>();
            var task = createTask(() -> {
                runs.add("run");
                return new Object();
            });
            assertSame(await(task), await(task));
            assertEquals(1, runs.size());
        });
    }

    @Test
    void await_ofAFailedTask_throwsTheVeryObjectEachTime() {
        virtually(v -> {
            var failure = new IOException("broken");
            Task<String> task = createTask(() -> {
                throw failure;
            });
            assertSame(failure, assertThrows(IOException.class, () -> await(task)));
            assertSame(failure, assertThrows(IOException.class, () -> await(task)));
            assertEquals(Task.State.FINISHED, task.state());
            assertFalse(task.cancelled());
        });
    }

    @Test
    void setResultAndSetException_ofATask_areRefused() {
        virtually(v -> {
            Task<String> task = createTask("t", () -> "body");
            var result = assertThrows(UnsupportedOperationException.class, () -> task.setResult("other"));
            assertTrue(result.getMessage().endsWith(": a task's body returns it"), result.getMessage());
            var exception =
                    assertThrows(UnsupportedOperationException.class, () -> task.setException(new IOException()));
            assertTrue(exception.getMessage().endsWith(": a task's body throws it"), exception.getMessage());
            assertEquals("body", await(task));
        });
    }

    @Test
    void await_ofItself_isRefusedInTheNextIteration() {
        virtually(v -> {
            var self = new ArrayList<Task<?>>();
            self.add(createTask("narcissus", () -> await(self.getFirst())));
            var e = assertThrows(IllegalStateException.class, () -> await(self.getFirst()));
            assertTrue(
                    e.getMessage().startsWith("Task cannot await on itself: <Task pending name='narcissus'"),
                    e.getMessage());
        });
    }

    @Test
    void currentTask_inEachTask_isThatTask() {
        virtually(v -> {
            var seen = new ArrayList<Task<?>>();
            var child = createTask(() -> {
                seen.add(currentTask());
                sleep(ZERO);
                seen.add(currentTask());
            });
            Task<?> main = currentTask();
            await(child);
            assertEquals(List.of(child, child), seen);
            assertSame(main, currentTask());
            assertEquals("main", main.name());
        });
    }

    @Test
    void allTasks_whileSomeRun_listsThoseNotDoneOldestFirst() {
        virtually(v -> {
            var first = createTask("first", () -> sleep(ofSeconds(1)));
            var second = createTask("second", () -> sleep(ofSeconds(2)));
            assertEquals(List.of(currentTask(), first, second), List.copyOf(allTasks()));
            await(first);
            assertEquals(List.of(currentTask(), second), List.copyOf(allTasks()));
            assertThrows(UnsupportedOperationException.class, () -> allTasks().clear());
            await(second);
        });
    }

    @Test
    void stack_ofAWaitingTask_beginsWhereItAwaits() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> outer(future));
            assertEquals(0, task.stack().length);
            sleep(ZERO);
            assertEquals(
                    List.of("inner", "outer"),
                    Arrays.stream(task.stack())
                            .map(StackTraceElement::getMethodName)
                            .limit(2)
                            .toList());
            future.setResult("value");
            await(task);
            assertEquals(0, task.stack().length);
        });
    }

    @Test
    void stack_ofAFailedTask_isWhereItFailed() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> outer(future));
            sleep(ZERO);
            future.setException(new IOException("broken"));
            sleep(ZERO);
            assertTrue(task.done());
            assertThrows(IOException.class, task::result);
            assertTrue(Arrays.stream(task.stack())
                    .anyMatch(frame -> frame.getMethodName().equals("inner")));
        });
    }

    private static String outer(Future<String> future) {
        return inner(future) + "!";
    }

    private static String inner(Future<String> future) {
        return await(future);
    }

    @Test
    void deepRecursion_inATask_hasTheDepthOfAThread() {
        virtually(v -> assertEquals(3_000, await(createTask(() -> depth(3_000)))));
    }

    private static int depth(int n) {
        return n == 0 ? awaitZero() : 1 + depth(n - 1);
    }

    private static int awaitZero() {
        sleep(ZERO);
        return 0;
    }

    @Test
    void stackOverflow_inATask_isItsFailureAndTheLoopGoesOn() {
        virtually(v -> {
            var task = createTask(TaskTest::endless);
            assertThrows(StackOverflowError.class, () -> await(task));
            assertEquals("fine", await(createTask(() -> "fine")));
        });
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless() {
        return 1 + endless();
    }

    @Test
    void tenThousandTasks_awaitedTogether_allEnd() {
        virtually(v -> {
            var tasks = IntStream.range(0, 10_000)
                    .mapToObj(i -> createTask(() -> {
                        sleep(ofSeconds(i % 7));
                        return i;
                    }))
                    .toList();
            long sum = await(gather(tasks)).stream().mapToLong(i -> i).sum();
            assertEquals(49_995_000L, sum);
            assertEquals(ofSeconds(6), v.elapsed());
        });
    }

    @Test
    void threadLocals_ofTwoTasks_areApart() {
        virtually(v -> {
            var local = ThreadLocal.withInitial(() -> "none");
            var first = createTask(() -> {
                local.set("first");
                sleep(ZERO);
                return local.get();
            });
            var second = createTask(() -> {
                sleep(ZERO);
                return local.get();
            });
            assertEquals(List.of("first", "none"), await(gather(first, second)));
        });
    }

    @Test
    void monitor_heldAcrossAnAwait_keepsOtherTasksOutWithoutBlockingTheLoop() {
        virtually(v -> {
            var monitor = new Object();
            synchronized (monitor) {
                sleep(ZERO);
                assertTrue(Thread.holdsLock(monitor));
            }
            assertFalse(Thread.holdsLock(monitor));
        });
    }

    @Test
    void keyboardInterrupt_inATask_leavesTheLoopAndIsTheTasksFailure() {
        try (var v = new jasyncio.testing.VirtualLoop()) {
            var thrown = new KeyboardInterrupt();
            var task = v.loop().createTask(() -> {
                throw thrown;
            });
            assertSame(thrown, assertThrows(KeyboardInterrupt.class, v.loop()::runForever));
            assertSame(thrown, task.exception());
            assertFalse(v.loop().running());
        }
    }
}
