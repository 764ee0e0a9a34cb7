package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import java.util.List;

/** shield: the inner task goes on when the outer future is cancelled. */
final class Shields {
    private Shields() {}

    static void shieldPassesResult(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 1));
        Future<String> outer = shield(inner);
        t.log("same " + show(outer == inner));
        t.log("result " + await(outer));
    }

    static void shieldPassesFailure(Trace t) {
        t.attempt("outer", () -> await(shield(() -> t.failing("inner", 1))));
    }

    static void shieldLatency(Trace t) {
        Future<String> inner = t.loop().createFuture();
        Future<String> outer = shield(inner);
        t.ticks(4);
        inner.setResult("value");
        t.outcome("outer", outer);
        t.log("result " + await(outer));
    }

    static void shieldOuterCancelled(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 2));
        Future<String> outer = shield(inner);
        t.loop().callLater(seconds(1), () -> t.attempt("cancel", () -> outer.cancel("outer")));
        t.attempt("outer", () -> await(outer));
        t.outcome("inner", inner);
        t.attempt("inner", () -> await(inner));
    }

    static void shieldAwaitingTaskCancelled(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 3));
        Task<Void> task = createTask(() -> {
            try {
                await(shield(inner));
            } catch (CancelledError cancellation) {
                t.log("waiter cancelled");
                t.log("waiter waits again: " + await(inner));
                throw cancellation;
            }
        });
        sleep(seconds(1));
        task.cancel();
        t.attempt("task", () -> await(task));
    }

    static void shieldAwaitedOnlyOnceIsNoLongerProtected(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 5));
        Task<Void> task = createTask(() -> {
            try {
                await(shield(inner));
            } catch (CancelledError cancellation) {
                await(inner);
                throw cancellation;
            }
        });
        for (int number = 0; number < 2; number++) {
            sleep(seconds(1));
            task.cancel();
        }
        t.attempt("task", () -> await(task));
        t.outcome("inner", inner);
    }

    static void shieldInnerCancelled(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 10));
        Future<String> outer = shield(inner);
        sleep(seconds(1));
        inner.cancel("inner");
        t.attempt("outer", () -> await(outer));
        t.attempt("outer cancelled", outer::cancelled);
    }

    static void shieldOfDoneFutureIsItself(Trace t) {
        Future<String> inner = t.loop().createFuture();
        inner.setResult("value");
        Future<String> outer = shield(inner);
        t.log("same " + show(outer == inner));
        Future<String> failed = t.loop().createFuture();
        failed.setException(new Failed("boom"));
        t.attempt("failed", () -> await(shield(failed)));
    }

    static void shieldOfCoroutineCancelled(Trace t) {
        Future<String> outer = shield(coroutine(() -> t.worker("inner", 2)));
        sleep(seconds(1));
        outer.cancel();
        t.attempt("outer", () -> await(outer));
        sleep(seconds(2));
    }

    static void shieldTwice(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 2));
        Future<String> first = shield(inner);
        Future<String> second = shield(inner);
        sleep(seconds(1));
        first.cancel();
        t.attempt("first", () -> await(first));
        t.attempt("second", () -> await(second));
    }

    static void shieldOfShield(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 2));
        Future<String> middle = shield(inner);
        Future<String> outer = shield(middle);
        sleep(seconds(1));
        outer.cancel();
        t.attempt("outer", () -> await(outer));
        t.attempt("middle", () -> await(middle));
    }

    static void shieldOuterCancelledWhenInnerIsDone(Trace t) {
        Future<String> inner = t.loop().createFuture();
        Future<String> outer = shield(inner);
        inner.setResult("value");
        t.attempt("cancel", () -> outer.cancel("why"));
        t.attempt("outer", () -> await(outer));
        t.outcome("inner", inner);
        sleep(ZERO);
    }

    static void shieldInGather(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 3));
        Future<List<String>> gathered = gather(shield(inner), coroutine(() -> t.worker("other", 3)));
        sleep(seconds(1));
        gathered.cancel();
        t.attempt("gathered", () -> await(gathered));
        t.attempt("inner", () -> await(inner));
    }
}
