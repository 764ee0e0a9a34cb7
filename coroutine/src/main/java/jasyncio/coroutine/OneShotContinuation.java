package jasyncio.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * A body that can give control back to whoever resumed it, in the middle of its calls, and be resumed: what generators and greenlets are
 * made of. It has no scheduler: it runs while its caller is in {@link #resume()}.
 *
 * <p>On the fast backend it is the JDK's raw continuation, so {@code Thread.currentThread()}, thread locals, locks and blocking calls are
 * those of the thread that resumes it. On the portable one it is a virtual thread that passes a baton, and those are its own. Rules:
 *
 * <ul>
 *   <li>{@link #resume()} inflates the monitors of its caller, which a raw yield would carry off otherwise (see {@code Monitors}).
 *   <li>It belongs to the thread that first resumes it. Compiled code keeps {@code Thread.currentThread()} over a raw yield, so another
 *       thread would run with a stale one; it gets an error instead.
 *   <li>One that is dropped half-way is garbage: its {@code finally} blocks never run.
 * </ul>
 */
public abstract sealed class OneShotContinuation permits RawContinuation, PortableContinuation {
    /**
     * What a yield goes back from. Where continuations are nested, those further in than the one that yields are suspended with it, and go on
     * with it: a greenlet can be left in the middle of a generator's body.
     */
    public enum Scope {
        GENERATOR,
        GREENLET
    }

    private final String kind;
    private @Nullable Thread owner;
    boolean running;

    OneShotContinuation(String kind) {
        this.kind = kind;
    }

    /**
     * Creates one without running it.
     *
     * @param kind what it is the inside of, for messages: "generator"
     */
    public static OneShotContinuation of(String kind, Runnable body) {
        return of(Scope.GENERATOR, kind, body);
    }

    /** The same for a body that yields from {@code scope}. */
    public static OneShotContinuation of(Scope scope, String kind, Runnable body) {
        return Backend.chosen().newContinuation(scope, kind, body);
    }

    /**
     * Runs the body until it yields or ends. What the body throws is thrown here.
     *
     * @throws IllegalStateException if it is running or done, or belongs to another thread
     */
    public abstract void resume();

    /**
     * As {@link #resume()}, for a caller that has entered no monitor since the last {@code resume()} of this or another continuation on this
     * thread: cheaper, as there is nothing to inflate.
     */
    public abstract void resumeInflated();

    /**
     * Gives control back to whoever resumed the innermost generator of the calling thread.
     *
     * @throws PinnedException if a class initialiser or a native frame is on its stack
     */
    public static void yield() {
        OneShotContinuation.yield(Scope.GENERATOR);
    }

    /** The same for the innermost continuation of {@code scope}. */
    public static void yield(Scope scope) {
        Backend.CHOSEN.yieldContinuation(scope);
    }

    /** Returns the thread at the bottom: the one that the caller runs on, or that the outermost continuation around it was resumed on. */
    public static Thread bottom() {
        return Backend.CHOSEN.bottomOfContinuations();
    }

    /** Tells whether the caller runs in this continuation and in none that this one resumed, so that a {@link #yield()} would be its own. */
    public abstract boolean innermost();

    /** Tells whether it was resumed and has neither yielded nor ended. */
    public final boolean running() {
        return running;
    }

    public abstract boolean done();

    /** Returns the stack of a suspended one, innermost call first, with the machinery; empty before it was resumed and after its end. */
    public abstract StackTraceElement[] stack();

    /**
     * Refuses a resume that is not possible, for a caller that has to know before; the first call makes the continuation the caller's.
     *
     * @throws IllegalStateException if it is running or done, or belongs to another thread
     */
    public abstract void checkResumable();

    /** Refuses a resume that is not possible; claims the continuation for {@code thread} at the first. */
    final void checkResumable(Thread thread) {
        if (owner != thread || running || done()) {
            claim(thread);
        }
    }

    private void claim(Thread thread) {
        if (running) {
            throw new IllegalStateException("Cannot resume a " + kind + " that is running");
        }
        if (done()) {
            throw new IllegalStateException("Cannot resume a " + kind + " that has ended");
        }
        if (owner != null) {
            throw new IllegalStateException("Cannot resume on " + thread + " a " + kind + " that belongs to " + owner
                    + "; the thread or task that first resumes one keeps it");
        }
        owner = thread;
    }
}
