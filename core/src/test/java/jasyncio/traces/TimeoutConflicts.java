package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.timeoutAt;
import static jasyncio.traces.Timeouts.scope;
import static jasyncio.traces.Trace.at;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.TimedAction;
import jasyncio.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A deadline against other deadlines, other tasks and cancellation from outside. */
final class TimeoutConflicts {
    private TimeoutConflicts() {}

    static void timeoutNestedInnerExpires(Trace t) {
        scope(t, "outer", Timeout.after(seconds(2)), () -> {
            scope(t, "inner", Timeout.after(seconds(1)), () -> t.worker("a", 9));
            sleep(seconds(0.5));
        });
    }

    static void timeoutNestedOuterExpires(Trace t) {
        scope(t, "outer", Timeout.after(seconds(1)), () -> {
            Timeout scope = Timeout.after(seconds(2));
            try {
                scope.run(() -> t.worker("a", 9));
            } finally {
                t.log("inner expired " + show(scope.expired()));
            }
        });
    }

    static void timeoutNestedSameDeadline(Trace t) {
        scope(t, "outer", Timeout.at(at(1)), () -> {
            try {
                timeoutAt(at(1), () -> t.worker("a", 9));
            } catch (TimeoutException e) {
                t.log("inner timed out");
                throw e;
            }
        });
        t.log("cancelling " + currentTask().cancelling());
    }

    static void timeoutNestedSameDeadlineInnerHandled(Trace t) {
        scope(t, "outer", Timeout.at(at(1)), () -> scope(t, "inner", Timeout.at(at(1)), () -> t.worker("a", 9)));
        t.log("cancelling " + currentTask().cancelling());
        sleep(seconds(1));
    }

    static void timeoutNestedOuterExpiresInCleanupOfInner(Trace t) {
        scope(t, "outer", Timeout.after(seconds(2)), () -> timeout(seconds(1), () -> t.tidy("a", 9, 5)));
        t.log("cancelling " + currentTask().cancelling());
    }

    static void timeoutTaskCancelledFromOutside(Trace t) {
        Task<Void> task = createTask(() -> scope(t, "scope", Timeout.after(seconds(5)), () -> t.worker("a", 9)));
        sleep(seconds(1));
        task.cancel("outside");
        t.attempt("task", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void timeoutAndOutsideCancelInOneIteration(Trace t) {
        Task<Void> task = createTask(() -> scope(t, "scope", Timeout.after(seconds(1)), () -> t.worker("a", 9)));
        sleep(ZERO);
        t.loop().callLater(seconds(1), () -> t.attempt("cancel", () -> task.cancel("outside")));
        t.attempt("task", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void outsideCancelJustBeforeTimeout(Trace t) {
        List<Task<Void>> task = new ArrayList<>();
        t.loop()
                .callLater(
                        seconds(1),
                        () -> t.attempt("cancel", () -> task.getFirst().cancel("outside")));
        task.add(createTask(() -> scope(t, "scope", Timeout.after(seconds(1)), () -> t.worker("a", 9))));
        t.attempt("task", () -> await(task.getFirst()));
        t.log("cancelling " + task.getFirst().cancelling());
    }

    static void outsideCancelInCleanupOfTimeout(Trace t) {
        Task<Void> task = createTask(() -> scope(t, "scope", Timeout.after(seconds(1)), () -> t.tidy("a", 9, 5)));
        sleep(seconds(2));
        task.cancel("outside");
        t.attempt("task", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void timeoutInCleanupOfCancelledTask(Trace t) {
        Task<Void> task = createTask(() -> {
            try {
                sleep(seconds(9));
            } finally {
                t.log("cancelling " + currentTask().cancelling());
                scope(t, "scope", Timeout.after(seconds(1)), () -> t.worker("cleanup", 5));
                t.log("cancelling " + currentTask().cancelling());
            }
        });
        sleep(seconds(1));
        task.cancel("outside");
        t.attempt("task", () -> await(task));
    }

    static void timeoutBodyRaisesCancelledItself(Trace t) {
        TimedAction<RuntimeException> body = () -> {
            throw new CancelledError("own");
        };
        scope(t, "scope", Timeout.after(seconds(1)), body);
    }

    static void timeoutWhenAwaitedTaskIsCancelledByOthers(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 9));
        t.loop().callLater(seconds(1), () -> inner.cancel("inner"));
        scope(t, "scope", Timeout.after(seconds(5)), () -> await(inner));
    }

    static void timeoutCancelsTheAwaitedTask(Trace t) {
        Task<String> inner = createTask(() -> t.tidy("inner", 9, 1));
        scope(t, "scope", Timeout.after(seconds(1)), () -> await(inner));
        t.outcome("inner", inner);
    }

    static void timeoutAroundShield(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 3));
        scope(t, "scope", Timeout.after(seconds(1)), () -> await(shield(inner)));
        t.log("inner " + await(inner));
    }
}
