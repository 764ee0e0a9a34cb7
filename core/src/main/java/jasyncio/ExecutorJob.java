package jasyncio;

import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
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
        this.body = Given.given(body, "A body");
    }

    static <T extends @Nullable Object> Future<T> submit(
            EventLoop loop, Executor executor, Callable<? extends T> body) {
        if (body instanceof Serializable && executor instanceof ExecutorService service && mayBeElsewhere(service)) {
            return Bridges.wrapBlocking(loop, service.submit(ExecutorJob.<T>narrowed(body)));
        }
        Future<T> future = loop.createFuture();
        var job = new ExecutorJob<T>(future, body);
        executor.execute(job);
        OutsideWork.track(future, job);
        future.addCallback((LibraryCallback) job::futureDone);
        return future;
    }

    /** Tells of executors whose threads may be another JVM's: the body itself has to go there, and not this object with its future. */
    private static boolean mayBeElsewhere(ExecutorService service) {
        return service.getClass().getModule() != Object.class.getModule();
    }

    /** A callable only gives. */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> Callable<T> narrowed(Callable<? extends T> body) {
        return (Callable<T>) body;
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
