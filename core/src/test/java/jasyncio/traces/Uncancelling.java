package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TimerHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cancellations that are taken back, by a program and by a timeout that it makes itself. */
final class Uncancelling {
    private Uncancelling() {}

    static void uncancelAfterFutureDone(Trace t) {
        Future<String> future = t.loop().createFuture();
        Task<String> task = createTask(() -> await(future));
        sleep(ZERO);
        future.setResult("value");
        task.cancel("why");
        t.log("cancelling " + task.cancelling());
        t.log("uncancel " + task.uncancel());
        t.attempt("await", () -> await(task));
    }

    static void uncancelBetweenTwoCancellations(Trace t) {
        Task<Void> task = createTask(() -> {
            try {
                sleep(seconds(10));
            } catch (CancelledError cancellation) {
                t.log("first " + Words.describe(cancellation));
                t.log("uncancel " + currentTask().uncancel());
                sleep(seconds(10));
            }
        });
        sleep(seconds(1));
        t.attempt("cancel", () -> task.cancel("first"));
        t.log("cancelling " + task.cancelling());
        sleep(seconds(1));
        t.log("cancelling " + task.cancelling());
        t.attempt("cancel", () -> task.cancel("second"));
        t.attempt("await", () -> await(task));
        t.log("uncancel " + task.uncancel());
        t.outcome("task", task);
    }

    static void timeoutMadeByHand(Trace t) {
        await(createTask(() -> limited(t, "slow", 10, 1)));
        await(createTask(() -> limited(t, "quick", 1, 10)));
        Task<Void> cancelled = createTask(() -> limited(t, "cancelled", 10, 2));
        t.loop().callLater(seconds(1), () -> cancelled.cancel("from outside"));
        t.attempt("await", () -> await(cancelled));
        Task<Void> both = createTask(() -> limited(t, "both", 10, 2));
        t.loop().callLater(seconds(2), () -> both.cancel("from outside"));
        t.attempt("await", () -> await(both));
        t.log("cancelling " + both.cancelling());
    }

    private static void limited(Trace t, String name, double delay, double limit) {
        Task<?> task = currentTask();
        var expired = new AtomicBoolean();
        TimerHandle timer = t.loop().callLater(seconds(limit), () -> {
            expired.set(true);
            task.cancel();
        });
        try {
            t.worker(name, delay);
        } catch (CancelledError cancellation) {
            if (!expired.get() || task.uncancel() > 0) {
                throw cancellation;
            }
            t.log(name + " timed out");
        } finally {
            timer.cancel();
        }
        sleep(ZERO);
        t.log(name + " goes on, cancelling " + task.cancelling());
    }
}
