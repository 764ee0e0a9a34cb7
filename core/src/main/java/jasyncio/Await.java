package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The one place where tasks wait: every suspension of the library and its users comes through here. */
final class Await {
    private Await() {}

    static <T extends @Nullable Object> T awaitable(Awaitable<T> awaitable) {
        return switch (Objects.requireNonNull(awaitable, "Nothing to await: the argument is null")) {
            case Future<T> future -> future(future);
            case Coroutine<T> coroutine -> coroutine(coroutine);
        };
    }

    static <T extends @Nullable Object> T future(Future<T> future) {
        Task<?> task = task();
        if (!future.done()) {
            task.awaitDone(future);
        } else {
            future.checkAccess();
        }
        Throwable failure = future.failureOrCancelled();
        if (failure != null) {
            throw Rethrow.unchecked(Traces.awaited(failure, task));
        }
        return future.resultUnchecked();
    }

    /** Runs a coroutine in the caller's task: a plain call. */
    private static <T extends @Nullable Object> T coroutine(Coroutine<T> coroutine) {
        task();
        try {
            return coroutine.start().call();
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
    }

    static <T extends @Nullable Object> T stage(CompletionStage<? extends T> stage) {
        Objects.requireNonNull(stage, "Nothing to await: the argument is null");
        Task<?> task = task();
        if (stage instanceof CompletableFuture<?> done && done.isDone() && !done.isCompletedExceptionally()) {
            @SuppressWarnings("unchecked") // it is the stage
            T value = (T) done.join();
            return value;
        }
        return future(Bridges.<T>wrap(task.loop, stage));
    }

    /** Suspends for exactly one iteration of the loop. */
    static void yieldOnce() {
        task().yieldOnce();
    }

    /**
     * Returns the task the caller runs in.
     *
     * @throws IllegalStateException anywhere else, saying what to do
     */
    static Task<?> task() {
        CoroutineThread coroutine = CoroutineThread.current();
        if (coroutine != null) {
            Task<?> task = taskOf(coroutine);
            if (task != null) {
                return task;
            }
            throw new IllegalStateException(
                    "Cannot await in a callback, which runs on the loop but is no task; createTask(…) from it instead");
        }
        throw new IllegalStateException("No task is running on " + Thread.currentThread()
                + ": await, sleep and the like work inside run(…) and createTask(…), on the loop's own tasks; from another thread use"
                + " runCoroutineThreadsafe(loop, …)");
    }

    /** The same for a caller that does not mean to await. */
    static Task<?> currentTask() {
        Task<?> task = taskOrNull();
        if (task == null && CoroutineThread.current() != null) {
            throw new IllegalStateException("No task is running: a callback runs on the loop but is no task;"
                    + " LowLevel.currentTask() gives null here, and createTask(…) makes a task");
        }
        return task == null ? task() : task;
    }

    static @Nullable Task<?> taskOrNull() {
        CoroutineThread coroutine = CoroutineThread.current();
        return coroutine == null ? null : taskOf(coroutine);
    }

    /** Returns the task that runs on {@code coroutine}: its own, or the one that is in this segment; or null. */
    static @Nullable Task<?> taskOf(CoroutineThread coroutine) {
        Object owner = coroutine.owner();
        return owner instanceof Task<?> task ? task : owner instanceof Segment segment ? segment.task() : null;
    }

    /** Refuses what belongs to another loop than the caller's, if the caller is on one: nothing here could wake it. */
    static void checkLoop(Object what, EventLoop loop) {
        EventLoop here = EventLoop.currentOrNull();
        if (here != null && here != loop) {
            throw new IllegalArgumentException("Cannot wait for " + what + " of " + loop + " on " + here
                    + ": it must belong to the running loop; hand its result over with runCoroutineThreadsafe(…)");
        }
    }

    /** Returns the loop the caller runs on. */
    static EventLoop loop() {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop == null) {
            throw new IllegalStateException("No running event loop on " + Thread.currentThread()
                    + ": call this from a task or callback, inside run(…), or use a method of an EventLoop");
        }
        return loop;
    }
}
