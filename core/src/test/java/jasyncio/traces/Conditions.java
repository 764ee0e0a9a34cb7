package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.describe;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Task;
import jasyncio.sync.Condition;
import jasyncio.sync.Lock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Condition: waits without its lock, leaves with it. */
final class Conditions {
    private Conditions() {}

    static void waiter(Trace t, Condition condition, String name) {
        try (var _ = condition.acquire()) {
            t.log(name + " waits");
            try {
                condition.await();
            } catch (Throwable e) {
                t.log(name + " " + describe(e) + ", locked " + show(condition.locked()));
                throw e;
            }
            t.log(name + " goes on, locked " + show(condition.locked()));
        }
    }

    /** Tasks that wait for news by the time this returns. */
    static List<Task<Void>> waiters(Trace t, Condition condition, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> waiter(t, condition, name)));
        }
        sleep(ZERO);
        return tasks;
    }

    static void signal(Condition condition, int count) {
        try (var _ = condition.acquire()) {
            condition.signal(count);
        }
    }

    static void signalAll(Condition condition) {
        try (var _ = condition.acquire()) {
            condition.signalAll();
        }
    }

    static void conditionWaitReleasesTheLock(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        t.attempt("locked", condition::locked);
        t.ticks(1);
        condition.acquire();
        t.log("main has the lock");
        condition.signal();
        t.attempt("locked", condition::locked);
        condition.release();
        await(a);
        t.attempt("locked", condition::locked);
    }

    static void conditionWaitOnAFreeLockIsRefused(Trace t) {
        var condition = new Condition();
        t.attempt("wait", () -> condition.await());
    }

    static void conditionNotifyOnAFreeLockIsRefused(Trace t) {
        var condition = new Condition();
        t.attempt("notify", () -> condition.signal());
        t.attempt("notify all", condition::signalAll);
        Task<Void> a = waiters(t, condition, "a").getFirst();
        t.attempt("notify", () -> condition.signal());
        t.attempt("release", condition::release);
        signal(condition, 1);
        await(a);
    }

    static void conditionNotifyLatency(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        t.ticks(4);
        signal(condition, 1);
        t.log("notified");
        await(a);
    }

    static void conditionNotifyWakesOneAtATime(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b", "c");
        for (int number = 0; number < 3; number++) {
            sleep(seconds(1));
            signal(condition, 1);
        }
        await(gather(tasks));
    }

    static void conditionNotifySeveral(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b", "c", "d", "e");
        for (int count : List.of(0, 2, 100)) {
            t.log("notify " + count);
            signal(condition, count);
            sleep(seconds(1));
        }
        await(gather(tasks));
    }

    static void conditionNotifyAllWakesAll(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b", "c");
        t.ticks(6);
        signalAll(condition);
        await(gather(tasks));
    }

    static void conditionNotifyWithoutWaitersIsForgotten(Trace t) {
        var condition = new Condition();
        signal(condition, 3);
        Task<Void> a = waiters(t, condition, "a").getFirst();
        sleep(seconds(1));
        t.outcome("a", a);
    }

    static void conditionNotifiedWaitsForTheLock(Trace t) {
        var condition = new Condition();
        List<Task<Void>> tasks = waiters(t, condition, "a", "b");
        condition.acquire();
        condition.signalAll();
        sleep(seconds(1));
        t.log("release");
        condition.release();
        await(gather(tasks));
    }

    static void conditionNewcomerGetsTheLockBeforeTheNotified(Trace t) {
        var condition = new Condition();
        Task<Void> a = waiters(t, condition, "a").getFirst();
        condition.acquire();
        Task<Void> newcomer = createTask(() -> t.holder("newcomer", condition::acquire, 1));
        sleep(ZERO);
        condition.signal();
        condition.release();
        await(gather(a, newcomer));
    }

    static void conditionWaitForAPredicate(Trace t) {
        var condition = new Condition();
        var stock = new ArrayList<String>();
        Task<Void> task = createTask(() -> {
            try (var _ = condition.acquire()) {
                condition.awaitFor(() -> {
                    t.log("asked at " + stock.size() + ", locked " + show(condition.locked()));
                    return stock.size() >= 3;
                });
                t.log("enough, locked " + show(condition.locked()));
            }
        });
        while (!task.done()) {
            sleep(seconds(1));
            try (var _ = condition.acquire()) {
                stock.add("item");
                condition.signal();
            }
            sleep(ZERO);
            sleep(ZERO);
        }
        await(task);
    }

    static void conditionWaitForWhatIsTrueDoesNotYield(Trace t) {
        var condition = new Condition();
        t.ticks(1);
        try (var _ = condition.acquire()) {
            condition.awaitFor(() -> true);
            t.log("true");
        }
    }

    static void conditionWaitForBecomesFalseAgain(Trace t) {
        var condition = new Condition();
        var stock = new ArrayDeque<String>();
        var tasks = new ArrayList<Task<Void>>();
        for (String name : List.of("a", "b")) {
            tasks.add(createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.awaitFor(() -> !stock.isEmpty());
                    t.log(name + " takes " + stock.remove());
                }
            }));
        }
        for (String item : List.of("first", "second")) {
            sleep(seconds(1));
            try (var _ = condition.acquire()) {
                stock.add(item);
                condition.signalAll();
            }
        }
        await(gather(tasks));
    }

    static void conditionWaitForFailingPredicate(Trace t) {
        var condition = new Condition();
        var stock = new ArrayList<String>();
        Task<Void> a = createTask(() -> {
            try (var _ = condition.acquire()) {
                condition.awaitFor(() -> {
                    t.log("asked");
                    if (!stock.isEmpty()) {
                        throw new Failed("predicate");
                    }
                    return false;
                });
            }
        });
        Task<Void> b = waiters(t, condition, "b").getFirst();
        stock.add("item");
        signal(condition, 1);
        t.attempt("a", () -> await(a));
        t.attempt("locked", condition::locked);
        sleep(seconds(1));
        t.outcome("b", b);
    }

    static void conditionTwoShareALock(Trace t) {
        var lock = new Lock();
        var full = new Condition(lock);
        var empty = new Condition(lock);
        Task<Void> a = waiters(t, full, "a").getFirst();
        Task<Void> b = waiters(t, empty, "b").getFirst();
        signalAll(full);
        sleep(seconds(1));
        t.outcome("a", a);
        t.outcome("b", b);
        try (var _ = lock.acquire()) {
            empty.signalAll();
            t.log("locked " + show(full.locked()) + " " + show(empty.locked()));
        }
        await(b);
    }

    static void conditionTimeout(Trace t) {
        var condition = new Condition();
        t.attempt("a", () -> timeout(seconds(1), () -> waiter(t, condition, "a")));
        t.attempt("locked", condition::locked);
    }

    static void conditionTimeoutInsideTheLock(Trace t) {
        var condition = new Condition();
        try (var _ = condition.acquire()) {
            try {
                timeout(seconds(1), () -> condition.await());
            } catch (TimeoutException expected) {
                t.log("timed out, locked " + show(condition.locked()));
            }
        }
        t.attempt("locked", condition::locked);
    }

    static void conditionTimeoutWaitsForTheLock(Trace t) {
        var condition = new Condition();
        Task<Void> a = createTask(() -> timeout(seconds(1), () -> waiter(t, condition, "a")));
        sleep(ZERO);
        t.holder("other", condition::acquire, 3);
        t.attempt("a", () -> await(a));
    }

    static void conditionProducersAndConsumers(Trace t) {
        var condition = new Condition();
        var stock = new ArrayDeque<String>();
        await(gather(
                () -> produce(t, condition, stock, "p"),
                () -> produce(t, condition, stock, "q"),
                () -> consume(t, condition, stock, "c", 2),
                () -> consume(t, condition, stock, "d", 4)));
    }

    private static void produce(Trace t, Condition condition, ArrayDeque<String> stock, String name) {
        for (int number = 0; number < 3; number++) {
            try (var _ = condition.acquire()) {
                condition.awaitFor(() -> stock.size() < 2);
                stock.add(name + number);
                t.log(name + " puts " + number);
                condition.signalAll();
            }
        }
    }

    private static void consume(Trace t, Condition condition, ArrayDeque<String> stock, String name, int count) {
        for (int number = 0; number < count; number++) {
            try (var _ = condition.acquire()) {
                condition.awaitFor(() -> !stock.isEmpty());
                t.log(name + " gets " + stock.remove());
                condition.signalAll();
            }
            sleep(seconds(1));
        }
    }
}
