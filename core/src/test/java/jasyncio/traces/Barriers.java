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
import jasyncio.sync.Barrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/** Barrier: fills, drains, and opens again; or breaks. */
final class Barriers {
    private Barriers() {}

    private static void party(Trace t, Barrier barrier, String name) {
        t.log(name + " comes");
        t.attempt(name, () -> barrier.await());
    }

    private static List<Task<Void>> comers(Trace t, Barrier barrier, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> party(t, barrier, name)));
        }
        return tasks;
    }

    /** Tasks that have come to the barrier by the time this returns. */
    private static List<Task<Void>> parties(Trace t, Barrier barrier, String... names) {
        List<Task<Void>> tasks = comers(t, barrier, names);
        sleep(ZERO);
        return tasks;
    }

    private static void state(Trace t, Barrier barrier) {
        t.log("waiting " + barrier.waiting() + " of " + barrier.parties() + ", broken " + show(barrier.broken()));
    }

    static void barrierIndicesAreTheOrderOfArrival(Trace t) {
        await(gather(comers(t, new Barrier(4), "a", "b", "c", "d")));
    }

    static void barrierLatency(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b");
        t.ticks(7);
        party(t, barrier, "main");
        await(gather(tasks));
    }

    static void barrierForOneDoesNotYield(Trace t) {
        var barrier = new Barrier(1);
        t.ticks(1);
        for (int number = 0; number < 2; number++) {
            party(t, barrier, "main");
            state(t, barrier);
        }
    }

    static void barrierForNobodyIsRefused(Trace t) {
        t.attempt("none", () -> new Barrier(0));
        t.attempt("fewer", () -> new Barrier(-1));
    }

    static void barrierCountsWhoWaits(Trace t) {
        var barrier = new Barrier(3);
        state(t, barrier);
        var tasks = new ArrayList<Task<Void>>();
        for (String name : List.of("a", "b", "c")) {
            tasks.addAll(parties(t, barrier, name));
            state(t, barrier);
        }
        await(gather(tasks));
        state(t, barrier);
    }

    static void barrierIsUsedAgain(Trace t) {
        var barrier = new Barrier(3);
        await(gather(
                () -> rounds(t, barrier, "a", seconds(3)),
                () -> rounds(t, barrier, "b", seconds(1)),
                () -> rounds(t, barrier, "c", seconds(2))));
    }

    private static void rounds(Trace t, Barrier barrier, String name, Duration delay) throws BrokenBarrierException {
        for (int number = 0; number < 3; number++) {
            sleep(delay);
            t.log(name + " is " + barrier.await() + " in round " + number);
        }
    }

    static void barrierRoundsWithoutPause(Trace t) {
        var barrier = new Barrier(2);
        await(gather(() -> roundsWithoutPause(t, barrier, "a"), () -> roundsWithoutPause(t, barrier, "b")));
    }

    private static void roundsWithoutPause(Trace t, Barrier barrier, String name) throws BrokenBarrierException {
        for (int number = 0; number < 3; number++) {
            t.log(name + " is " + barrier.await() + " in round " + number);
        }
    }

    static void barrierNewcomersWaitForTheNextRound(Trace t) {
        var barrier = new Barrier(2);
        await(gather(comers(t, barrier, "a", "b", "c", "d", "e", "f")));
        state(t, barrier);
    }

    static void barrierNewcomerLeftOver(Trace t) {
        var barrier = new Barrier(2);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b", "c");
        sleep(seconds(1));
        state(t, barrier);
        t.outcome("c", tasks.get(2));
        party(t, barrier, "d");
        await(gather(tasks));
    }

    static void barrierDrainsSlowly(Trace t) {
        var barrier = new Barrier(3);
        await(gather(() -> watched(t, barrier, "a"), () -> watched(t, barrier, "b"), () -> watched(t, barrier, "c")));
        state(t, barrier);
    }

    private static void watched(Trace t, Barrier barrier, String name) throws BrokenBarrierException {
        t.log(name + " is " + barrier.await());
        state(t, barrier);
    }

    static void barrierAbortedWithPartiesWaiting(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b");
        t.ticks(5);
        barrier.abort();
        t.log("aborted");
        state(t, barrier);
        await(gather(tasks));
        state(t, barrier);
        party(t, barrier, "late");
    }

    static void barrierAbortedWhenEmpty(Trace t) {
        var barrier = new Barrier(2);
        barrier.abort();
        state(t, barrier);
        t.ticks(1);
        party(t, barrier, "late");
    }

    static void barrierAbortedWhileDraining(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b", "c", "d");
        barrier.abort();
        await(gather(tasks));
        state(t, barrier);
    }

    static void barrierResetAfterAbort(Trace t) {
        var barrier = new Barrier(2);
        List<Task<Void>> tasks = parties(t, barrier, "a");
        barrier.abort();
        await(gather(tasks));
        barrier.reset();
        state(t, barrier);
        await(gather(comers(t, barrier, "b", "c")));
    }

    static void barrierResetBeforeTheAbortedHaveLeft(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b");
        barrier.abort();
        barrier.reset();
        state(t, barrier);
        var _ = parties(t, barrier, "c");
        await(gather(tasks));
        sleep(seconds(1));
        state(t, barrier);
    }

    static void barrierResetWhileFilling(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b");
        t.ticks(5);
        barrier.reset();
        t.log("reset");
        state(t, barrier);
        await(gather(tasks));
        state(t, barrier);
        await(gather(comers(t, barrier, "c", "d", "e")));
    }

    static void barrierResetWhenEmpty(Trace t) {
        var barrier = new Barrier(2);
        barrier.reset();
        state(t, barrier);
        await(gather(comers(t, barrier, "a", "b")));
    }

    static void barrierResetWhileDraining(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b", "c");
        barrier.reset();
        t.log("reset");
        await(gather(tasks));
        state(t, barrier);
        await(gather(comers(t, barrier, "d", "e", "f")));
    }

    static void barrierNewcomersWhileResetting(Trace t) {
        var barrier = new Barrier(2);
        List<Task<Void>> tasks = parties(t, barrier, "a");
        tasks.addAll(comers(t, barrier, "b", "c"));
        barrier.reset();
        sleep(ZERO);
        state(t, barrier);
        await(gather(tasks));
        state(t, barrier);
    }

    static void barrierResetTwice(Trace t) {
        var barrier = new Barrier(2);
        List<Task<Void>> tasks = parties(t, barrier, "a");
        barrier.reset();
        barrier.reset();
        tasks.addAll(comers(t, barrier, "b", "c"));
        await(gather(tasks));
        state(t, barrier);
    }

    static void barrierOneWaiterCancelled(Trace t) {
        var barrier = new Barrier(3);
        Task<Void> a = createTask(() -> t.log("a is " + barrier.await()));
        Task<Void> b = createTask(() -> t.log("b is " + barrier.await()));
        sleep(ZERO);
        a.cancel("why");
        t.attempt("a", () -> await(a));
        sleep(seconds(1));
        state(t, barrier);
        t.outcome("b", b);
        Task<Void> c = createTask(() -> t.log("c is " + barrier.await()));
        Task<Void> d = createTask(() -> t.log("d is " + barrier.await()));
        await(gather(b, c, d));
    }

    static void barrierOnlyWaiterCancelled(Trace t) {
        var barrier = new Barrier(2);
        Task<Void> a = parties(t, barrier, "a").getFirst();
        a.cancel("why");
        t.attempt("a", () -> await(a));
        state(t, barrier);
        await(gather(comers(t, barrier, "b", "c")));
    }

    static void barrierWaiterCancelledWhenItIsFull(Trace t) {
        var barrier = new Barrier(3);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b", "c");
        tasks.getFirst().cancel("too late");
        await(gather(tasks));
        state(t, barrier);
    }

    static void barrierNewcomerCancelledWhileDraining(Trace t) {
        var barrier = new Barrier(2);
        List<Task<Void>> tasks = parties(t, barrier, "a", "b", "c", "d");
        tasks.get(2).cancel("why");
        await(gather(tasks.subList(0, 3)));
        sleep(seconds(1));
        state(t, barrier);
        party(t, barrier, "e");
    }

    static void barrierTimeout(Trace t) {
        var barrier = new Barrier(2);
        t.attempt("alone", () -> timeout(seconds(1), () -> barrier.await()));
        state(t, barrier);
        Task<Void> a = createTask(() -> party(t, barrier, "a"));
        t.attempt("in time", () -> timeout(seconds(1), () -> barrier.await()));
        await(a);
    }

    static void barrierTimeoutThenAbort(Trace t) {
        var barrier = new Barrier(4);
        await(gather(() -> impatient(t, barrier), () -> party(t, barrier, "a"), () -> party(t, barrier, "b")));
        state(t, barrier);
    }

    private static void impatient(Trace t, Barrier barrier) throws BrokenBarrierException {
        try {
            timeout(seconds(2), () -> barrier.await());
        } catch (TimeoutException expected) {
            t.log("gives up");
            barrier.abort();
        }
    }
}
