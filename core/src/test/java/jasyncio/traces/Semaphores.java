package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Task;
import jasyncio.sync.BoundedSemaphore;
import jasyncio.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;

/** Semaphore: fair, and a permit is taken on behalf of the task that is woken. */
final class Semaphores {
    private Semaphores() {}

    /** Tasks that wait for a permit by the time this returns. */
    private static List<Task<Void>> waiters(Trace t, Semaphore semaphore, String... names) {
        List<Task<Void>> tasks = comers(t, semaphore, names);
        sleep(ZERO);
        return tasks;
    }

    private static List<Task<Void>> comers(Trace t, Semaphore semaphore, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> t.holder(name, semaphore::acquire, 1)));
        }
        return tasks;
    }

    private static void locked(Trace t, Semaphore semaphore) {
        t.attempt("locked", semaphore::locked);
    }

    static void semaphoreFreePermitsAreTakenWithoutYielding(Trace t) {
        var semaphore = new Semaphore(3);
        t.ticks(1);
        for (int number = 0; number < 3; number++) {
            locked(t, semaphore);
            semaphore.acquire();
        }
        locked(t, semaphore);
        semaphore.release();
        locked(t, semaphore);
    }

    static void semaphoreLimitsHowMany(Trace t) {
        var semaphore = new Semaphore(2);
        await(gather(
                () -> t.holder("a", semaphore::acquire, 3),
                () -> t.holder("b", semaphore::acquire, 1),
                () -> t.holder("c", semaphore::acquire, 1),
                () -> t.holder("d", semaphore::acquire, 2),
                () -> t.holder("e", semaphore::acquire, 1)));
        locked(t, semaphore);
    }

    static void semaphoreWakeLatency(Trace t) {
        var semaphore = new Semaphore(0);
        Task<Void> a = waiters(t, semaphore, "a").getFirst();
        t.ticks(3);
        semaphore.release();
        locked(t, semaphore);
        await(a);
    }

    static void semaphoreLockedWithWaiters(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        for (int number = 0; number < 4; number++) {
            semaphore.release();
            t.log("released " + number + ", locked " + show(semaphore.locked()));
        }
        sleep(ZERO);
        locked(t, semaphore);
        await(gather(tasks));
    }

    static void semaphoreNewcomerQueuesBehindTheWoken(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        semaphore.release();
        t.holder("newcomer", semaphore::acquire, 1);
        await(gather(tasks));
    }

    static void semaphoreNewcomersAreWokenByThoseBefore(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a");
        t.ticks(4);
        semaphore.release();
        semaphore.release();
        semaphore.release();
        tasks.addAll(comers(t, semaphore, "m", "n", "o"));
        t.holder("main", semaphore::acquire, 1);
        await(gather(tasks));
    }

    static void semaphoreManyPermitsAtOnce(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b", "c", "d");
        for (int number = 0; number < 3; number++) {
            semaphore.release();
        }
        await(gather(tasks));
    }

    static void semaphoreWaiterCancelledBeforeItsTurn(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        tasks.get(0).cancel("a");
        t.attempt("a", () -> await(tasks.get(0)));
        semaphore.release();
        await(tasks.get(1));
    }

    static void semaphoreReleasedAfterCancelInOneIteration(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        t.ticks(3);
        tasks.get(0).cancel("a");
        semaphore.release();
        locked(t, semaphore);
        t.attempt("a", () -> await(tasks.get(0)));
        await(tasks.get(1));
    }

    static void semaphoreCancelledAfterWakeGivesItBack(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        t.ticks(3);
        semaphore.release();
        tasks.get(0).cancel("a");
        t.attempt("a", () -> await(tasks.get(0)));
        await(tasks.get(1));
    }

    static void semaphoreCancelledAfterWakeWithNobodyElse(Trace t) {
        var semaphore = new Semaphore(0);
        Task<Void> a = waiters(t, semaphore, "a").getFirst();
        semaphore.release();
        a.cancel();
        locked(t, semaphore);
        t.attempt("a", () -> await(a));
        locked(t, semaphore);
        semaphore.acquire();
        locked(t, semaphore);
    }

    static void semaphoreSeveralCancelledAfterWake(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b", "c", "d", "e");
        t.ticks(4);
        semaphore.release();
        semaphore.release();
        tasks.subList(0, 3).forEach(Task::cancel);
        await(gather(tasks.get(3), tasks.get(4)));
        tasks.subList(0, 3).forEach(task -> t.outcome("other", task));
    }

    static void semaphoreNewcomerBehindCancelledWaiters(Trace t) {
        var semaphore = new Semaphore(0);
        waiters(t, semaphore, "a", "b").forEach(Task::cancel);
        semaphore.release();
        locked(t, semaphore);
        t.ticks(1);
        t.holder("newcomer", semaphore::acquire, 0);
    }

    static void semaphoreReleasedWithoutAcquireGrows(Trace t) {
        var semaphore = new Semaphore(1);
        semaphore.release();
        semaphore.release();
        for (int number = 0; number < 3; number++) {
            locked(t, semaphore);
            semaphore.acquire();
        }
        locked(t, semaphore);
    }

    static void semaphoreOfFewerThanNoneIsRefused(Trace t) {
        t.attempt("negative", () -> new Semaphore(-1));
        t.attempt("bounded", () -> new BoundedSemaphore(-1));
    }

    static void semaphoreTimeout(Trace t) {
        var semaphore = new Semaphore(1);
        semaphore.acquire();
        t.attempt("first", () -> timeout(seconds(1), () -> t.holder("first", semaphore::acquire, 1)));
        t.loop().callLater(seconds(1), semaphore::release);
        t.attempt("second", () -> timeout(seconds(3), () -> t.holder("second", semaphore::acquire, 1)));
        locked(t, semaphore);
    }

    static void semaphoreTimeoutWhenItIsReleased(Trace t) {
        var semaphore = new Semaphore(0);
        t.loop().callLater(seconds(1), semaphore::release);
        t.attempt("first", () -> timeout(seconds(1), () -> t.holder("first", semaphore::acquire, 1)));
        locked(t, semaphore);
    }

    static void semaphoreHolderCancelled(Trace t) {
        var semaphore = new Semaphore(1);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        tasks.get(0).cancel("a");
        t.attempt("a", () -> await(tasks.get(0)));
        await(tasks.get(1));
    }

    static void semaphoreHolderFails(Trace t) {
        var semaphore = new Semaphore(1);
        t.attempt("a", () -> {
            try (var _ = semaphore.acquire()) {
                t.failing("a", 1);
            }
        });
        locked(t, semaphore);
    }

    static void semaphoreGreedyTaskDoesNotStarveOthers(Trace t) {
        var semaphore = new Semaphore(0);
        List<Task<Void>> tasks = waiters(t, semaphore, "a", "b");
        semaphore.release();
        for (int number = 0; number < 3; number++) {
            try (var _ = semaphore.acquire()) {
                t.log("greedy " + number);
            }
        }
        await(gather(tasks));
    }

    static void semaphoreReleasedByACallback(Trace t) {
        var semaphore = new Semaphore(0);
        t.loop().callLater(seconds(1), semaphore::release);
        t.loop().callLater(seconds(2), semaphore::release);
        await(gather(() -> t.holder("a", semaphore::acquire, 5), () -> t.holder("b", semaphore::acquire, 5)));
    }

    static void boundedSemaphoreReleasedTooOften(Trace t) {
        var semaphore = new BoundedSemaphore(2);
        t.attempt("nothing is out", semaphore::release);
        semaphore.acquire();
        semaphore.acquire();
        t.attempt("one of two", semaphore::release);
        t.attempt("two of two", semaphore::release);
        t.attempt("three of two", semaphore::release);
    }

    static void boundedSemaphoreReleasedWithWaiters(Trace t) {
        var semaphore = new BoundedSemaphore(1);
        semaphore.acquire();
        Task<Void> a = waiters(t, semaphore, "a").getFirst();
        t.attempt("once", semaphore::release);
        t.attempt("twice", semaphore::release);
        t.attempt("a", () -> await(a));
        locked(t, semaphore);
    }

    static void boundedSemaphoreCancelledAfterWake(Trace t) {
        var semaphore = new BoundedSemaphore(1);
        semaphore.acquire();
        Task<Void> a = waiters(t, semaphore, "a").getFirst();
        semaphore.release();
        a.cancel();
        t.attempt("a", () -> await(a));
        t.attempt("release", semaphore::release);
        locked(t, semaphore);
    }
}
