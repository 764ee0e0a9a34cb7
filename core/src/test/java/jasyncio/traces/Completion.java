package jasyncio.traces;

import static jasyncio.Asyncio.asCompleted;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Waiting.failing;
import static jasyncio.traces.Waiting.worker;

import jasyncio.Task;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** asCompleted. */
final class Completion {
    private Completion() {}

    static void asCompletedInOrderOfCompletion(Trace t) {
        var tasks = List.of(worker(t, "a", 2), worker(t, "b", 1), worker(t, "c", 3));
        for (Task<String> task : asCompleted(tasks)) {
            t.log(task.name() + " is tasks[" + tasks.indexOf(task) + "], result " + await(task));
        }
    }

    static void asCompletedAllAtOnce(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 1), worker(t, "c", 1));
        t.loop().callLater(seconds(1), () -> t.ticks(5));
        for (Task<String> task : asCompleted(tasks)) {
            t.log(task.name());
        }
    }

    static void asCompletedWithSlowConsumer(Trace t) {
        var tasks = List.of(worker(t, "a", 2), worker(t, "b", 1), worker(t, "c", 3));
        for (Task<String> task : asCompleted(tasks)) {
            sleep(seconds(5));
            t.log(task.name());
        }
    }

    static void asCompletedOfDoneTask(Trace t) {
        Task<String> task = worker(t, "a", 0);
        await(task);
        t.ticks(4);
        for (Task<String> each : asCompleted(List.of(task))) {
            t.log(each.name());
        }
    }

    static void asCompletedWithFailures(Trace t) {
        var tasks = List.of(worker(t, "a", 2), failing(t, "b", 1), worker(t, "c", 9));
        t.loop().callLater(seconds(3), () -> tasks.getLast().cancel("why"));
        for (Task<String> task : asCompleted(tasks)) {
            t.attempt(task.name(), () -> await(task));
        }
    }

    static void asCompletedTimesOut(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 3), worker(t, "c", 4));
        try {
            for (Task<String> task : asCompleted(tasks, seconds(2))) {
                t.log(task.name() + " completed");
            }
        } catch (TimeoutException e) {
            t.log("timed out");
        }
        sleep(seconds(5));
    }

    static void asCompletedTimeoutNotReached(Trace t) throws TimeoutException {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 2));
        for (Task<String> task : asCompleted(tasks, seconds(3))) {
            t.log(task.name() + " completed");
        }
        sleep(seconds(5));
    }

    static void asCompletedBeforeTheTimeoutWithSlowConsumer(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 1.5), worker(t, "c", 9));
        try {
            for (Task<String> task : asCompleted(tasks, seconds(2))) {
                t.log(task.name() + " completed");
                sleep(seconds(3));
            }
        } catch (TimeoutException e) {
            t.log("timed out");
        }
    }

    static void asCompletedEmpty(Trace t) {
        for (Task<String> task : asCompleted(List.<Task<String>>of())) {
            t.log(task.name() + " completed");
        }
        t.log("end");
    }

    static void asCompletedDuplicates(Trace t) {
        Task<String> task = worker(t, "a", 1);
        for (Task<String> each : asCompleted(List.of(task, task))) {
            t.log(each.name() + " completed");
        }
    }

    static void asCompletedLeftEarly(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 2));
        for (Task<String> task : asCompleted(tasks)) {
            t.log(task.name() + " completed");
            break;
        }
        t.attempt("b", () -> await(tasks.getLast()));
    }

    static void asCompletedCancelled(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 3));
        Task<Void> waiter = createTask(() -> {
            for (Task<String> task : asCompleted(tasks)) {
                t.log(task.name() + " completed");
            }
        });
        sleep(seconds(2));
        waiter.cancel("why");
        t.attempt("task", () -> await(waiter));
        t.attempt("b", () -> await(tasks.getLast()));
    }

    static void asCompletedInTimeoutScope(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 3));
        try {
            timeout(seconds(2), () -> {
                for (Task<String> task : asCompleted(tasks)) {
                    t.log(task.name() + " completed");
                }
            });
        } catch (TimeoutException e) {
            t.log("timed out");
        }
        t.log("b " + await(tasks.getLast()));
    }

    static void asCompletedFailsInTheBody(Trace t) {
        var tasks = List.of(worker(t, "a", 1), worker(t, "b", 2));
        try {
            for (Task<String> task : asCompleted(tasks)) {
                throw new Failed("body for " + task.name());
            }
        } catch (Failed failure) {
            t.log("failed: " + failure.getMessage());
        }
        sleep(seconds(2));
    }
}
