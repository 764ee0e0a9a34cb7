package jasyncio;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way through an executor, and the future of its result. A cancellation of the future keeps the body from starting; once
 * it runs nothing stops it.
 *
 * <p>Each job is decided once: by the executor's thread that begins it, or by the loop that cancels it.
 */
final class ExecutorJob<T extends @Nullable Object> implements Runnable {
    private final Future<T> future;
    private final Callable<? extends T> body;
    private final AtomicBoolean decided = new AtomicBoolean();

    private ExecutorJob(Future<T> future, Callable<? extends T> body) {
        this.future = future;
        this.body = java.util.Objects.requireNonNull(body, "body");
    }

    static <T extends @Nullable Object> Future<T> submit(
            EventLoop loop, Executor executor, Callable<? extends T> body) {
        Future<T> future = loop.createFuture();
        var job = new ExecutorJob<T>(future, body);
        executor.execute(job);
        OutsideWork.track(future, job);
        future.addCallback((LibraryCallback) job::futureDone);
        return future;
    }

    private void futureDone() {
        if (future.cancelled()) {
            decided.set(true);
        }
    }

    @Override
    public void run() {
        if (decided.compareAndSet(false, true)) {
            LibraryCallback delivery;
            try {
                T value = body.call();
                delivery = () -> {
                    if (!future.done()) {
                        future.succeed(value);
                    }
                };
            } catch (Throwable e) {
                Traces.trim(e);
                delivery = () -> {
                    if (!future.done()) {
                        future.fail(e);
                    }
                };
            }
            future.loop.enqueue(delivery);
        }
    }

    @Override
    public String toString() {
        return "<ExecutorJob " + Describe.body(body) + ">";
    }
}
