package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.Action;
import jasyncio.Task;
import jasyncio.sync.Lock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Lock: fair, owned by nobody, not handed over. */
final class Locks {
    private Locks() {}

    private static Lock takenLock() {
        var lock = new Lock();
        lock.acquire();
        return lock;
    }

    /** Tasks that wait for the lock by the time this returns. */
    private static List<Task<Void>> waiters(Trace t, Lock lock, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> t.holder(name, lock::acquire, 1)));
        }
        sleep(ZERO);
        return tasks;
    }

    private static void locked(Trace t, Lock lock) {
        t.attempt("locked", lock::locked);
    }

    static void lockFreeOneIsTakenWithoutYielding(Trace t) {
        t.ticks(1);
        var lock = new Lock();
        locked(t, lock);
        lock.acquire();
        locked(t, lock);
        lock.release();
        locked(t, lock);
    }

    static void lockFirstComeFirstServed(Trace t) {
        var lock = new Lock();
        await(gather(
                () -> t.holder("a", lock::acquire, 1),
                () -> t.holder("b", lock::acquire, 1),
                () -> t.holder("c", lock::acquire, 1),
                () -> t.holder("d", lock::acquire, 1)));
        locked(t, lock);
    }

    static void lockWakeLatency(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = waiters(t, lock, "a").getFirst();
        t.ticks(4);
        lock.release();
        t.log("released");
        await(a);
    }

    static void lockReleaseDoesNotHandOver(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        lock.release();
        t.attempt("locked before the waiter's step", lock::locked);
        sleep(ZERO);
        t.attempt("locked after it", lock::locked);
        await(gather(tasks));
    }

    static void lockNewcomerQueuesBehindTheWoken(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        lock.release();
        locked(t, lock);
        t.holder("newcomer", lock::acquire, 1);
        await(gather(tasks));
    }

    static void lockNewcomerMayPassTheCancelled(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        tasks.forEach(Task::cancel);
        lock.release();
        t.ticks(2);
        t.holder("newcomer", lock::acquire, 1);
        t.attempt("a", () -> await(tasks.get(0)));
        t.attempt("b", () -> await(tasks.get(1)));
    }

    static void lockWaiterCancelledBeforeItsTurn(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b", "c");
        tasks.get(1).cancel("b");
        t.attempt("b", () -> await(tasks.get(1)));
        lock.release();
        await(gather(tasks.get(0), tasks.get(2)));
    }

    static void lockWaiterCancelledThenReleased(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        t.ticks(4);
        tasks.get(0).cancel("a");
        lock.release();
        locked(t, lock);
        t.attempt("a", () -> await(tasks.get(0)));
        await(tasks.get(1));
    }

    static void lockCancelledAfterWakePassesItOn(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        t.ticks(4);
        lock.release();
        tasks.get(0).cancel("a");
        t.attempt("a", () -> await(tasks.get(0)));
        locked(t, lock);
        await(tasks.get(1));
    }

    static void lockSeveralCancelledAfterWake(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b", "c", "d");
        t.ticks(5);
        lock.release();
        tasks.subList(0, 3).forEach(Task::cancel);
        t.attempt("d", () -> await(tasks.get(3)));
        tasks.subList(0, 3).forEach(task -> t.outcome("other", task));
    }

    static void lockCancelledAfterWakeWithNobodyElse(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = waiters(t, lock, "a").getFirst();
        lock.release();
        a.cancel();
        t.attempt("a", () -> await(a));
        locked(t, lock);
        lock.acquire();
        locked(t, lock);
    }

    static void lockCancelledWaiterLeavesAHeldLockAlone(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        tasks.get(0).cancel();
        t.attempt("a", () -> await(tasks.get(0)));
        locked(t, lock);
        t.outcome("b", tasks.get(1));
        lock.release();
        await(tasks.get(1));
    }

    static void lockHolderCancelled(Trace t) {
        var lock = new Lock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        tasks.get(0).cancel("a");
        t.attempt("a", () -> await(tasks.get(0)));
        await(tasks.get(1));
    }

    static void lockHolderFails(Trace t) {
        var lock = new Lock();
        Action<RuntimeException> failing = () -> {
            try (var _ = lock.acquire()) {
                t.failing("a", 1);
            }
        };
        Task<Void> a = createTask(failing);
        Task<Void> b = waiters(t, lock, "b").getFirst();
        t.attempt("a", () -> await(a));
        await(b);
        t.attempt("again", failing);
        locked(t, lock);
    }

    static void lockReleasedWhenNotLocked(Trace t) {
        var lock = new Lock();
        t.attempt("never taken", lock::release);
        lock.acquire();
        t.attempt("taken", lock::release);
        t.attempt("twice", lock::release);
    }

    static void lockReleasedTwiceWithAWaiter(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = waiters(t, lock, "a").getFirst();
        t.attempt("once", lock::release);
        t.attempt("twice", lock::release);
        await(a);
    }

    static void lockReleasedByAnotherTask(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = waiters(t, lock, "a").getFirst();
        await(createTask(() -> t.attempt("release", lock::release)));
        await(a);
    }

    static void lockReleasedByACallback(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = waiters(t, lock, "a").getFirst();
        t.loop().callLater(seconds(2), lock::release);
        await(a);
    }

    static void lockIsNotReentrant(Trace t) {
        Lock lock = takenLock();
        t.attempt(
                "second",
                () -> timeout(seconds(1), () -> {
                    lock.acquire();
                }));
        locked(t, lock);
    }

    static void lockTimeoutAroundAcquire(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = waiters(t, lock, "a").getFirst();
        Action<TimeoutException> impatient = () -> impatient(t, lock);
        Task<Void> b = createTask(impatient);
        t.attempt("impatient", () -> await(b));
        lock.release();
        await(a);
        t.attempt("patient", impatient);
    }

    static void lockTimeoutWhenItIsReleased(Trace t) {
        Lock lock = takenLock();
        t.loop().callLater(seconds(1), lock::release);
        Task<Void> a = createTask(() -> impatient(t, lock));
        sleep(ZERO);
        Task<Void> b = waiters(t, lock, "b").getFirst();
        t.attempt("impatient", () -> await(a));
        await(b);
    }

    private static void impatient(Trace t, Lock lock) throws TimeoutException {
        timeout(seconds(1), () -> t.holder("impatient", lock::acquire, 1));
    }

    static void lockTakenInTurns(Trace t) {
        var lock = new Lock();
        t.ticks(9);
        await(gather(() -> turns(t, lock, "a"), () -> turns(t, lock, "b"), () -> turns(t, lock, "c")));
    }

    private static void turns(Trace t, Lock lock, String name) {
        for (int number = 0; number < 3; number++) {
            try (var _ = lock.acquire()) {
                t.log(name + " " + number);
                sleep(ZERO);
            }
        }
    }

    static void lockGreedyTaskDoesNotStarveOthers(Trace t) {
        Lock lock = takenLock();
        List<Task<Void>> tasks = waiters(t, lock, "a", "b");
        lock.release();
        for (int number = 0; number < 4; number++) {
            try (var _ = lock.acquire()) {
                t.log("greedy " + number);
            }
        }
        await(gather(tasks));
    }

    static void lockAskedForByATaskCancelledBeforeItsStart(Trace t) {
        Lock lock = takenLock();
        Task<Void> a = createTask(() -> t.holder("a", lock::acquire, 1));
        a.cancel();
        Task<Void> b = waiters(t, lock, "b").getFirst();
        lock.release();
        t.attempt("a", () -> await(a));
        await(b);
    }

    static void lockFailureReachesTheWaitersThroughTheLock(Trace t) {
        var lock = new Lock();
        t.attempt(
                "group",
                () -> taskGroup(g -> {
                    g.createTask(() -> failAsHolder(lock));
                    g.createTask(() -> t.holder("a", lock::acquire, 1));
                    g.createTask(() -> t.holder("b", lock::acquire, 1));
                }));
        locked(t, lock);
        t.holder("afterwards", lock::acquire, 0);
    }

    private static void failAsHolder(Lock lock) {
        try (var _ = lock.acquire()) {
            sleep(seconds(1));
            throw new Failed("holder");
        }
    }
}
