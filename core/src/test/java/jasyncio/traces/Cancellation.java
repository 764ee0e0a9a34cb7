package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import java.util.List;

/** Cancelling one task: when it arrives, what it replaces and who counts it. */
final class Cancellation {
    private Cancellation() {}

    static void cancelBeforeStart(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        t.attempt("cancel", () -> task.cancel("why"));
        t.outcome("task", task);
        t.attempt("await", () -> await(task));
        t.attempt("cancelled", task::cancelled);
    }

    static void cancelWhileSleeping(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 10));
        sleep(seconds(1));
        t.attempt("cancel", () -> task.cancel("why"));
        t.outcome("task", task);
        t.log("cancelling " + task.cancelling());
        t.attempt("await", () -> await(task));
        t.attempt("cancelled", task::cancelled);
        t.attempt("cancel again", () -> task.cancel());
    }

    static void cancelWithoutMessage(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 10));
        sleep(seconds(1));
        task.cancel();
        t.attempt("await", () -> await(task));
    }

    static void cancelLatency(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 10));
        sleep(ZERO);
        task.cancel();
        t.ticks(4);
        t.attempt("await", () -> await(task));
    }

    static void cancelTwiceSameIteration(Trace t) {
        Task<String> task = createTask(() -> t.stubborn("a", 10, 1));
        sleep(ZERO);
        t.attempt("first", () -> task.cancel("first"));
        t.attempt("second", () -> task.cancel("second"));
        t.log("cancelling " + task.cancelling());
        t.attempt("await", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void cancelTwiceBeforeStart(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        task.cancel("first");
        task.cancel("second");
        t.attempt("await", () -> await(task));
    }

    static void cancelTwiceInCleanup(Trace t) {
        Task<String> task = createTask(() -> t.tidy("a", 10, 5));
        sleep(seconds(1));
        task.cancel("first");
        sleep(seconds(1));
        task.cancel("second");
        t.attempt("await", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void cancelFinallyAwaits(Trace t) {
        Task<String> task = createTask(() -> t.tidy("a", 10, 5));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("await", () -> await(task));
    }

    static void cancelNestedFinallyBlocksAwait(Trace t) {
        Task<Void> task = createTask(() -> nested(t, 2));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("await", () -> await(task));
    }

    private static void nested(Trace t, int depth) {
        try {
            if (depth > 0) {
                nested(t, depth - 1);
            } else {
                sleep(seconds(10));
            }
        } finally {
            t.log("finally " + depth);
            sleep(seconds(1));
            t.log("finally " + depth + " ends");
        }
    }

    static void cleanupFailureReplacesCancellation(Trace t) {
        Task<String> task = createTask(() -> t.clumsy("a", 10, 1));
        sleep(seconds(1));
        task.cancel();
        t.attempt("await", () -> await(task));
        t.attempt("cancelled", task::cancelled);
    }

    static void catchAndReturn(Trace t) {
        Task<String> task = createTask(() -> t.stubborn("a", 10, 0));
        sleep(seconds(1));
        task.cancel();
        t.attempt("await", () -> await(task));
        t.attempt("cancelled", task::cancelled);
        t.log("cancelling " + task.cancelling());
    }

    static void catchAndGoOn(Trace t) {
        Task<String> task = createTask(() -> {
            for (int number = 0; number < 3; number++) {
                t.attempt("sleep " + number, () -> sleep(seconds(2)));
            }
            return "done";
        });
        sleep(seconds(1));
        task.cancel("first");
        sleep(seconds(3));
        task.cancel("second");
        t.log("result " + await(task) + ", cancelling " + task.cancelling());
    }

    static void cancelledErrorWithoutCancel(Trace t) {
        Action<RuntimeException> own = () -> {
            sleep(seconds(1));
            throw new CancelledError("own");
        };
        Task<Void> task = createTask(own);
        t.attempt("await", () -> await(task));
        t.attempt("cancelled", task::cancelled);
        t.log("cancelling " + task.cancelling());
    }

    static void uncancelClearsUndeliveredCancellation(Trace t) {
        Task<String> task = createTask(() -> {
            t.log("body");
            sleep(seconds(1));
            return "value";
        });
        task.cancel("why");
        t.log("cancelling " + task.cancelling());
        t.log("uncancel " + task.uncancel());
        t.attempt("await", () -> await(task));
    }

    static void uncancelOneOfTwoKeepsCancellation(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        task.cancel("first");
        task.cancel("second");
        t.log("uncancel " + task.uncancel());
        t.attempt("await", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void uncancelDoesNotRecallADeliveredCancellation(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 10));
        sleep(seconds(1));
        task.cancel("why");
        t.log("uncancel " + task.uncancel());
        t.attempt("await", () -> await(task));
    }

    static void uncancelStopsAtZero(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        t.log("uncancel " + task.uncancel());
        t.log("cancelling " + task.cancelling());
        t.log("result " + await(task));
    }

    static void cancelAfterFutureDone(Trace t) {
        Future<String> future = t.loop().createFuture();
        Task<Void> task = createTask(() -> {
            try {
                t.log("value " + await(future));
            } catch (CancelledError cancellation) {
                t.log("waiter " + Words.describe(cancellation));
                throw cancellation;
            }
        });
        sleep(ZERO);
        future.setResult("value");
        t.attempt("cancel", () -> task.cancel("why"));
        t.outcome("future", future);
        t.attempt("await", () -> await(task));
    }

    static void cancelAfterFutureFailed(Trace t) {
        Future<String> future = t.loop().createFuture();
        Task<Void> task = createTask(() -> t.attempt("waiter", () -> await(future)));
        sleep(ZERO);
        future.setException(new Failed("boom"));
        task.cancel("why");
        t.attempt("await", () -> await(task));
    }

    static void cancelWhenChildIsDone(Trace t) {
        Task<String> child = createTask(() -> t.worker("child", 1));
        Task<Void> task = createTask(() -> t.log("child gave " + await(child)));
        child.addDoneCallback(_ -> t.attempt("cancel", () -> task.cancel("why")));
        t.attempt("await", () -> await(task));
        t.outcome("child", child);
    }

    static void cancelWhenTimerIsDue(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        sleep(ZERO);
        t.loop().callLater(seconds(1), () -> t.attempt("cancel", () -> task.cancel("why")));
        t.attempt("await", () -> await(task));
    }

    static void cancelLastStep(Trace t) {
        Task<String> task = createTask(() -> {
            currentTask().cancel("own");
            t.log("returns");
            return "value";
        });
        t.attempt("await", () -> await(task));
        t.attempt("cancelled", task::cancelled);
    }

    static void cancelSelfThenRaise(Trace t) {
        Action<RuntimeException> own = () -> {
            currentTask().cancel("own");
            throw new Failed("boom");
        };
        Task<Void> task = createTask(own);
        t.attempt("await", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void cancelSelfThenSuspend(Trace t) {
        t.ticks(4);
        Task<String> task = createTask(() -> {
            currentTask().cancel("own");
            t.log("goes on");
            Future<String> done = t.loop().createFuture();
            done.setResult("value");
            t.attempt("await of done future", () -> await(done));
            t.attempt("sleep of zero", () -> sleep(ZERO));
            t.attempt("second sleep", () -> sleep(ZERO));
            return "value";
        });
        t.attempt("await", () -> await(task));
    }

    static void cancelSelfThenAwaitFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        t.ticks(4);
        Task<String> task = createTask(() -> {
            currentTask().cancel("own");
            t.attempt("await of future", () -> await(future));
            return "value";
        });
        t.attempt("await", () -> await(task));
        t.outcome("future", future);
    }

    static void cancelStopsTheTimerOfSleep(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 10));
        sleep(seconds(1));
        task.cancel();
        Asyncio.wait(List.of(task));
        sleep(seconds(20));
    }

    static void cancelCurrentTaskFromCallback(Trace t) {
        Task<?> task = currentTask();
        t.loop().callLater(seconds(1), () -> task.cancel("from callback"));
        t.attempt("sleep", () -> sleep(seconds(10)));
        t.log("uncancel " + task.uncancel());
        sleep(seconds(1));
    }

    static void cancelAwaitedFutureFromOutside(Trace t) {
        Future<String> future = t.loop().createFuture();
        t.loop().callLater(seconds(1), () -> future.cancel("future only"));
        t.attempt("await", () -> await(future));
        t.log("cancelling " + currentTask().cancelling());
    }

    static void cancelWhileReadyToRun(Trace t) {
        Task<Void> task = createTask(() -> {
            for (int number = 0; number < 5; number++) {
                t.log("spin " + number);
                sleep(ZERO);
            }
        });
        sleep(ZERO);
        sleep(ZERO);
        task.cancel("why");
        t.attempt("await", () -> await(task));
    }

    static void cancelMainEndsCancelled(Trace t) {
        currentTask().cancel("main");
        sleep(seconds(1));
    }

    static void messageOfACancelledTaskIsReadOnce(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 10));
        sleep(seconds(1));
        task.cancel("why");
        Asyncio.wait(List.of(task));
        t.attempt("first", task::result);
        t.attempt("second", task::result);
        t.attempt("exception", task::exception);
        t.attempt("await", () -> await(task));
    }
}
