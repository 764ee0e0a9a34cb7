package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Queues.drain;
import static jasyncio.traces.Queues.filled;
import static jasyncio.traces.Queues.getters;
import static jasyncio.traces.Queues.putters;
import static jasyncio.traces.Queues.state;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.Task;
import jasyncio.queue.Queue;
import java.util.List;

/** Queue: a turn that a cancelled task cannot take goes to the next one, and no item is lost. */
final class QueueCancellation {
    private QueueCancellation() {}

    static void queueGetterCancelled(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b");
        tasks.get(0).cancel("why");
        await(tasks.get(0));
        queue.putNowait("item");
        await(tasks.get(1));
    }

    static void queueGetterCancelledAfterWakePassesItOn(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b", "c");
        t.ticks(4);
        queue.putNowait("item");
        tasks.get(0).cancel("a");
        tasks.get(1).cancel("b");
        await(gather(tasks));
    }

    static void queueGetterCancelledAfterWakeLosesNoItem(Trace t) {
        var queue = new Queue<String>();
        Task<Void> a = getters(t, queue, "a").getFirst();
        queue.putNowait("item");
        a.cancel();
        await(a);
        state(t, queue);
        t.attempt("main", () -> queue.get());
    }

    static void queueGetterCancelledAfterItsItemWasTaken(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b", "c");
        queue.putNowait("first");
        t.log("main got " + queue.getNowait());
        tasks.get(0).cancel();
        await(tasks.get(0));
        sleep(seconds(1));
        for (String item : List.of("second", "third")) {
            queue.putNowait(item);
            sleep(seconds(1));
        }
        await(gather(tasks.get(1), tasks.get(2)));
    }

    static void queuePutterCancelledAfterItsRoomWasTaken(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a", "b", "c");
        t.log("got " + queue.getNowait());
        queue.putNowait("newcomer");
        tasks.get(0).cancel();
        await(tasks.get(0));
        for (int number = 0; number < 3; number++) {
            sleep(seconds(1));
            t.log("got " + queue.getNowait());
        }
        await(gather(tasks.get(1), tasks.get(2)));
    }

    static void queuePutAfterGetterCancelledInOneIteration(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b");
        t.ticks(3);
        tasks.get(0).cancel();
        queue.putNowait("item");
        await(gather(tasks));
    }

    static void queuePutterCancelled(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a", "b");
        tasks.get(0).cancel("why");
        await(tasks.get(0));
        t.attempt("main", () -> queue.get());
        await(tasks.get(1));
        drain(t, queue);
    }

    static void queuePutterCancelledAfterWakePassesItOn(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a", "b", "c");
        t.ticks(4);
        t.attempt("main", () -> queue.get());
        tasks.get(0).cancel("a");
        tasks.get(1).cancel("b");
        await(gather(tasks));
        drain(t, queue);
    }

    static void queuePutterCancelledAfterWakeLeavesRoom(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        Task<Void> a = putters(t, queue, "a").getFirst();
        t.attempt("main", () -> queue.get());
        a.cancel();
        await(a);
        state(t, queue);
    }

    static void queueJoinerCancelled(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "item");
        Task<Void> a = createTask(() -> t.attempt("a", queue::join));
        Task<Void> b = createTask(() -> t.attempt("b", queue::join));
        sleep(ZERO);
        a.cancel("why");
        await(a);
        queue.taskDone();
        await(b);
    }
}
