package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs by itself, interleaved with the other tasks of its loop at its awaits, and the future of its result.
 *
 * <p>Create one with {@link Asyncio#createTask}. It is stepped from the ready queue: from its start to the first await, from there to the
 * next, until its body returns or throws. {@code setResult} and {@code setException} are refused: the body does that.
 *
 * <p>None of these methods suspends. They are for the loop's own tasks and callbacks, as those of {@link Future}.
 *
 * @param <T> the type of the result
 */
public final class Task<T extends @Nullable Object> extends Future<T> {

    /** Where a task stands. */
    public enum State {
        PENDING,
        CANCELLED,
        FINISHED
    }

    /** Begins a task with the rarer options; {@link Asyncio#task()}. Each starts one task. */
    public sealed interface Builder permits TaskBuilder {
        /** Sets the name; {@code Task-N} if not called. */
        Builder name(String name);

        /** Sets the context the task runs in, itself and no copy; a copy of the current one if not called. */
        Builder context(Context context);

        /** Runs the task up to its first suspension before {@code start} returns, if called from a task or callback of its loop. */
        Builder eager(boolean eager);

        /** Creates the task. */
        <T extends @Nullable Object> Task<T> start(Callable<? extends T> body);

        /** Creates the task. */
        Task<@Nullable Void> start(Action<?> body);

        /** Creates the task. */
        <T extends @Nullable Object> Task<T> start(Coroutine<T> coroutine);
    }

    final TaskRegistry.Entry entry;

    /** The body before the end; its class, for {@code toString}, after it. */
    private Object body;

    /** Null before the first step. While the task is in a {@link Segment}, that of the segment. */
    private @Nullable CoroutineThread thread;

    /** The context of the code that runs now: {@link Context#run} changes it for a while. */
    Context context;

    /** What it awaits. Stays until the task is stepped again, also when that is done already. */
    private @Nullable Future<?> waiter;

    private int cancelRequests;
    private @Nullable String cancelMessage;

    /** A cancellation is to be delivered at the next opportunity. */
    private boolean mustCancel;

    /** The cancellation was also sent as an interrupt, to get the task out of a blocking call. */
    private boolean interrupted;

    Task(EventLoop loop, Callable<? extends T> body, @Nullable String name, Context context) {
        super(loop);
        this.body = body;
        this.context = context;
        this.entry =
                loop.debug() ? loop.kernel.tasks.tracedEntryFor(this, name) : loop.kernel.tasks.entryFor(this, name);
    }

    public String name() {
        return entry.name();
    }

    public void setName(String name) {
        entry.rename(name);
    }

    public State state() {
        return cancelled() ? State.CANCELLED : done() ? State.FINISHED : State.PENDING;
    }

    /**
     * Asks the task to end: it gets a {@link CancelledError} with this message at the await where it stands, or at its next one. If it is
     * blocked in a JDK call its thread is interrupted; what then escapes becomes the {@code CancelledError}.
     *
     * <p>Each call counts, see {@link #cancelling()}. The task may clean up, and may refuse by catching the error and going on.
     *
     * @return false if it is done already
     */
    @Override
    public boolean cancel(@Nullable String message) {
        checkAccess();
        return cancelUnchecked(message);
    }

    @Override
    boolean cancelUnchecked(@Nullable String message) {
        if (done()) {
            markRetrieved();
            return false;
        }
        // Down the chain of tasks that await each other, without a recursion that a long one would overflow.
        Task<?> task = this;
        Task<?> seen = this;
        long steps = 0;
        long next = 2;
        while (task.requestedByWaiter()) {
            task = (Task<?>) Objects.requireNonNull(task.waiter);
            if (task == seen) {
                throw new IllegalStateException("Cannot cancel " + name()
                        + ": it awaits tasks that await each other in a cycle, among them " + task.name());
            }
            if (++steps == next) {
                seen = task;
                next *= 2;
            }
        }
        task.cancelHere(message);
        return true;
    }

    /** Counts a request; returns whether it goes on to the task that this one awaits. */
    private boolean requestedByWaiter() {
        cancelRequests++;
        return waiter instanceof Task<?> awaited && !awaited.done();
    }

    /** Delivers a request to the end of a chain: to the future that is awaited, or to the task itself. */
    private void cancelHere(@Nullable String message) {
        if (waiter == null || !waiter.cancelUnchecked(message)) {
            mustCancel = true;
            cancelMessage = message;
            interruptIfBlocked();
        }
    }

    @Override
    @Nullable
    String survivedMessage() {
        return cancelMessage;
    }

    private void interruptIfBlocked() {
        CoroutineThread blocked = thread;
        if (blocked != null && blocked.inStep() && CoroutineThread.current() != blocked) {
            interrupted = true;
            // Closing the channel that it is blocked on may take that channel's locks: not on the bare loop thread.
            loop.kernel.asUser(() -> {
                if (interrupted) { // not delivered meanwhile
                    blocked.interrupt();
                }
            });
        }
    }

    /** Returns how many cancellations were asked for and not taken back. */
    public int cancelling() {
        return cancelRequests;
    }

    /**
     * Takes one request for cancellation back, as whoever made it should when it has been dealt with. The last one also withdraws a
     * cancellation that is not delivered yet.
     *
     * @return how many are left
     */
    public int uncancel() {
        checkAccess();
        if (cancelRequests > 0 && --cancelRequests == 0) {
            mustCancel = false;
            if (CoroutineThread.current() == thread) {
                clearInterrupt();
            }
        }
        return cancelRequests;
    }

    /** Returns the context the task runs in: its own, also while it has entered another one with {@link Context#run}. */
    public Context context() {
        return context.outermost();
    }

    /** Returns what the task runs, or null if it is done: the stack from the innermost call, without the machinery. */
    public StackTraceElement[] stack() {
        Throwable failure = failure();
        if (failure != null) {
            return failure.getStackTrace();
        }
        var frames = new ArrayList<StackTraceElement>();
        for (Thread thread : threads()) { // a plain loop: the running task's own frames are among them
            frames.addAll(Arrays.asList(Traces.userFrames(thread.getStackTrace())));
        }
        return frames.toArray(StackTraceElement[]::new);
    }

    /** @throws UnsupportedOperationException always: the body's value is the result */
    @Override
    public void setResult(T result) {
        throw new UnsupportedOperationException("Cannot set the result of " + this + ": a task's body returns it");
    }

    /** @throws UnsupportedOperationException always: the body throws what it fails with */
    @Override
    public void setException(Throwable exception) {
        throw new UnsupportedOperationException("Cannot set the exception of " + this + ": a task's body throws it");
    }

    @Nullable
    String givenName() {
        return entry.givenName();
    }

    /** Returns the thread the task runs on now. */
    @Nullable
    Thread thread() {
        CoroutineThread own = thread; // read once: the watchdog asks too
        return own == null ? null : own.thread();
    }

    /** Returns the threads that hold the task's frames, the innermost first: those of the segments it is in, and its own. */
    List<Thread> threads() {
        var threads = new ArrayList<Thread>(1);
        CoroutineThread next = thread;
        while (next != null) {
            Thread here = next.thread();
            if (here != null) {
                threads.add(here);
            }
            next = next.owner() instanceof Segment segment ? segment.caller() : null;
        }
        return threads;
    }

    /** Has the task go on on another coroutine from now on. */
    void moveTo(CoroutineThread other) {
        thread = other;
    }

    /** Takes the interrupt of a cancellation off the caller's thread, for the thread the task moves to; returns whether there was one. */
    boolean takeInterrupt() {
        return interrupted && Thread.interrupted();
    }

    @Nullable
    Future<?> waiter() {
        return waiter;
    }

    Object body() {
        return body;
    }

    void doNotReportLoss() {
        entry.reportsLoss = false;
    }

    boolean reportsLoss() {
        return entry.reportsLoss;
    }

    // ---- starting and stepping, by the loop

    /** Puts the first step into the ready queue. */
    void schedule() {
        loop.kernel.tasks.link(entry);
        loop.kernel.ready.add(this);
    }

    /** Runs to the first await before the caller, a coroutine of the same loop, goes on. */
    void startEagerly(CoroutineThread caller) {
        loop.kernel.tasks.link(entry);
        try {
            loop.kernel.startEagerly(this, caller);
        } catch (IllegalStateException pinned) {
            loop.kernel.tasks.unlink(entry);
            throw pinned;
        }
    }

    /** Returns the coroutine to step, or null if a cancellation came before the first step: then the body never runs. */
    @Nullable
    CoroutineThread threadToStep(Kernel kernel) {
        if (thread == null) {
            if (done()) {
                return null; // a wakeup that could not be taken back, since the stack was at its end
            }
            if (mustCancel) {
                mustCancel = false;
                end();
                cancelledWith(cancelMessage == null ? null : new CancelledError(cancelMessage));
                return null;
            }
            thread = kernel.newThread(this);
        }
        return thread;
    }

    /** The life of the task, on its own thread. */
    @SuppressWarnings("unchecked") // until the end, body is what the constructor was given
    void runBody() {
        try {
            ended(((Callable<? extends T>) body).call());
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void ended(T value) {
        end();
        if (mustCancel) {
            mustCancel = false;
            cancelledWith(cancelMessage);
        } else {
            succeed(value);
        }
    }

    private void failed(Throwable thrown) {
        Throwable e = atScopeEdge(thrown);
        end();
        if (e instanceof CancelledError error) {
            cancelledWith(error);
            return;
        }
        Traces.trim(e);
        Misuse.explain(e);
        fail(e);
        if (e instanceof KeyboardInterrupt) {
            loop.kernel.fail(e);
        }
    }

    private void end() {
        loop.kernel.tasks.unlink(entry);
        body = ActionBody.described(body).getClass();
        thread = null;
    }

    // ---- awaiting, on the task's own thread

    /** Suspends until {@code future} is done and this task has been stepped again; throws a cancellation meant for the task. */
    void awaitDone(Future<?> future) {
        if (future.loop != loop) {
            yieldThenFail(this + " got " + future
                    + " attached to a different loop; await it there and hand the result over with"
                    + " runCoroutineThreadsafe(…)");
        } else if (future == this) {
            yieldThenFail("Task cannot await on itself: " + this);
        }
        future.addCallback(this);
        waiter = future;
        if (mustCancel && future.cancelUnchecked(cancelMessage)) {
            mustCancel = false;
        }
        try {
            do {
                self().suspend();
            } while (!future.done());
        } catch (Throwable e) { // it could not suspend: the stack is pinned, or at its end
            future.removeCallback(this);
            waiter = null;
            throw e;
        }
        waiter = null;
        if (mustCancel) {
            mustCancel = false;
            clearInterrupt();
            if (!future.cancelled() && !(future.failure() instanceof CancelledError)) {
                future.markRetrieved();
                throw Traces.here(new CancelledError(cancelMessage));
            }
        } else if (interrupted) {
            clearInterrupt();
        }
    }

    /** Suspends for one iteration of the loop. */
    void yieldOnce() {
        CoroutineThread self = self();
        loop.kernel.ready.add(this);
        try {
            self.suspend();
        } catch (Throwable e) { // it could not suspend
            loop.kernel.ready.removeLast(this);
            throw e;
        }
        throwIfMustCancel();
    }

    private void yieldThenFail(String problem) {
        yieldOnce();
        throw new IllegalStateException(problem);
    }

    private void throwIfMustCancel() {
        if (mustCancel) {
            mustCancel = false;
            clearInterrupt();
            throw Traces.here(new CancelledError(cancelMessage));
        }
    }

    /**
     * What leaves a scope for {@code thrown}: if a cancellation interrupted a blocking call in it, whatever that call threw is the
     * cancellation.
     */
    Throwable atScopeEdge(Throwable thrown) {
        if (!interrupted || !mustCancel || thrown instanceof CancelledError) {
            return thrown;
        }
        mustCancel = false;
        clearInterrupt();
        return new CancelledError(cancelMessage, thrown);
    }

    /** Leaves a cancellation that was caught where it must not be thrown, in a {@code close()}, to the next await. */
    void rearm(CancelledError caught) {
        mustCancel = true;
        cancelMessage = caught.getMessage();
    }

    @SuppressWarnings("ResultOfMethodCallIgnored")
    private void clearInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    /** Returns the coroutine the task runs on. */
    CoroutineThread self() {
        CoroutineThread self = thread;
        if (self == null) {
            throw new IllegalStateException(this + " does not run (please report)");
        }
        return self;
    }

    @Override
    public String toString() {
        return Describe.task(this);
    }
}
