package jasyncio;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that live no longer than a body: {@link #run} returns when the body and every task of the group have ended. If one of them fails,
 * the others are cancelled, and all failures leave together as an {@link ExceptionGroup}.
 *
 * {@snippet :
 * taskGroup(group -> {
 *     group.createTask(() -> fetch(a));
 *     group.createTask(() -> fetch(b));
 * }); // both are done here
 * }
 *
 * <p>Used once, by one task. A task that is merely cancelled does not fail the group.
 */
public final class TaskGroup {
    private final Set<Task<?>> tasks = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    private @Nullable Task<?> parent;
    private @Nullable Future<@Nullable Void> allDone;
    private @Nullable KeyboardInterrupt interrupt;
    private boolean exiting;
    private boolean aborting;
    private boolean parentCancelRequested;
    private boolean cancelCalled;
    private int cancellingBefore;

    public TaskGroup() {}

    /** A body that is given its group. */
    @FunctionalInterface
    public interface Body {
        void run(TaskGroup group) throws Exception;
    }

    /**
     * Runs the body in place and waits for the group's tasks. Suspends; cancellable; for a task of the loop.
     *
     * @return the body's value; null if {@link #cancel()} ended the body before it had one
     * @throws ExceptionGroup if a task or the body failed
     * @throws CancelledError if the caller's task was cancelled from outside
     * @throws IllegalStateException if this group was run before
     */
    @SuppressWarnings("NullAway") // see @return
    public <T extends @Nullable Object> T run(Callable<? extends T> body) {
        Given.given(body, "A body"); // before the group is entered, which would wrap the failure
        enter();
        T value = null;
        Throwable thrown = null;
        try {
            value = body.call();
        } catch (Throwable e) {
            thrown = parent().atScopeEdge(e);
        }
        exit(thrown);
        return value;
    }

    /** The same for a body without a value. */
    public void run(Action<?> body) {
        this.<@Nullable Void>run(new ActionBody(body));
    }

    /** Creates a task in this group. Never suspends; for a task of the loop. */
    public <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
        return task().start(body);
    }

    /** Creates a task in this group. Never suspends; for a task of the loop. */
    public Task<@Nullable Void> createTask(Action<?> body) {
        return task().start(body);
    }

    /** Creates a task in this group. Never suspends; for a task of the loop. */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return task().start(coroutine);
    }

    /** Creates a named task in this group. Never suspends; for a task of the loop. */
    public <T extends @Nullable Object> Task<T> createTask(String name, Callable<? extends T> body) {
        return task().name(name).start(body);
    }

    /** Creates a named task in this group. Never suspends; for a task of the loop. */
    public Task<@Nullable Void> createTask(String name, Action<?> body) {
        return task().name(name).start(body);
    }

    /** Creates a named task in this group. Never suspends; for a task of the loop. */
    public <T extends @Nullable Object> Task<T> createTask(String name, Coroutine<T> coroutine) {
        return task().name(name).start(coroutine);
    }

    /** Begins a task of this group with options. */
    public Task.Builder task() {
        return new TaskBuilder(parent == null ? Await.loop() : parent.loop, this);
    }

    /**
     * Ends the group early: its tasks and its body are cancelled, and {@link #run} returns without a {@code CancelledError}. Before
     * {@code run} it takes effect on entry; after it, and a second time, it does nothing. Never suspends; for a task of the loop.
     */
    public void cancel() {
        if (cancelCalled || (exiting && tasks.isEmpty())) {
            return;
        }
        if (parent != null) {
            parent.checkAccess();
        }
        cancelCalled = true;
        if (parent != null) {
            cancelAll(parent);
        }
    }

    private void cancelAll(Task<?> parent) {
        if (!aborting) {
            abort();
        }
        if (!parentCancelRequested) {
            parentCancelRequested = true;
            parent.cancelUnchecked(null);
        }
    }

    // ---- for TaskBuilder

    /** Refuses a new task when the group takes none. */
    void checkOpen() {
        if (parent == null) {
            throw new IllegalStateException(this + " has not been entered; create its tasks inside run(…)");
        }
        if (exiting && tasks.isEmpty()) {
            throw new IllegalStateException(
                    this + " is finished; create its tasks before the body and all tasks have ended");
        }
        if (aborting) {
            throw new IllegalStateException(
                    this + " is shutting down: it was cancelled or one of its tasks has failed");
        }
    }

    void add(Task<?> task) {
        tasks.add(task); // also one that is done already, having started eagerly: its end is told from the ready queue,
        // never inside
        task.addCallback(new TaskDone(task));
        if (aborting && !task.done()) { // it cancelled the group in its eager first step
            task.cancelUnchecked(null);
        }
    }

    // ---- entering and leaving

    private void enter() {
        if (parent != null) {
            throw new IllegalStateException(this + " has already been entered; create a group for each body");
        }
        Task<?> current = Await.task();
        parent = current;
        cancellingBefore = current.cancelling();
        if (cancelCalled) {
            cancelAll(current);
        }
    }

    private void exit(@Nullable Throwable thrown) {
        exiting = true;
        if (thrown instanceof KeyboardInterrupt k && interrupt == null) {
            interrupt = k;
        }
        CancelledError cancelled = thrown instanceof CancelledError c ? c : null;
        if (thrown != null && !aborting) {
            abort();
        }
        while (!tasks.isEmpty()) {
            try {
                awaitTasks();
            } catch (CancelledError e) {
                if (!aborting) {
                    cancelled = e;
                    abort();
                }
            }
            allDone = null;
        }
        leave(thrown, cancelled);
    }

    private void awaitTasks() {
        Future<@Nullable Void> allDone = parent().loop.createFuture();
        this.allDone = allDone;
        Await.future(allDone);
    }

    /** Everything has ended: decides what leaves the group. */
    private void leave(@Nullable Throwable thrown, @Nullable CancelledError cancelledInBody) {
        if (interrupt != null) {
            throw interrupt;
        }
        CancelledError cancelled = cancelledInBody;
        if (parentCancelRequested) {
            int others = parent().uncancel();
            if (others == 0) {
                cancelled = null;
            } else if (cancelled == null && cancelCalled && others > cancellingBefore) {
                cancelled = new CancelledError(); // a cancellation from outside came while we were cancelling
            }
        }
        if (cancelled != null && errors.isEmpty()) {
            throw cancelled;
        }
        if (thrown != null && !(thrown instanceof CancelledError)) {
            errors.add(thrown);
        }
        if (!errors.isEmpty()) {
            if (parent().cancelling() > 0) {
                // Cancelled from outside as well: that is delivered at the next await, and the count stays what it was.
                parent().uncancel();
                parent().cancelUnchecked(null);
            }
            throw Traces.here(new ExceptionGroup("unhandled errors in a TaskGroup", errors));
        }
    }

    private void abort() {
        aborting = true;
        for (Task<?> task : List.copyOf(tasks)) {
            if (!task.done()) {
                task.cancelUnchecked(null);
            }
        }
    }

    private final class TaskDone implements LibraryCallback {
        private final Task<?> task;

        TaskDone(Task<?> task) {
            this.task = task;
        }

        @Override
        public void run() {
            taskDone(task);
        }

        @Override
        public String toString() {
            return "TaskGroup";
        }
    }

    private void taskDone(Task<?> task) {
        tasks.remove(task);
        if (tasks.isEmpty() && allDone != null && !allDone.done()) {
            allDone.succeed(null);
        }
        Throwable failure = task.cancelled() ? null : task.exceptionUnchecked();
        if (failure == null) {
            return;
        }
        errors.add(failure);
        if (failure instanceof KeyboardInterrupt k && interrupt == null) {
            interrupt = k;
        }
        if (parent().done()) {
            EventLoop loop = parent().loop;
            loop.kernel.asUser(() -> loop.callExceptionHandler(new EventLoop.Failure(
                    task + " has failed, but its parent " + parent() + " is already done", failure, task)));
        } else if (!aborting && !parentCancelRequested) {
            // The body is to stop too; that it was us who cancelled the parent is taken back on leaving.
            abort();
            parentCancelRequested = true;
            parent().cancelUnchecked(null);
        }
    }

    private Task<?> parent() {
        return java.util.Objects.requireNonNull(parent);
    }

    @Override
    public String toString() {
        return "<TaskGroup"
                + (tasks.isEmpty() ? "" : " tasks=" + tasks.size())
                + (errors.isEmpty() ? "" : " errors=" + errors.size())
                + (aborting ? " cancelling" : parent != null ? " entered" : "")
                + ">";
    }
}
