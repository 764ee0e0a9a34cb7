package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Conditions.signal;
import static jasyncio.traces.Conditions.waiters;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Task;
import jasyncio.sync.Condition;
import java.util.List;

/** Condition: a cancelled wait leaves with the lock too, and passes on news it may have got. */
final class ConditionCancellation {
    private ConditionCancellation() {}

    static void conditionCancelledWhileWaiting(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b");
        t.ticks(3);
        tasks.get(0).cancel("why");
        t.attempt("a", () -> await(tasks.get(0)));
        t.attempt("locked", condition::locked);
        sleep(seconds(1));
        t.outcome("b", tasks.get(1));
    }

    static void conditionCancelledWhileWaitingAndTheLockIsHeld(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        condition.acquire();
        a.cancel("why");
        sleep(seconds(1));
        t.outcome("a", a);
        condition.release();
        t.attempt("a", () -> await(a));
        t.attempt("locked", condition::locked);
    }

    static void conditionCancelledWhileReacquiring(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        condition.acquire();
        condition.signal();
        sleep(seconds(1));
        t.log("cancel");
        a.cancel("why");
        sleep(seconds(1));
        t.outcome("a", a);
        condition.release();
        t.attempt("a", () -> await(a));
        t.attempt("locked", condition::locked);
    }

    static void conditionLastCancellationWins(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        condition.acquire();
        for (String message : List.of("first", "second", "third")) {
            t.attempt(message, () -> a.cancel(message));
            sleep(seconds(1));
            t.outcome("a", a);
        }
        condition.release();
        t.attempt("a", () -> await(a));
        t.attempt("cancelling", a::cancelling);
    }

    static void conditionTwoCancelsInOneIteration(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        condition.acquire();
        condition.signal();
        sleep(ZERO);
        a.cancel("first");
        a.cancel("second");
        sleep(seconds(1));
        condition.release();
        t.attempt("a", () -> await(a));
    }

    static void conditionCancelledAfterNotifyPassesItOn(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b", "c");
        signal(condition, 1);
        t.ticks(5);
        tasks.get(0).cancel();
        t.attempt("a", () -> await(tasks.get(0)));
        t.attempt("b", () -> await(tasks.get(1)));
        sleep(seconds(1));
        t.outcome("c", tasks.get(2));
    }

    static void conditionCancelledWhileReacquiringPassesItOn(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b", "c");
        condition.acquire();
        condition.signal();
        sleep(seconds(1));
        tasks.get(0).cancel();
        sleep(seconds(1));
        condition.release();
        t.attempt("a", () -> await(tasks.get(0)));
        t.attempt("b", () -> await(tasks.get(1)));
        sleep(seconds(1));
        t.outcome("c", tasks.get(2));
    }

    static void conditionCancelledWithoutNewsWakesAnother(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b");
        tasks.get(1).cancel();
        t.attempt("b", () -> await(tasks.get(1)));
        sleep(ZERO);
        sleep(ZERO);
        t.outcome("a", tasks.get(0));
    }

    static void conditionManyCancelledAfterNotify(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b", "c", "d");
        signal(condition, 2);
        tasks.get(0).cancel("a");
        tasks.get(1).cancel("b");
        t.attempt("c", () -> await(tasks.get(2)));
        t.attempt("d", () -> await(tasks.get(3)));
        t.outcome("a", tasks.get(0));
        t.outcome("b", tasks.get(1));
    }

    static void conditionWaitForCancelled(Trace t) {
        var condition = new Condition();
        Task<Void> a = createTask(() -> {
            try (var _ = condition.acquire()) {
                t.attempt("a", () -> condition.awaitFor(() -> false));
                t.log("a locked " + show(condition.locked()));
            }
        });
        sleep(seconds(1));
        a.cancel("why");
        t.attempt("task", () -> await(a));
        t.attempt("locked", condition::locked);
    }
}
