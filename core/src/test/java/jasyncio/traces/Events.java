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

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.sync.Event;
import java.util.ArrayList;
import java.util.List;

/** Event: setting it wakes all who wait, whatever happens to it next. */
final class Events {
    private Events() {}

    private static void waiter(Trace t, Event event, String name) {
        t.log(name + " waits");
        try {
            event.await();
        } catch (CancelledError cancellation) {
            t.log(name + " " + describe(cancellation));
            throw cancellation;
        }
        t.log(name + " goes on, set " + show(event.isSet()));
    }

    /** Tasks that wait for the event by the time this returns. */
    private static List<Task<Void>> waiters(Trace t, Event event, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> waiter(t, event, name)));
        }
        sleep(ZERO);
        return tasks;
    }

    static void eventThatIsSetDoesNotYield(Trace t) {
        var event = new Event();
        t.attempt("set", event::isSet);
        event.set();
        t.attempt("set", event::isSet);
        t.ticks(1);
        waiter(t, event, "main");
    }

    static void eventWakesAllInOrder(Trace t) {
        var event = new Event();
        List<Task<Void>> tasks = waiters(t, event, "a", "b", "c");
        sleep(seconds(1));
        event.set();
        t.log("set");
        await(gather(tasks));
    }

    static void eventWakeLatency(Trace t) {
        var event = new Event();
        Task<Void> a = waiters(t, event, "a").getFirst();
        t.ticks(3);
        event.set();
        await(a);
    }

    static void eventSetByATimer(Trace t) {
        var event = new Event();
        t.loop().callLater(seconds(2), event::set);
        waiter(t, event, "main");
    }

    static void eventSetTwice(Trace t) {
        var event = new Event();
        Task<Void> a = waiters(t, event, "a").getFirst();
        event.set();
        event.set();
        Task<Void> b = waiters(t, event, "b").getFirst();
        await(gather(a, b));
    }

    static void eventClearedAfterSetStrandsNobody(Trace t) {
        var event = new Event();
        List<Task<Void>> tasks = waiters(t, event, "a", "b");
        event.set();
        event.clear();
        t.attempt("set", event::isSet);
        await(gather(tasks));
    }

    static void eventNewcomerAfterClearWaits(Trace t) {
        var event = new Event();
        Task<Void> a = waiters(t, event, "a").getFirst();
        event.set();
        event.clear();
        Task<Void> b = createTask(() -> waiter(t, event, "b"));
        await(a);
        sleep(seconds(1));
        t.outcome("b", b);
        event.set();
        await(b);
    }

    static void eventClearedByTheFirstWoken(Trace t) {
        var event = new Event();
        Task<Void> a = createTask(() -> {
            waiter(t, event, "a");
            event.clear();
        });
        Task<Void> b = createTask(() -> waiter(t, event, "b"));
        sleep(seconds(1));
        event.set();
        await(gather(a, b));
    }

    static void eventWaiterCancelled(Trace t) {
        var event = new Event();
        List<Task<Void>> tasks = waiters(t, event, "a", "b", "c");
        tasks.get(1).cancel("why");
        t.attempt("b", () -> await(tasks.get(1)));
        event.set();
        await(gather(tasks.get(0), tasks.get(2)));
    }

    static void eventWaiterCancelledAfterSet(Trace t) {
        var event = new Event();
        List<Task<Void>> tasks = waiters(t, event, "a", "b");
        event.set();
        tasks.get(0).cancel("too late");
        t.attempt("a", () -> await(tasks.get(0)));
        t.attempt("b", () -> await(tasks.get(1)));
        t.attempt("set", event::isSet);
    }

    static void eventSetAfterWaiterCancelledInOneIteration(Trace t) {
        var event = new Event();
        List<Task<Void>> tasks = waiters(t, event, "a", "b");
        tasks.get(0).cancel();
        event.set();
        t.attempt("a", () -> await(tasks.get(0)));
        t.attempt("b", () -> await(tasks.get(1)));
    }

    static void eventTimeout(Trace t) {
        var event = new Event();
        t.attempt("first", () -> timeout(seconds(1), () -> waiter(t, event, "first")));
        t.loop().callLater(seconds(1), event::set);
        t.attempt("second", () -> timeout(seconds(2), () -> waiter(t, event, "second")));
    }

    static void eventSetWhenTheTimeoutExpires(Trace t) {
        var event = new Event();
        t.loop().callLater(seconds(1), event::set);
        t.attempt("waiter", () -> timeout(seconds(1), () -> waiter(t, event, "waiter")));
    }

    static void eventPulses(Trace t) {
        var event = new Event();
        Task<Void> a = createTask(() -> countPulses(t, event, "a"));
        Task<Void> b = createTask(() -> countPulses(t, event, "b"));
        for (int number = 0; number < 3; number++) {
            sleep(seconds(1));
            event.set();
            event.clear();
        }
        await(gather(a, b));
    }

    private static void countPulses(Trace t, Event event, String name) {
        for (int number = 0; number < 3; number++) {
            event.await();
            t.log(name + " sees pulse " + number);
        }
    }

    static void eventTwoTasksHandOver(Trace t) {
        var ping = new Event();
        var pong = new Event();
        t.ticks(8);
        ping.set();
        await(gather(() -> play(t, "ping", ping, pong), () -> play(t, "pong", pong, ping)));
    }

    private static void play(Trace t, String name, Event mine, Event other) {
        for (int number = 0; number < 3; number++) {
            mine.await();
            mine.clear();
            t.log(name + " " + number);
            other.set();
        }
    }

    static void eventEagerWaiter(Trace t) {
        var event = new Event();
        Task<Void> a = t.eager(() -> waiter(t, event, "a"));
        event.set();
        Task<Void> b = t.eager(() -> waiter(t, event, "b"));
        t.outcome("a", a);
        t.outcome("b", b);
        await(a);
    }
}
