package jasyncio.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * The virtual thread that one coroutine runs on. Its loop steps it; it suspends itself; in between nobody else runs it.
 *
 * <p>Of four states two are visible to the loop after {@link #step()} returns: a coroutine is <em>suspended</em> (it called
 * {@link #suspend()} and waits for the next step) or <em>blocked</em> (a JDK call parked it; {@link Host#unblocked} tells when it can go
 * on). The others are <em>not started</em> and <em>done</em>.
 *
 * <p>All methods but {@link #interrupt()} and {@link #thread()} belong to the loop's thread or to the coroutine itself.
 */
public abstract sealed class CoroutineThread permits ScheduledThread, PortableThread {

    /** What this coroutine belongs to, a task for instance; null once it is done, so that a JDK thread that keeps us keeps nothing else. */
    private @Nullable Object owner;

    final Host host;

    /** True from the moment the coroutine asks to be suspended until it runs again. Written by the coroutine. */
    boolean suspended;

    private boolean done;

    CoroutineThread(Host host, Object owner) {
        this.host = host;
        this.owner = owner;
    }

    /** Returns the coroutine that the caller runs on, or null on any other thread. Thread-safe. */
    public static @Nullable CoroutineThread current() {
        return Backend.CHOSEN.current();
    }

    /**
     * Runs the coroutine, from its start or from its {@link #suspend()}, until it suspends, blocks or ends. For the loop's thread.
     *
     * @throws IllegalStateException if it is blocked or done
     */
    public abstract void step();

    /**
     * Runs a coroutine that was blocked on, after {@link Host#unblocked}. Does nothing if the news is stale: a coroutine that has since
     * been suspended or has ended does not move. For the loop's thread.
     */
    public abstract void resume();

    /**
     * Gives control back to the loop until the next {@link #step()}. Neither permits nor interrupts end it. For the coroutine itself.
     *
     * @throws PinnedException if a native frame or a class initialiser is on the stack, so that the stack cannot be moved away
     */
    public abstract void suspend();

    /** Returns the thread, or null before the first step and after the end. */
    public abstract @Nullable Thread thread();

    /** Interrupts the thread if there is one. Thread-safe; may take the locks of the channel the thread is blocked on. */
    public void interrupt() {
        Thread thread = thread();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Tells whether a step was begun that has neither suspended nor ended. From inside the coroutine this is true of itself. */
    public final boolean inStep() {
        return thread() != null && !suspended && !done;
    }

    /** Returns the loop that steps this coroutine. */
    public final Host host() {
        return host;
    }

    /** Tells whether the body has returned. */
    public final boolean done() {
        return done;
    }

    /** Returns what this coroutine belongs to, or null once it is done. */
    public final @Nullable Object owner() {
        return owner;
    }

    /** The life of the virtual thread: the body, then the end. */
    final void runBody() {
        Object body = owner;
        if (body == null) {
            throw new IllegalStateException("A coroutine runs once");
        }
        try {
            host.runBody(body);
        } finally {
            done = true;
            owner = null;
        }
    }
}
