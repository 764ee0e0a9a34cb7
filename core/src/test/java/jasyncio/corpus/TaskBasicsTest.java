package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.ensureFuture;
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

import jasyncio.Asyncio;
import jasyncio.Coroutine;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task is, which loop it belongs to, and what can be made one. */
class TaskBasicsTest {
    private static final Pattern NUMBERED = Pattern.compile("^<Task pending name='Task-(\\d+)' ");

    @Test
    void task_ofEachLoop_belongsToIt() {
        try (EventLoop first = Asyncio.newEventLoop();
                EventLoop second = Asyncio.newEventLoop()) {
            for (EventLoop loop : List.of(first, second)) {
                Task<String> task = loop.createTask(() -> "ok");
                assertSame(loop, task.loop());
                assertEquals("ok", loop.runUntilComplete(task));
                assertTrue(task.done());
                assertEquals("ok", task.result());
            }
        }
    }

    @Test
    void task_isAFuture() {
        virtually(v -> {
            Future<String> future = createTask(() -> "value");
            assertEquals("value", await(future));
            assertTrue(Future.class.isAssignableFrom(Task.class));
        });
    }

    @Test
    void ensureFuture_ofACoroutine_isATaskOfTheRunningLoop() {
        var early = coroutine(() -> "early");
        assertThrows(IllegalStateException.class, () -> ensureFuture(early));
        virtually(v -> {
            var future = ensureFuture(early);
            assertSame(v.loop(), future.loop());
            assertInstanceOf(Task.class, future);
            assertFalse(future.done());
            assertEquals("early", await(future));
        });
    }

    @Test
    void ensureFuture_ofAFuture_isThatFutureAlsoOutsideTheLoop() {
        try (EventLoop loop = Asyncio.newEventLoop()) {
            Future<String> future = loop.createFuture();
            assertSame(future, ensureFuture(future));
            Task<String> task = loop.createTask(() -> "value");
            assertSame(task, ensureFuture(task));
            loop.runUntilComplete(task);
        }
    }

    @Test
    @Timeout(30)
    void runUntilComplete_ofAFutureOfAnotherLoop_isRefused() {
        try (EventLoop loop = Asyncio.newEventLoop();
                EventLoop other = Asyncio.newEventLoop()) {
            Future<String> future = other.createFuture();
            future.setResult("value");
            var refused = assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(future));
            assertTrue(refused.getMessage().contains("it belongs to " + other), refused.getMessage());
            Task<String> task = other.createTask(() -> "task");
            assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(task));
            assertEquals("value", other.runUntilComplete(future));
            assertEquals("task", other.runUntilComplete(task));
        }
    }

    @Test
    void stack_ofTheTaskThatAsks_isItsOwn() {
        virtually(v -> {
            var task = createTask("t", () -> caller(v));
            await(task);
            assertEquals(List.of("callee", "caller"), v.log().subList(0, 2));
            assertTrue(
                    v.log().get(2).matches("<Task pending name='t' coro=<TaskBasicsTest\\.callee\\(\\) running at .*"),
                    v.log().get(2));
        });
    }

    private static void caller(VirtualLoop v) {
        callee(v);
    }

    private static void callee(VirtualLoop v) {
        Arrays.stream(currentTask().stack())
                .filter(frame -> frame.getClassName().equals(TaskBasicsTest.class.getName()))
                .limit(2)
                .forEach(frame -> v.log(frame.getMethodName()));
        String shown = currentTask().toString();
        v.log(shown);
    }

    @Test
    void await_ofAFuture_givesTheVeryObject() {
        virtually(v -> {
            Future<Object> future = v.future();
            var task = createTask("waiter", () -> assertSame(await(future), future.result()));
            sleep(ZERO);
            assertEquals("<Future pending cb=[wakeup of waiter]>", future.toString());
            var value = new Object();
            future.setResult(value);
            sleep(ZERO);
            assertTrue(task.done());
            assertSame(value, future.result());
        });
    }

    @Test
    void resultThatIsAFuture_isNotAwaited() {
        virtually(v -> {
            Future<String> future = v.future();
            Task<Future<String>> task = createTask(() -> future);
            assertSame(future, await(task));
            assertFalse(future.done());
        });
    }

    @Test
    void coroutine_runByTheLoop_givesItsValue() {
        try (var v = new VirtualLoop()) {
            Object made = coroutine(() -> "test");
            assertInstanceOf(Coroutine.class, made);
            assertEquals("test", v.loop().runUntilComplete((Coroutine<?>) made));
        }
    }

    @Test
    void currentTask_outsideATask_isNull() {
        try (var v = new VirtualLoop()) {
            assertNull(LowLevel.currentTask());
            v.run(() -> assertEquals("main", currentTask().name()));
            assertNull(LowLevel.currentTask());
        }
    }

    @Test
    void currentTask_ofTasksThatTakeTurns_isWhoeverRuns() {
        virtually(v -> {
            Future<Void> first = v.future();
            Future<Void> second = v.future();
            Task<Boolean> one = createTask(() -> {
                Task<?> self = currentTask();
                await(first);
                boolean same = self == currentTask();
                second.setResult(null);
                return same && self.name().equals("one");
            });
            one.setName("one");
            Task<Boolean> two = createTask(() -> {
                Task<?> self = currentTask();
                first.setResult(null);
                await(second);
                return self == currentTask() && self.name().equals("two");
            });
            two.setName("two");
            assertTrue(await(one));
            assertTrue(await(two));
        });
    }

    @Test
    void toString_ofTasksWithoutNames_countsThem() {
        virtually(v -> {
            var first = createTask(() -> 1);
            var second = createTask(() -> 2);
            assertEquals(numberShown(first) + 1, numberShown(second));
            await(first);
            await(second);
        });
    }

    private static int numberShown(Task<?> task) {
        var matcher = NUMBERED.matcher(task.toString());
        assertTrue(matcher.find(), task.toString());
        return Integer.parseInt(matcher.group(1));
    }

    /** A body that is no lambda. */
    private static final class Answer implements Callable<Integer> {
        @Override
        public Integer call() {
            sleep(ZERO);
            return 42;
        }
    }

    @Test
    void callableObject_canBeABody_moreThanOnce() {
        virtually(v -> {
            var answer = new Answer();
            assertEquals(42, await(createTask(answer)));
            assertEquals(42, await(createTask(answer)));
        });
    }
}
