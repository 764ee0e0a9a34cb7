package jasyncio.verify;

import jasyncio.sync.Barrier;
import jasyncio.sync.BoundedSemaphore;
import jasyncio.sync.Condition;
import jasyncio.sync.Event;
import jasyncio.sync.Held;
import jasyncio.sync.Lock;
import jasyncio.sync.Semaphore;
import org.jspecify.annotations.Nullable;

/** Locks, semaphores, conditions, events and barriers. */
final class Locks {
    private Locks() {}

    static void addTo(Vocabulary vocabulary) {
        addLocks(vocabulary);
        addConditions(vocabulary);
        addEvents(vocabulary);
        addBarriers(vocabulary);
    }

    private static void addLocks(Vocabulary vocabulary) {
        vocabulary.suspending("acquire", (f, s) -> {
            var _ = acquire(f, s);
            f.log("acquire: has it");
        });
        vocabulary.nesting("holding", Locks::holding);
        vocabulary.plain("release", (f, s) -> {
            release(f, s);
            return "ok";
        });
        vocabulary.plain(
                "locked",
                (f, s) -> Words.show(
                        switch (primitive(f.execution(), s.text("on"))) {
                            case Lock lock -> lock.locked();
                            case Condition condition -> condition.locked();
                            case Object semaphore -> ((Semaphore) semaphore).locked();
                        }));
    }

    private static void addConditions(Vocabulary vocabulary) {
        vocabulary.suspending("conditionWait", (f, s) -> {
            condition(f, s).await();
            f.log("conditionWait: over");
        });
        vocabulary.suspending("conditionWaitFor", (f, s) -> {
            condition(f, s).awaitFor(() -> f.execution().cells.getOrDefault(s.text("cell"), 0) >= s.number("n"));
            f.log("conditionWaitFor: over");
        });
        vocabulary.plain("signal", (f, s) -> {
            condition(f, s).signal(s.number("n"));
            return "ok";
        });
        vocabulary.plain("signalAll", (f, s) -> {
            condition(f, s).signalAll();
            return "ok";
        });
    }

    private static void addEvents(Vocabulary vocabulary) {
        vocabulary.suspending("eventWait", (f, s) -> {
            event(f, s).await();
            f.log("eventWait: over");
        });
        vocabulary.plain("eventSet", (f, s) -> {
            event(f, s).set();
            return null;
        });
        vocabulary.plain("eventClear", (f, s) -> {
            event(f, s).clear();
            return null;
        });
        vocabulary.plain("eventState", (f, s) -> Words.show(event(f, s).isSet()));
    }

    private static void addBarriers(Vocabulary vocabulary) {
        vocabulary.suspending(
                "barrierWait", (f, s) -> f.log("barrierWait: " + barrier(f, s).await()));
        vocabulary.suspending("barrierReset", (f, s) -> {
            barrier(f, s).reset();
            f.log("barrierReset: over");
        });
        vocabulary.suspending("barrierAbort", (f, s) -> {
            barrier(f, s).abort();
            f.log("barrierAbort: over");
        });
        vocabulary.plain("barrierState", (f, s) -> {
            Barrier barrier = barrier(f, s);
            return barrier.waiting() + " broken " + Words.show(barrier.broken());
        });
    }

    private static @Nullable Returned holding(Frame frame, Statement statement) throws Exception {
        Held held = acquire(frame, statement);
        frame.log("holding: has it");
        try {
            return frame.block(statement.body("body"));
        } finally {
            held.close(); // and not try-with-resources, which would suppress what this throws after a failure
        }
    }

    private static Held acquire(Frame frame, Statement statement) {
        return switch (primitive(frame.execution(), statement.text("on"))) {
            case Lock lock -> lock.acquire();
            case Condition condition -> condition.acquire();
            case Object semaphore -> ((Semaphore) semaphore).acquire();
        };
    }

    private static void release(Frame frame, Statement statement) {
        switch (primitive(frame.execution(), statement.text("on"))) {
            case Lock lock -> lock.release();
            case Condition condition -> condition.release();
            case Object semaphore -> ((Semaphore) semaphore).release();
        }
    }

    private static Condition condition(Frame frame, Statement statement) {
        return (Condition) primitive(frame.execution(), statement.text("on"));
    }

    private static Event event(Frame frame, Statement statement) {
        return (Event) primitive(frame.execution(), statement.text("on"));
    }

    private static Barrier barrier(Frame frame, Statement statement) {
        return (Barrier) primitive(frame.execution(), statement.text("on"));
    }

    /** The primitive of that name, made when it is first used. */
    private static Object primitive(Execution execution, String name) {
        Object known = execution.named(name, Object.class);
        if (known != null) {
            return known;
        }
        Object made = switch (name) {
            case "l0", "l1" -> new Lock();
            case "c0" -> new Condition();
            case "c1" -> new Condition((Lock) primitive(execution, "l0"));
            case "s0" -> new Semaphore(1);
            case "s1" -> new Semaphore(2);
            case "s2" -> new Semaphore(0);
            case "s3" -> new BoundedSemaphore(1);
            case "e0", "e1" -> new Event();
            case "b0" -> new Barrier(2);
            case "b1" -> new Barrier(3);
            default -> throw new IllegalArgumentException("Unknown primitive: " + name);
        };
        execution.name(name, made);
        return made;
    }
}
