package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Asyncio;
import jasyncio.Task;
import jasyncio.queue.LifoQueue;
import jasyncio.queue.PriorityQueue;
import jasyncio.queue.Queue;
import java.util.ArrayList;
import java.util.List;

/** Queue: order, room, and who gets the next item. */
final class Queues {
    private Queues() {}

    static void putter(Trace t, Queue<String> queue, String name) {
        t.attempt(name + " put", () -> queue.put(name));
    }

    /** Tasks that wait for an item by the time this returns. */
    static List<Task<Void>> getters(Trace t, Queue<?> queue, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> t.attempt(name, () -> queue.get())));
        }
        sleep(ZERO);
        return tasks;
    }

    /** Tasks that wait for room by the time this returns. */
    static List<Task<Void>> putters(Trace t, Queue<String> queue, String... names) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(createTask(() -> putter(t, queue, name)));
        }
        sleep(ZERO);
        return tasks;
    }

    static void state(Trace t, Queue<?> queue) {
        t.log("size " + queue.size() + " of " + queue.maxSize() + ", empty " + show(queue.empty()) + ", full "
                + show(queue.full()));
    }

    static <Q extends Queue<String>> Q filled(Q queue, String... items) {
        List.of(items).forEach(queue::putNowait);
        return queue;
    }

    static void drain(Trace t, Queue<?> queue) {
        while (!queue.empty()) {
            t.log("got " + queue.getNowait());
        }
    }

    private static List<Queue<String>> kinds(int maxSize) {
        return List.of(new Queue<>(maxSize), new LifoQueue<>(maxSize), PriorityQueue.natural(maxSize));
    }

    static void queueOrders(Trace t) {
        for (Queue<String> queue : kinds(0)) {
            drain(t, filled(queue, "c", "a", "d", "b"));
        }
    }

    static void queueOrdersOfPutAndGetMixed(Trace t) {
        for (Queue<String> queue : kinds(0)) {
            filled(queue, "d", "b");
            t.log("got " + queue.get());
            queue.put("a");
            queue.put("c");
            drain(t, queue);
        }
    }

    static void queueSizes(Trace t) {
        for (int size : List.of(0, 2, -1)) {
            var queue = new Queue<String>(size);
            state(t, queue);
            for (String item : List.of("a", "b")) {
                queue.putNowait(item);
                state(t, queue);
            }
        }
    }

    static void queueWithRoomAndItemsDoesNotYield(Trace t) {
        var queue = new Queue<String>(1);
        t.ticks(1);
        for (String item : List.of("a", "b", "c")) {
            queue.put(item);
            t.log("got " + queue.get());
        }
    }

    static void queueGetLatency(Trace t) {
        var queue = new Queue<String>();
        Task<Void> a = getters(t, queue, "a").getFirst();
        t.ticks(3);
        queue.putNowait("item");
        state(t, queue);
        await(a);
        state(t, queue);
    }

    static void queuePutLatency(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        Task<Void> a = putters(t, queue, "a").getFirst();
        t.ticks(3);
        t.log("got " + queue.getNowait());
        state(t, queue);
        await(a);
        state(t, queue);
    }

    static void queueNowaitRefusals(Trace t) {
        for (Queue<String> queue : kinds(1)) {
            t.attempt("get", queue::getNowait);
            t.attempt("put", () -> queue.putNowait("a"));
            t.attempt("put", () -> queue.putNowait("b"));
            t.attempt("get", queue::getNowait);
            t.attempt("get", queue::getNowait);
        }
    }

    static void queueGettersAreServedInOrder(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b", "c");
        for (String item : List.of("first", "second", "third")) {
            sleep(seconds(1));
            queue.putNowait(item);
        }
        await(gather(tasks));
    }

    static void queueGettersAreServedAtOnce(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b", "c");
        t.ticks(3);
        filled(queue, "first", "second", "third", "fourth");
        await(gather(tasks));
        state(t, queue);
    }

    static void queuePuttersAreServedInOrder(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a", "b", "c");
        for (int number = 0; number < 4; number++) {
            sleep(seconds(1));
            t.log("got " + queue.getNowait());
        }
        await(gather(tasks));
    }

    static void queueNewcomerMayTakeTheItem(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b");
        queue.putNowait("first");
        t.log("main got " + queue.getNowait());
        sleep(seconds(1));
        t.outcome("a", tasks.get(0));
        queue.putNowait("second");
        sleep(seconds(1));
        queue.putNowait("third");
        await(gather(tasks));
    }

    static void queueNewcomerMayTakeTheRoom(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a", "b");
        t.log("got " + queue.getNowait());
        putter(t, queue, "main");
        sleep(seconds(1));
        for (int number = 0; number < 3; number++) {
            t.log("got " + queue.get());
        }
        await(gather(tasks));
    }

    static void queueTimeouts(Trace t) {
        var queue = new Queue<String>(1);
        t.attempt("get", () -> timeout(seconds(1), () -> queue.get()));
        t.loop().callLater(seconds(1), () -> queue.putNowait("item"));
        t.attempt("get", () -> timeout(seconds(2), () -> queue.get()));
        queue.putNowait("item");
        t.attempt("put", () -> timeout(seconds(1), () -> queue.put("other")));
        t.loop().callLater(seconds(1), queue::getNowait);
        t.attempt("put", () -> timeout(seconds(2), () -> queue.put("other")));
        drain(t, queue);
    }

    static void queueItemPutWhenTheTimeoutExpires(Trace t) {
        var queue = new Queue<String>();
        t.loop().callLater(seconds(1), () -> queue.putNowait("item"));
        t.attempt("get", () -> timeout(seconds(1), () -> queue.get()));
        state(t, queue);
    }

    static void queueJoinWaitsForEveryItem(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b");
        Task<Void> joiner = createTask(() -> t.attempt("join", queue::join));
        for (int number = 0; number < 2; number++) {
            sleep(seconds(1));
            t.log("got " + queue.getNowait());
            sleep(seconds(1));
            t.outcome("joiner", joiner);
            queue.taskDone();
            t.log("done");
        }
        await(joiner);
    }

    static void queueJoinOfAnEmptyOneDoesNotYield(Trace t) {
        var queue = new Queue<String>();
        t.ticks(1);
        t.attempt("join", queue::join);
        queue.putNowait("item");
        queue.getNowait();
        queue.taskDone();
        t.attempt("join", queue::join);
    }

    static void queueJoinLatency(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "item");
        Task<Void> first = createTask(() -> t.attempt("first", queue::join));
        Task<Void> second = createTask(() -> t.attempt("second", queue::join));
        sleep(ZERO);
        t.ticks(3);
        queue.taskDone();
        await(gather(first, second));
    }

    static void queuePutAgainAfterTheLastIsDone(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "item");
        Task<Void> first = createTask(() -> t.attempt("first", queue::join));
        sleep(ZERO);
        queue.taskDone();
        queue.putNowait("another");
        Task<Void> second = createTask(() -> t.attempt("second", queue::join));
        await(first);
        sleep(seconds(1));
        t.outcome("second", second);
        queue.taskDone();
        await(second);
    }

    static void queueTooManyTaskDone(Trace t) {
        var queue = new Queue<String>();
        t.attempt("nothing put", queue::taskDone);
        queue.putNowait("item");
        t.attempt("before it is taken", queue::taskDone);
        t.attempt("once too often", queue::taskDone);
        t.attempt("main", () -> queue.get());
        t.attempt("still", queue::taskDone);
    }

    static void queuePriorityWithPuttersWaiting(Trace t) {
        Queue<String> queue = filled(PriorityQueue.natural(1), "m");
        takeWithPuttersWaiting(t, queue, "z", "a", "k");
    }

    static void queueLifoWithPuttersWaiting(Trace t) {
        Queue<String> queue = filled(new LifoQueue<>(2), "a", "b");
        takeWithPuttersWaiting(t, queue, "c", "d");
    }

    private static void takeWithPuttersWaiting(Trace t, Queue<String> queue, String... names) {
        List<Task<Void>> tasks = putters(t, queue, names);
        for (int number = 0; number < 4; number++) {
            t.log("got " + queue.get());
            sleep(seconds(1));
        }
        await(gather(tasks));
    }

    static void queuePriorityServesTheBestWhenTheGetterRuns(Trace t) {
        PriorityQueue<String> queue = PriorityQueue.natural(0);
        List<Task<Void>> tasks = getters(t, queue, "first", "second");
        filled(queue, "m", "z", "a");
        await(gather(tasks));
        drain(t, queue);
    }

    static void queueProducersAndConsumers(Trace t) {
        var queue = new Queue<String>(2);
        List<Task<Void>> consumers =
                List.of(createTask(() -> consume(t, queue, "c", 1)), createTask(() -> consume(t, queue, "d", 2)));
        await(gather(() -> produce(t, queue, "p"), () -> produce(t, queue, "q")));
        queue.join();
        t.log("joined");
        consumers.forEach(Task::cancel);
        var _ = Asyncio.wait(consumers);
    }

    private static void produce(Trace t, Queue<String> queue, String name) {
        for (int number = 0; number < 3; number++) {
            queue.put(name + number);
            t.log(name + " has put " + number);
        }
    }

    private static void consume(Trace t, Queue<String> queue, String name, double delay) {
        for (String item : queue) {
            t.log(name + " got " + item);
            sleep(seconds(delay));
            queue.taskDone();
        }
    }
}
