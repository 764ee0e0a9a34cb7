package jasyncio;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds failures that nobody looked at: the future is garbage, or its loop is being closed, and no one has asked for its exception.
 * For the loop's thread.
 */
final class FailureWatch {
    private final ReferenceQueue<Future<?>> collected = new ReferenceQueue<>();
    private final Set<Watch> watches = new HashSet<>();

    /** The exception of a failed future, and whether anybody has seen it. */
    static final class Failed {
        final Throwable exception;
        private boolean retrieved;

        Failed(Throwable exception) {
            this.exception = exception;
        }

        Throwable retrieve() {
            retrieved = true;
            return exception;
        }
    }

    void watch(Future<?> future, Failed failed) {
        watches.add(new Watch(future, failed, collected));
    }

    /** Returns the next failure that was lost with its future, or null. */
    EventLoop.@Nullable Failure pollLost() {
        Object reference;
        while ((reference = collected.poll()) != null) {
            Watch watch = (Watch) reference;
            watches.remove(watch);
            if (!watch.failed.retrieved) {
                return watch.report();
            }
        }
        return null;
    }

    /** Returns every failure that nobody has seen, and forgets all. */
    java.util.List<EventLoop.Failure> drain() {
        var lost = watches.stream()
                .filter(watch -> !watch.failed.retrieved)
                .map(Watch::report)
                .toList();
        watches.clear();
        return lost;
    }

    private static final class Watch extends WeakReference<Future<?>> {
        private final Failed failed;
        private final @Nullable String task;

        Watch(Future<?> future, Failed failed, ReferenceQueue<Future<?>> queue) {
            super(future, queue);
            this.failed = failed;
            this.task = future instanceof Task<?> t ? t.name() : null;
        }

        EventLoop.Failure report() {
            failed.retrieve();
            String what = task == null ? "Future" : "Task";
            String which = task == null ? "" : ": '" + task + "'";
            return new EventLoop.Failure(what + " exception was never retrieved" + which, failed.exception, get());
        }
    }
}
