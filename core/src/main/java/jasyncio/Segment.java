package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A piece of code that tasks run in turns, each from where it paused to where it pauses next: what an asynchronous generator is made of.
 * For authors of primitives; {@link LowLevel#segment} creates one.
 *
 * <p>While a task is in it, the segment runs <em>as that task</em>: the current task and its context are the consumer's, an await in the
 * segment suspends the consumer, a cancellation of the consumer arrives at that await, and its stack shows the segment's frames first.
 * Only the thread is the segment's own. So any task of the loop may resume it; and a {@code ThreadLocal}, a {@code ScopedValue} and the
 * locks of {@code java.util.concurrent} and {@code synchronized} belong to the segment, not to the task: a lock that the consumer holds
 * cannot be taken inside.
 *
 * <p>It belongs to the loop of the task that first resumes it. All methods are for tasks of that loop.
 *
 * <p><em>Overview.</em> The segment is a coroutine {@code thread}. To enter it, the consumer's coroutine becomes {@code caller}, the task
 * moves to {@code thread}, and the loop steps that in the place of the caller, before anything else. Leaving is the way back. In between
 * the loop steps the task as ever, which now means this coroutine. A segment that resumes another one is that one's caller.
 */
public final class Segment {
    static final String THREAD_NAME = "segment";

    /** Null from the beginning on. */
    private @Nullable Action<?> body;

    /** The loop it belongs to; null until it is first resumed. */
    private @Nullable Kernel kernel;

    /** Null before the first resumption and after the end. */
    private @Nullable CoroutineThread thread;

    /** The task that is in it, and the coroutine where that came from; null while nobody is. */
    private @Nullable Task<?> task;

    private @Nullable CoroutineThread caller;

    /** What the body threw, on its way to the task that is in it. */
    private @Nullable Throwable failure;

    /** A cancellation's interrupt is on its way to where the task goes on. */
    private boolean interrupt;

    private boolean done;

    /** Its place among the segments that the loop closes in the end, and how; null if it does not. */
    private Segments.@Nullable Entry entry;

    private @Nullable Action<?> close;

    Segment(Action<?> body) {
        this.body = Objects.requireNonNull(body, "A segment needs a body; it is null");
    }

    /**
     * Runs the body as the caller's task until it pauses or ends, and throws what ended it. Suspends as the body does; cancellable as the
     * body is; for a task of the loop.
     *
     * @throws IllegalStateException if a task is in it, if it has ended, or if it belongs to another loop
     */
    public void resume() {
        Task<?> task = Await.task();
        Kernel kernel = ownedBy(task);
        if (this.task != null || done) {
            throw new IllegalStateException(
                    done ? "Cannot resume a segment that has ended" : "Cannot resume a segment that is running");
        }
        CoroutineThread to = thread;
        if (to == null) {
            to = kernel.newThread(this);
            thread = to;
        }
        enter(kernel, task, to);
        Throwable failure = this.failure;
        if (failure != null) {
            this.failure = null;
            throw Rethrow.unchecked(Traces.awaited(failure, task));
        }
    }

    /**
     * Gives control back to the task that resumed it, until the next {@link #resume()}. For the body, on its own coroutine.
     *
     * @throws IllegalStateException if called from anywhere else, or if the stack cannot be moved away: a native frame or a class initialiser
     *     is on it
     */
    public void pause() {
        CoroutineThread self = thread;
        Task<?> task = this.task;
        CoroutineThread caller = this.caller;
        if (task == null || caller == null || self == null || CoroutineThread.current() != self) {
            throw new IllegalStateException("Cannot pause a segment from outside of it: " + Thread.currentThread()
                    + " is not its own; only its body may, and no task or segment that the body started");
        }
        Kernel kernel = task.loop.kernel;
        interrupt = task.takeInterrupt();
        goBack(task, caller);
        try {
            kernel.switchTo(caller, self);
        } catch (Throwable e) { // it could not suspend
            goIn(task, caller, self);
            throw e;
        } finally {
            arrive();
        }
    }

    private void enter(Kernel kernel, Task<?> task, CoroutineThread to) {
        CoroutineThread from = task.self();
        interrupt = task.takeInterrupt();
        goIn(task, from, to);
        try {
            kernel.switchTo(to, from);
        } catch (Throwable e) { // it could not suspend
            goBack(task, from);
            throw e;
        } finally {
            arrive();
        }
    }

    private void goIn(Task<?> task, CoroutineThread from, CoroutineThread to) {
        this.task = task;
        caller = from;
        task.moveTo(to);
        if (entry != null) {
            entry.entered();
        }
    }

    private void goBack(Task<?> task, CoroutineThread to) {
        this.task = null;
        caller = null;
        task.moveTo(to);
        if (entry != null) {
            entry.paused(this);
        }
    }

    /** Called where the task goes on. */
    private void arrive() {
        if (interrupt) {
            interrupt = false;
            Thread.currentThread().interrupt();
        }
    }

    /** The life of the segment, on its own coroutine. */
    void runBody() {
        arrive();
        Action<?> body = Objects.requireNonNull(this.body);
        this.body = null;
        try {
            body.run();
        } catch (Throwable e) {
            failure = Traces.trim(Objects.requireNonNull(task).atScopeEdge(e));
        }
        end(Objects.requireNonNull(task), Objects.requireNonNull(caller));
    }

    private void end(Task<?> task, CoroutineThread caller) {
        done = true;
        thread = null;
        interrupt = task.takeInterrupt();
        goBack(task, caller);
        if (entry != null) {
            entry.unlink();
            entry = null;
        }
        task.loop.kernel.endWith(caller);
    }

    private Kernel ownedBy(Task<?> task) {
        Kernel kernel = task.loop.kernel;
        if (this.kernel == null) {
            this.kernel = kernel;
        } else if (this.kernel != kernel) {
            throw new IllegalStateException("Cannot resume on " + task.loop + " what belongs to " + this.kernel.loop
                    + "; the loop that first runs a segment keeps it");
        }
        return kernel;
    }

    /**
     * Has the loop run {@code close} in a task when {@code handle} has become garbage while this segment was paused, or when the loop's
     * {@link EventLoop#shutdownAsyncgens()} comes first; until it has ended. {@code close} must not refer to {@code handle}. Never suspends;
     * for a task of the loop, before the first {@link #resume()}.
     *
     * @param handle what users hold in order to go on
     */
    public void closeWhenAbandoned(Object handle, Action<?> close) {
        if (entry == null && !done) {
            this.close = close;
            entry = ownedBy(Await.task()).segments.add(this, handle);
        }
    }

    Action<?> close() {
        return Objects.requireNonNull(close);
    }

    /** Tells whether a task is in it. Never suspends. */
    public boolean running() {
        return task != null;
    }

    /** Tells whether the body has ended. Never suspends. */
    public boolean done() {
        return done;
    }

    /** Returns the task that is in it, or null. */
    @Nullable
    Task<?> task() {
        return task;
    }

    /** Returns where the task that is in it came from, or null. */
    @Nullable
    CoroutineThread caller() {
        return caller;
    }

    @Nullable
    Thread thread() {
        return thread == null ? null : thread.thread();
    }
}
