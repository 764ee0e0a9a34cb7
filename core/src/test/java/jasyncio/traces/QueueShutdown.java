package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Queues.filled;
import static jasyncio.traces.Queues.getters;
import static jasyncio.traces.Queues.putters;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.Task;
import jasyncio.queue.Queue;
import java.util.ArrayList;
import java.util.List;

/** Queue: shutting it down, at once or after what is left. */
final class QueueShutdown {
    private QueueShutdown() {}

    private static Task<Void> joiner(Trace t, Queue<?> queue) {
        Task<Void> task = createTask(() -> t.attempt("join", queue::join));
        sleep(ZERO);
        return task;
    }

    static void shutdownWakesGetters(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b");
        t.ticks(3);
        queue.shutdown();
        await(gather(tasks));
    }

    static void shutdownWakesPutters(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a", "b");
        t.ticks(3);
        queue.shutdown();
        await(gather(tasks));
        t.log("size " + queue.size());
    }

    static void shutdownRefusesItems(Trace t) {
        for (Queue<String> queue : List.of(new Queue<String>(), filled(new Queue<>(1), "first"))) {
            queue.shutdown();
            t.ticks(1);
            t.attempt("put", () -> queue.put("item"));
            t.attempt("put nowait", () -> queue.putNowait("item"));
            sleep(seconds(1));
        }
    }

    static void shutdownLetsTheRestOut(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b", "c");
        queue.shutdown();
        t.log("size " + queue.size());
        t.attempt("get", () -> queue.get());
        t.attempt("get nowait", queue::getNowait);
        t.attempt("get", () -> queue.get());
        t.attempt("get nowait", queue::getNowait);
        t.attempt("get", () -> queue.get());
    }

    static void shutdownWhenEmpty(Trace t) {
        var queue = new Queue<String>();
        queue.shutdown();
        t.ticks(1);
        t.attempt("get", () -> queue.get());
        t.attempt("get nowait", queue::getNowait);
        t.attempt("join", queue::join);
        t.attempt("task done", queue::taskDone);
    }

    static void shutdownTwice(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "item");
        for (int number = 0; number < 2; number++) {
            t.attempt("shutdown", queue::shutdown);
        }
        t.attempt("get", () -> queue.get());
        t.attempt("get", () -> queue.get());
    }

    static void shutdownThenAtOnce(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b");
        queue.shutdown();
        t.attempt("get", () -> queue.get());
        queue.shutdownNow();
        t.attempt("get", () -> queue.get());
    }

    static void shutdownJoinerWaitsForTheRest(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b");
        Task<Void> joiner = joiner(t, queue);
        queue.shutdown();
        for (int number = 0; number < 2; number++) {
            sleep(seconds(1));
            t.outcome("joiner", joiner);
            t.attempt("get", () -> queue.get());
            queue.taskDone();
        }
        await(joiner);
    }

    static void shutdownPutterThatWasWoken(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        List<Task<Void>> tasks = putters(t, queue, "a");
        t.attempt("get", queue::getNowait);
        queue.shutdown();
        await(gather(tasks));
    }

    static void shutdownGetterThatWasWoken(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a", "b");
        queue.putNowait("item");
        queue.shutdown();
        await(gather(tasks));
    }

    static void shutdownGetterCancelled(Trace t) {
        var queue = new Queue<String>();
        cancelAroundShutdown(queue, getters(t, queue, "a", "b", "c"));
    }

    static void shutdownPutterCancelled(Trace t) {
        Queue<String> queue = filled(new Queue<>(1), "first");
        cancelAroundShutdown(queue, putters(t, queue, "a", "b", "c"));
    }

    private static void cancelAroundShutdown(Queue<?> queue, List<Task<Void>> tasks) {
        tasks.get(0).cancel("before");
        queue.shutdown();
        tasks.get(1).cancel("after");
        await(gather(tasks));
    }

    static void shutdownIterationEndsWhenNothingIsLeft(Trace t) {
        var queue = new Queue<Integer>();
        var consumers = new ArrayList<Task<Void>>();
        for (String name : List.of("a", "b")) {
            consumers.add(createTask(() -> {
                for (int item : queue) {
                    t.log(name + " got " + item);
                    sleep(seconds(1));
                }
                t.log(name + " ends");
            }));
        }
        for (int number = 0; number < 3; number++) {
            sleep(ZERO);
            queue.putNowait(number);
        }
        queue.shutdown();
        await(gather(consumers));
    }

    static void shutdownIterationLatency(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b");
        Task<Void> task = createTask(() -> {
            for (String item : queue) {
                t.log("got " + item);
            }
            t.log("ends");
        });
        t.ticks(5);
        sleep(ZERO);
        queue.putNowait("c");
        sleep(ZERO);
        queue.shutdown();
        await(task);
    }

    static void shutdownAtOnceDropsWhatIsLeft(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b");
        Task<Void> joiner = joiner(t, queue);
        t.ticks(2);
        queue.shutdownNow();
        t.log("size " + queue.size());
        await(joiner);
        t.attempt("get", () -> queue.get());
        t.attempt("get nowait", queue::getNowait);
        t.attempt("put nowait", () -> queue.putNowait("c"));
        t.attempt("task done", queue::taskDone);
    }

    static void shutdownAtOnceWakesEverybody(Trace t) {
        Queue<String> full = filled(new Queue<>(1), "item");
        var empty = new Queue<String>();
        var tasks = new ArrayList<Task<Void>>();
        tasks.add(joiner(t, full));
        tasks.addAll(putters(t, full, "a", "b"));
        tasks.addAll(getters(t, empty, "c", "d"));
        t.ticks(3);
        full.shutdownNow();
        empty.shutdownNow();
        await(gather(tasks));
    }

    static void shutdownAtOnceWaitsForItemsTaken(Trace t) {
        Queue<String> queue = filled(new Queue<>(), "a", "b", "c");
        t.attempt("get", queue::getNowait);
        Task<Void> joiner = joiner(t, queue);
        queue.shutdownNow();
        sleep(seconds(1));
        t.outcome("joiner", joiner);
        t.attempt("task done", queue::taskDone);
        await(joiner);
        t.attempt("task done", queue::taskDone);
    }

    static void shutdownAtOnceTakesTheItemOfAWokenGetter(Trace t) {
        var queue = new Queue<String>();
        List<Task<Void>> tasks = getters(t, queue, "a");
        queue.putNowait("item");
        queue.shutdownNow();
        await(gather(tasks));
    }

    static void shutdownEndsWorkers(Trace t) {
        var queue = new Queue<Integer>();
        List.of(3, 1, 2, 1).forEach(queue::putNowait);
        Task<Void> a = createTask(() -> work(t, queue, "a"));
        Task<Void> b = createTask(() -> work(t, queue, "b"));
        t.loop().callLater(seconds(2.5), queue::shutdown);
        queue.join();
        t.log("joined");
        await(gather(a, b));
    }

    private static void work(Trace t, Queue<Integer> queue, String name) {
        for (int item : queue) {
            sleep(seconds(item));
            t.log(name + " did " + item);
            queue.taskDone();
        }
        t.log(name + " ends");
    }
}
