package jasyncio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a loop: what it has to do and what it waits for. For test kits and monitors.
 *
 * <p>Each answer is that of the moment. No method suspends. All are for the loop's own thread, tasks and callbacks, or for any one thread
 * while the loop does not run.
 */
public final class LoopView {
    private final Kernel kernel;

    private LoopView(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Returns the view of a loop. Never suspends; thread-safe. */
    public static LoopView of(EventLoop loop) {
        return new LoopView(loop.kernel);
    }

    /** Returns how many entries are ready to run: steps of tasks, callbacks, and the library's own. */
    public int ready() {
        kernel.checkAccess(kernel.loop);
        return kernel.ready.size();
    }

    /** Returns the tasks that are not done, in the order of their creation. */
    public List<Task<?>> tasks() {
        kernel.checkAccess(kernel.loop);
        return kernel.tasks.live();
    }

    /** Returns what a task awaits, or null if it is ready, blocked, or not started. */
    public @Nullable Future<?> awaitedBy(Task<?> task) {
        kernel.checkAccess(task);
        return task.done() ? null : task.waiter();
    }

    /** Tells whether a task is blocked in a JDK call. Always false on a loop that runs on the system's clock. */
    public boolean blocked(Task<?> task) {
        kernel.checkAccess(task);
        return kernel.outside != null && kernel.outside.blocks(task);
    }

    /** Returns the callbacks that wait for their time, first due first: those of {@code callLater} and {@code callAt}. */
    public List<TimerHandle> timers() {
        kernel.checkAccess(kernel.loop);
        var handles = new ArrayList<TimerHandle>();
        kernel.timers.forEachLive(timer -> {
            if (timer instanceof TimerHandle handle) {
                handles.add(handle);
            }
        });
        handles.sort(Comparator.comparing(TimerHandle::when));
        return handles;
    }

    /**
     * Tells whether the loop waits for something that its clock does not govern: a task blocked in a JDK call, a body in {@code toThread} or
     * an executor, a {@code CompletionStage}. Always false on a loop that runs on the system's clock, which need not know.
     */
    public boolean waitsOutside() {
        kernel.checkAccess(kernel.loop);
        return kernel.outside != null && !kernel.outside.isEmpty();
    }

    /** Describes each thing that {@link #waitsOutside()} is about. */
    public List<String> outside() {
        kernel.checkAccess(kernel.loop);
        return kernel.outside == null ? List.of() : kernel.outside.describe();
    }
}
