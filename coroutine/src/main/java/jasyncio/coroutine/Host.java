package jasyncio.coroutine;

import org.jspecify.annotations.Nullable;

/** What a {@link CoroutineThread} asks of the loop that steps it. */
public interface Host {

    /**
     * Runs the body of a coroutine, on that coroutine, from beginning to end.
     *
     * @param owner what was given to {@link Backend#newThread}
     */
    void runBody(Object owner);

    /** Returns the name for the thread of a coroutine about to start, or null for none. */
    @Nullable
    String threadName(Object owner);

    /**
     * Tells that a coroutine that was blocked in a JDK call (a lock, a socket, a sleep) can go on: the loop is to call its
     * {@link CoroutineThread#resume()} when its turn comes. Called from any thread, also from the loop's own in the middle of a step.
     */
    void unblocked(CoroutineThread thread);
}
