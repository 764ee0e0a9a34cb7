package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.waitFor;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.Awaitable;
import jasyncio.Future;
import jasyncio.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/** waitFor: one awaitable, at most so long. */
final class WaitFor {
    private WaitFor() {}

    private static void attempt(Trace t, String label, Awaitable<?> awaitable, double delay) {
        t.attempt(label, () -> waitFor(awaitable, seconds(delay)));
    }

    private static void attempt(Trace t, String label, Callable<?> body, double delay) {
        attempt(t, label, coroutine(body), delay);
    }

    static void waitForInTime(Trace t) {
        attempt(t, "coroutine", () -> t.worker("a", 1), 2);
        attempt(t, "task", createTask(() -> t.worker("b", 1)), 2);
        attempt(t, "failing", () -> t.failing("c", 1), 2);
    }

    static void waitForRunsCoroutineInline(Trace t) throws TimeoutException {
        t.ticks(1);
        t.log("result "
                + waitFor(
                        coroutine(() -> {
                            t.log("in " + currentTask().name());
                            return "value";
                        }),
                        seconds(1)));
    }

    static void waitForExpires(Trace t) {
        attempt(t, "coroutine", () -> t.worker("a", 5), 1);
        Task<String> task = createTask(() -> t.worker("b", 5));
        attempt(t, "task", task, 1);
        t.outcome("task", task);
        t.log("cancelling " + currentTask().cancelling() + " " + task.cancelling());
    }

    static void waitForCancelsFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        attempt(t, "future", future, 1);
        t.outcome("future", future);
    }

    static void waitForZeroOfDoneFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.setResult("value");
        t.ticks(1);
        attempt(t, "zero", future, 0);
        attempt(t, "negative", future, -1);
    }

    static void waitForZeroNeverStartsTheBody(Trace t) {
        t.ticks(4);
        attempt(t, "zero", () -> t.worker("a", 0), 0);
        attempt(t, "negative", () -> t.worker("b", 0), -1);
    }

    static void waitForZeroOfRunningTask(Trace t) {
        Task<String> task = createTask(() -> t.tidy("a", 5, 1));
        sleep(ZERO);
        attempt(t, "zero", task, 0);
        t.outcome("task", task);
    }

    static void waitForZeroOfStubbornTask(Trace t) {
        Task<String> task = createTask(() -> t.stubborn("a", 5, 1));
        sleep(ZERO);
        attempt(t, "zero", task, 0);
    }

    static void waitForZeroOfClumsyTask(Trace t) {
        Task<String> task = createTask(() -> t.clumsy("a", 5, 1));
        sleep(ZERO);
        attempt(t, "zero", task, 0);
    }

    static void waitForSuppressedTimeoutReturnsLate(Trace t) {
        attempt(t, "coroutine", () -> t.stubborn("a", 5, 2), 1);
        attempt(t, "task", createTask(() -> t.stubborn("b", 5, 2)), 1);
    }

    static void waitForWaitsForCleanup(Trace t) {
        attempt(t, "coroutine", () -> t.tidy("a", 5, 2), 1);
        attempt(t, "task", createTask(() -> t.tidy("b", 5, 2)), 1);
    }

    static void waitForFailingCleanup(Trace t) {
        attempt(t, "coroutine", () -> t.clumsy("a", 5, 2), 1);
        attempt(t, "task", createTask(() -> t.clumsy("b", 5, 2)), 1);
        t.log("cancelling " + currentTask().cancelling());
    }

    static void waitForCancelledFromOutside(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 10));
        Task<String> task = createTask(() -> waitFor(inner, seconds(5)));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
        t.outcome("inner", inner);
    }

    static void waitForInnerCancelled(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 10));
        t.loop().callLater(seconds(1), () -> inner.cancel("inner"));
        attempt(t, "wait_for", inner, 5);
    }

    static void waitForResultAndTimeoutInOneIteration(Trace t) {
        Future<String> first = t.loop().createFuture();
        t.loop().callLater(seconds(1), () -> first.setResult("value"));
        attempt(t, "value first", first, 1);
        Future<String> second = t.loop().createFuture();
        Task<Void> task = createTask(() -> attempt(t, "timeout first", second, 1));
        sleep(ZERO);
        t.loop().callLater(seconds(1), () -> t.attempt("set_result", () -> second.setResult("value")));
        await(task);
    }

    static void waitForSleepOfTheSameLength(Trace t) {
        attempt(t, "wait_for", () -> t.worker("a", 1), 1);
    }

    static void waitForNested(Trace t) {
        attempt(t, "inner shorter", () -> waitFor(coroutine(() -> t.worker("a", 9)), seconds(1)), 2);
        attempt(t, "outer shorter", () -> waitFor(coroutine(() -> t.worker("b", 9)), seconds(2)), 1);
        attempt(t, "same", () -> waitFor(coroutine(() -> t.worker("c", 9)), seconds(1)), 1);
    }

    static void waitForShield(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 3));
        attempt(t, "wait_for", shield(inner), 1);
        t.outcome("inner", inner);
        t.attempt("inner", () -> await(inner));
    }

    static void waitForGather(Trace t) {
        attempt(t, "wait_for", gather(() -> t.worker("a", 5), () -> t.worker("b", 0.5)), 1);
    }

    static void waitForInARetryLoop(Trace t) {
        for (int number = 0; number < 3; number++) {
            int attempt = number;
            try {
                t.log("result " + waitFor(coroutine(() -> flaky(attempt)), seconds(1.5)));
                break;
            } catch (Failed failure) {
                t.log("attempt " + number + " " + failure.getMessage());
            } catch (TimeoutException timeout) {
                t.log("attempt " + number + " timed out");
            }
            sleep(seconds(1 << number));
        }
    }

    private static String flaky(int number) {
        if (number == 1) {
            throw new Failed("refused once");
        }
        sleep(seconds(3 - number));
        return "attempt " + number;
    }

    static void waitForTimeoutOfTheBodyItself(Trace t) {
        Callable<String> body = () -> {
            sleep(seconds(1));
            throw new TimeoutException("own");
        };
        attempt(t, "wait_for", body, 5);
    }
}
