package jasyncio;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task that another thread asked for, as the JDK future which that thread holds. */
final class ThreadsafeTask<T extends @Nullable Object> extends CompletableFuture<T> {
    private final EventLoop loop;

    /** For the loop's thread. */
    private @Nullable Task<T> task;

    /** The task was told of the cancellation. For the loop's thread. */
    private boolean told;

    private ThreadsafeTask(EventLoop loop) {
        this.loop = loop;
    }

    static <T extends @Nullable Object> CompletableFuture<T> start(EventLoop loop, Callable<? extends T> body) {
        Given.given(loop, "A loop");
        Given.given(body, "A body");
        var result = new ThreadsafeTask<T>(loop);
        loop.asked.add(result); // before the loop is asked whether it is open: closing it then finds this one
        var _ = result.whenComplete((_, _) -> loop.asked.remove(result));
        loop.callSoonThreadsafe(() -> result.create(body));
        return result;
    }

    /** Tells whoever waits on another thread that nothing will come any more. */
    void loopClosed() {
        completeExceptionally(new CancellationException("Event loop is closed: " + loop));
    }

    private void create(Callable<? extends T> body) {
        if (isDone()) {
            return; // cancelled before it began
        }
        try {
            Task<T> created = loop.createTask(body);
            task = created;
            created.addDoneCallback(_ -> Bridges.complete(this, created));
            tellIfCancelled(); // it may have been while creating the task blocked, and the loop went on
        } catch (RuntimeException | Error e) { // of the task factory: a failure of the loop's own side too
            completeExceptionally(e);
            throw e;
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && !loop.closed()) {
            loop.enqueue((LibraryCallback) this::tellIfCancelled);
        }
        return cancelled;
    }

    private void tellIfCancelled() {
        if (task != null && isCancelled() && !told) {
            told = true;
            task.cancelUnchecked(null);
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
