package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Debug mode's eye on what takes too long: times every entry of the ready queue and reports slow ones with the stack they were slow in,
 * which the {@link Watchdog} takes while they run.
 */
final class SlowCallbacks {
    private static final long DEFAULT_THRESHOLD = 100_000_000;

    private final Kernel kernel;
    private boolean enabled;
    private volatile long threshold = DEFAULT_THRESHOLD;

    /** When the entry under way began, in {@link System#nanoTime()}; 0 if none is. */
    private volatile long began;

    private volatile StackTraceElement @Nullable [] sample;

    SlowCallbacks(Kernel kernel) {
        this.kernel = kernel;
    }

    boolean enabled() {
        return enabled;
    }

    void enable(boolean enabled) {
        this.enabled = enabled;
        Watchdog.debug(enabled);
    }

    void threshold(Duration threshold) {
        this.threshold = LoopTime.nanosOf(threshold);
    }

    void run(Object entry) {
        sample = null;
        Object what = entry instanceof CoroutineThread blocked ? whatIsBlocked(blocked) : entry;
        long start = System.nanoTime();
        began = start;
        kernel.runEntry(entry);
        began = 0;
        long took = System.nanoTime() - start;
        if (took >= threshold) {
            report(what == null ? entry : what, took, sample);
        }
    }

    /** Returns what goes on after a blocking call: its thread would tell a reader nothing. */
    private static @Nullable Object whatIsBlocked(CoroutineThread thread) {
        return thread.owner() instanceof CallbackRunner runner ? runner.running() : thread.owner();
    }

    /** Takes the stack of what has been running too long. Called by the watchdog's thread. */
    void takeSample() {
        long start = began;
        if (start != 0 && sample == null && System.nanoTime() - start >= threshold) {
            var mounted = kernel.mounted();
            Thread thread = mounted == null ? null : mounted.thread();
            if (thread != null) {
                sample = Traces.userFrames(thread.getStackTrace());
            }
        }
    }

    private void report(Object entry, long nanos, StackTraceElement @Nullable [] stack) {
        kernel.asUser(new Report(entry, nanos, stack == null ? List.of() : List.of(stack)));
    }

    /** Logs one slow entry: as user code, since describing the entry may call a user's toString. */
    private record Report(Object entry, long nanos, List<StackTraceElement> stack) implements Runnable {
        private Object described() {
            return entry instanceof LibraryCallback ? Describe.body(entry) : entry;
        }

        @Override
        public void run() {
            String where = stack.stream().map(frame -> "\n\tat " + frame).collect(Collectors.joining());
            System.getLogger("jasyncio")
                    .log(
                            Level.WARNING,
                            String.format("Executing %s took %.3f seconds%s", described(), nanos / 1e9, where));
        }
    }
}
