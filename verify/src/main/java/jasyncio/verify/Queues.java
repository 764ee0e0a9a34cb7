package jasyncio.verify;

import jasyncio.queue.LifoQueue;
import jasyncio.queue.PriorityQueue;
import jasyncio.queue.Queue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queues. */
final class Queues {
    private Queues() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.suspending("put", (f, s) -> {
            queue(f, s).put(s.number("value"));
            f.log("put: done");
        });
        vocabulary.suspending("get", (f, s) -> f.log("get: " + queue(f, s).get()));
        vocabulary.plain("putNow", (f, s) -> {
            queue(f, s).putNowait(s.number("value"));
            return "done";
        });
        vocabulary.plain("getNow", (f, s) -> queue(f, s).getNowait().toString());
        vocabulary.plain("taskDone", (f, s) -> {
            queue(f, s).taskDone();
            return "ok";
        });
        vocabulary.suspending("join", (f, s) -> {
            queue(f, s).join();
            f.log("join: over");
        });
        vocabulary.nesting("each", Queues::each);
        vocabulary.plain("shutdown", (f, s) -> shutdown(queue(f, s), s.flag("now")));
        vocabulary.plain("queueState", (f, s) -> {
            Queue<Integer> queue = queue(f, s);
            return queue.size() + " empty " + Words.show(queue.empty()) + " full " + Words.show(queue.full());
        });
    }

    private static @Nullable String shutdown(Queue<Integer> queue, boolean now) {
        if (now) {
            queue.shutdownNow();
        } else {
            queue.shutdown();
        }
        return null;
    }

    /** Iterates over the queue, for a number of items at most. */
    private static @Nullable Returned each(Frame frame, Statement statement) throws Exception {
        List<Statement> body = statement.body("body");
        int left = statement.number("n");
        for (int item : queue(frame, statement)) {
            frame.log("each: " + item);
            Returned returned = frame.block(body);
            if (returned != null) {
                return returned;
            }
            if (--left == 0) {
                return null;
            }
        }
        frame.log("each: over");
        return null;
    }

    @SuppressWarnings("unchecked") // programs put numbers only
    private static Queue<Integer> queue(Frame frame, Statement statement) {
        Execution execution = frame.execution();
        String name = statement.text("on");
        Queue<Integer> known = execution.named(name, Queue.class);
        if (known != null) {
            return known;
        }
        Queue<Integer> made = switch (name) {
            case "q0" -> new Queue<>();
            case "q1" -> new Queue<>(1);
            case "q2" -> new Queue<>(2);
            case "q3" -> PriorityQueue.natural(2);
            case "q4" -> new LifoQueue<>(2);
            default -> throw new IllegalArgumentException("Unknown queue: " + name);
        };
        execution.name(name, made);
        return made;
    }
}
