package jasyncio.executor;

import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/** A job of a {@link ProcessPoolExecutor}, and the future of its result. */
final class PoolJob<T extends @Nullable Object> extends CompletableFuture<T> implements RunnableFuture<T> {
    /** So many bytes, some times over, fit into the buffer of any socket. */
    private static final int SMALL = 4_096;

    /** A {@code Callable} or a {@code Runnable}. */
    private final Object body;

    /** What is sent; null once it was, or is not to be. Written by the thread that submits, then by whoever sends or cancels. */
    private volatile @Nullable ByteBuffer payload;

    /** Where it runs, and its number there. */
    private volatile @Nullable Child child;

    private volatile long number;
    private volatile boolean interruptWanted;

    PoolJob(Object body) {
        this.body = body;
    }

    /** Serializes the body; what goes wrong there becomes the outcome. */
    void serialize() {
        try {
            payload = Codec.write(body).bytes();
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            e.addSuppressed(new RemoteTraceback("Thrown while " + this
                    + " was serialized for a child process: whatever it refers to is sent with it"));
            completeExceptionally(e);
        }
    }

    /** Tells whether it may be sent ahead, and come back. */
    boolean small() {
        ByteBuffer bytes = payload;
        return bytes != null && bytes.remaining() <= SMALL;
    }

    /** It is no child's any more. */
    void returned() {
        child = null;
    }

    /** Sends it to a child, unless it is done: false, then. */
    boolean sendTo(Child to, long number) throws java.io.IOException {
        ByteBuffer bytes = payload;
        if (bytes == null || isDone()) {
            return false;
        }
        this.number = number;
        child = to;
        if (!small()) {
            payload = null; // it is sent once, so nobody needs it any more
        }
        to.wire().send(Wire.JOB, number, bytes);
        if (interruptWanted) {
            interrupt(); // which may have been too early, or have found the socket in use
        }
        return true;
    }

    /**
     * Drops it if it waits, and takes it out of the queue. If it runs, drops the result, and interrupts its thread in the child if
     * {@code mayInterruptIfRunning}.
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            payload = null;
            if (mayInterruptIfRunning) {
                interruptWanted = true;
                interrupt();
            }
        }
        return cancelled;
    }

    private void interrupt() {
        Child runsThere = child;
        if (runsThere != null) {
            runsThere.interrupt(number);
        }
    }

    /** The value is of the type that the body promised, as far as serialization keeps promises. */
    @SuppressWarnings("unchecked")
    void succeed(@Nullable Object value) {
        complete((T) value);
    }

    /** Runs it here: for those who got it from {@code shutdownNow}. */
    @Override
    public void run() {
        if (body instanceof Callable<?> callable) {
            try {
                callable.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("The job has failed", e);
            }
        } else {
            ((Runnable) body).run();
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public String toString() {
        return describe(body);
    }

    static String describe(Object body) {
        if (body instanceof Chunk<?, ?> chunk) {
            return chunk.toString();
        }
        String name = body.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? "job " + name : "a job of " + name.substring(0, lambda);
    }
}
