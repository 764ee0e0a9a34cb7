package jasyncio.coroutine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/**
 * The JDK's one-shot continuation: a body that can give control back to whoever resumed it, in the middle of its calls, and be resumed.
 *
 * <p>It has no thread and no scheduler of its own, so {@code Thread.currentThread()}, thread locals, locks and blocking calls are those
 * of the thread that resumes it. Three rules come with it:
 *
 * <ul>
 *   <li>{@link #resume()} inflates the monitors of its caller, which a raw yield would carry off otherwise (see {@code Monitors}).
 *   <li>It belongs to the thread that first resumes it. Compiled code keeps {@code Thread.currentThread()} over a raw yield, so another
 *       thread would run with a stale one; it gets an error instead.
 *   <li>One that is dropped half-way is garbage: its {@code finally} blocks never run.
 * </ul>
 */
public final class OneShotContinuation {
    private static final ContinuationScope SCOPE = new ContinuationScope("jasyncio");

    private final Continuation continuation;
    private final Monitors monitors = new Monitors();
    private boolean running;
    private Thread owner = NOBODY;

    private static final Thread NOBODY = Thread.ofVirtual().unstarted(() -> {});

    public OneShotContinuation(Runnable body) {
        continuation = new Continuation(SCOPE, body);
    }

    /**
     * Runs the body until it yields or ends.
     *
     * @throws IllegalStateException if it is running or done, or belongs to another thread
     */
    public void resume() {
        if (running) {
            throw new IllegalStateException("Cannot resume a continuation that is running");
        }
        if (continuation.isDone()) {
            throw new IllegalStateException("Cannot resume a continuation that has ended");
        }
        if (owner != Thread.currentThread()) {
            claim();
        }
        running = true;
        try {
            monitors.inflateHeld();
            continuation.run();
        } finally {
            running = false;
        }
    }

    /**
     * Gives control back to whoever resumed the innermost continuation of the calling thread.
     *
     * @throws PinnedException if a class initialiser or a native frame is on its stack
     */
    public static void yield() {
        boolean yielded;
        try {
            yielded = Continuation.yield(SCOPE);
        } catch (IllegalStateException e) {
            throw new PinnedException();
        }
        if (!yielded) {
            throw new PinnedException();
        }
    }

    public boolean done() {
        return continuation.isDone();
    }

    private void claim() {
        if (owner != NOBODY) {
            throw new IllegalStateException(
                    "Cannot resume on " + Thread.currentThread() + " a continuation that belongs to " + owner
                            + "; the thread or task that first resumes one keeps it");
        }
        owner = Thread.currentThread();
    }
}
