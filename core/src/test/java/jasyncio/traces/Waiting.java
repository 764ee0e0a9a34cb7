package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.ensureFuture;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.ReturnWhen.FIRST_COMPLETED;
import static jasyncio.ReturnWhen.FIRST_EXCEPTION;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.WaitResult;
import java.util.Collection;
import java.util.List;

/** wait. */
final class Waiting {
    private Waiting() {}

    static Task<String> worker(Trace t, String name, double delay) {
        return createTask(name, () -> t.worker(name, delay));
    }

    static Task<String> failing(Trace t, String name, double delay) {
        return createTask(name, () -> t.failing(name, delay));
    }

    private static void log(Trace t, String label, WaitResult<Task<String>> result) {
        t.log(label + ": done " + names(result.done()) + ", pending " + names(result.pending()));
    }

    private static String names(Collection<Task<String>> tasks) {
        return tasks.stream().map(Task::name).sorted().collect(joining(", ", "[", "]"));
    }

    static void waitAllCompleted(Trace t) {
        var tasks = List.of(worker(t, "a", 2), failing(t, "b", 1), worker(t, "c", 3));
        log(t, "wait", Asyncio.wait(tasks));
        t.attempt("b", () -> await(tasks.get(1)));
    }

    static void waitFirstCompleted(Trace t) {
        var tasks = List.of(worker(t, "a", 2), worker(t, "b", 1), worker(t, "c", 3));
        log(t, "first", Asyncio.wait(tasks, FIRST_COMPLETED));
        log(t, "again", Asyncio.wait(tasks, FIRST_COMPLETED));
        var rest = tasks.stream().filter(task -> !task.done()).toList();
        log(t, "rest", Asyncio.wait(rest, FIRST_COMPLETED));
    }

    static void waitFirstCompletedTwoAtOnce(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 1), worker(t, "c", 3));
        log(t, "wait", Asyncio.wait(tasks, FIRST_COMPLETED));
    }

    static void waitFirstCompletedSeesWhoEndedMeanwhile(Trace t) {
        var tasks = List.of(turns("a", 1), turns("b", 2), turns("c", 4));
        t.ticks(6);
        log(t, "wait", Asyncio.wait(tasks, FIRST_COMPLETED));
        log(t, "rest", Asyncio.wait(tasks));
    }

    private static Task<String> turns(String name, int count) {
        return createTask(name, () -> {
            for (int i = 0; i < count; i++) {
                sleep(ZERO);
            }
            return name;
        });
    }

    static void waitFirstExceptionOfTheFirstStep(Trace t) {
        Task<String> failing = createTask("b", () -> {
            throw new Failed("b");
        });
        log(t, "wait", Asyncio.wait(List.of(worker(t, "a", 3), failing), FIRST_EXCEPTION));
        t.attempt("b", () -> await(failing));
    }

    static void waitFirstException(Trace t) {
        var tasks = List.of(worker(t, "a", 1), failing(t, "b", 2), worker(t, "c", 3));
        log(t, "wait", Asyncio.wait(tasks, FIRST_EXCEPTION));
    }

    static void waitFirstExceptionWithoutAny(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 2));
        log(t, "wait", Asyncio.wait(tasks, FIRST_EXCEPTION));
    }

    static void waitFirstExceptionIgnoresCancelled(Trace t) {
        var tasks = List.of(worker(t, "a", 9), failing(t, "b", 2), worker(t, "c", 3));
        t.loop().callLater(seconds(1), () -> tasks.getFirst().cancel());
        log(t, "wait", Asyncio.wait(tasks, FIRST_EXCEPTION));
    }

    static void waitFirstCompletedCountsCancelled(Trace t) {
        var tasks = List.of(worker(t, "a", 9), worker(t, "b", 2));
        t.loop().callLater(seconds(1), () -> tasks.getFirst().cancel());
        log(t, "wait", Asyncio.wait(tasks, FIRST_COMPLETED));
    }

    static void waitWithTimeout(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 3));
        log(t, "wait", Asyncio.wait(tasks, seconds(2)));
        t.attempt("b", () -> await(tasks.getLast()));
    }

    static void waitWithTimeoutNotReached(Trace t) {
        log(t, "wait", Asyncio.wait(List.of(worker(t, "a", 1)), seconds(2)));
        sleep(seconds(5));
    }

    static void waitWithTimeoutAndCompletionInOneIteration(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 1));
        sleep(ZERO);
        log(t, "wait", Asyncio.wait(tasks, seconds(1)));
    }

    static void waitWithTimeoutWhenOneOfTwoCompletes(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 2));
        sleep(ZERO);
        log(t, "wait", Asyncio.wait(tasks, seconds(1)));
        log(t, "rest", Asyncio.wait(tasks));
    }

    static void waitWithTimeoutOfZero(Trace t) {
        var tasks = List.of(worker(t, "a", 0), worker(t, "b", 1));
        t.ticks(4);
        log(t, "zero", Asyncio.wait(tasks, ZERO));
        log(t, "negative", Asyncio.wait(tasks, seconds(-1)));
    }

    static void waitForFirstFailureWithTimeout(Trace t) {
        var tasks = List.of(failing(t, "a", 1), worker(t, "b", 3));
        log(t, "wait", Asyncio.wait(tasks, FIRST_EXCEPTION, seconds(2)));
    }

    static void waitOfDoneTasks(Trace t) {
        var tasks = List.of(worker(t, "a", 0), worker(t, "b", 0));
        sleep(seconds(1));
        t.ticks(4);
        log(t, "wait", Asyncio.wait(tasks));
    }

    static void waitLatency(Trace t) {
        Future<Void> future = ensureFuture(coroutine(() -> sleep(ZERO)));
        t.ticks(6);
        Asyncio.wait(List.of(future));
        t.log("main");
    }

    static void waitEmptyIsRefused(Trace t) {
        t.attempt("wait", () -> Asyncio.wait(List.of()));
    }

    static void waitDuplicates(Trace t) {
        Task<String> task = worker(t, "a", 1);
        log(t, "wait", Asyncio.wait(List.of(task, task)));
    }

    static void waitCancelled(Trace t) {
        var tasks = List.of(worker(t, "a", 3), worker(t, "b", 2));
        Task<Void> task = createTask(() -> log(t, "wait", Asyncio.wait(tasks)));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
        log(t, "after", Asyncio.wait(tasks));
    }

    static void waitTwiceAtTheSameTime(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 2));
        await(gather(
                () -> log(t, "first", Asyncio.wait(tasks, FIRST_COMPLETED)),
                () -> log(t, "second", Asyncio.wait(tasks, FIRST_COMPLETED))));
    }

    static void waitThenCancelPending(Trace t) {
        var tasks = List.of(worker(t, "a", 1), createTask("b", () -> t.tidy("b", 9, 1)), worker(t, "c", 9));
        WaitResult<Task<String>> result = Asyncio.wait(tasks, seconds(2));
        result.pending().stream().sorted(comparing(Task::name)).forEach(Task::cancel);
        log(t, "cancelled", Asyncio.wait(result.pending()));
    }
}
