package jasyncio.sync;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.CheckReturnValue;
import jasyncio.Future;
import org.jspecify.annotations.Nullable;

/**
 * Mutual exclusion between tasks, held across awaits. Fair, not reentrant, and owned by no one: another task may release it.
 *
 * {@snippet :
 * try (var _ = lock.acquire()) {
 *     balance = await(read());
 *     await(write(balance - 1)); // nobody else is in here meanwhile
 * }
 * }
 *
 * <p>Releasing wakes the task that waits longest but does not hand the lock over: until that task runs nobody holds it, and newcomers
 * queue behind.
 */
public final class Lock {
    private final Waiters waiters = new Waiters(this);
    private final Runnable release = this::release;
    private boolean locked;

    public Lock() {}

    /**
     * What can be seen of a lock.
     *
     * @param waiters how many tasks wait
     */
    public record Statistics(boolean locked, int waiters) {}

    /** Waits until the lock is free and takes it. Suspends (not if it is free); cancellable; for a task of the loop. */
    public Held acquire() {
        if (!tryAcquire()) {
            awaitTurn();
            locked = true;
        }
        return new Acquired(release);
    }

    private void awaitTurn() {
        Future<@Nullable Void> place = waiters.join();
        try {
            try {
                Asyncio.await(place);
            } finally {
                waiters.leave(place);
            }
        } catch (CancelledError e) {
            if (!locked) { // we were woken and do not take it: the next one shall
                waiters.wakeFirst();
            }
            throw e;
        }
    }

    /** Takes the lock if it is free and nobody waits for it. Never suspends; for a task or callback of the loop. */
    @CheckReturnValue
    public boolean tryAcquire() {
        waiters.checkAccess();
        if (locked || waiters.anyLive()) {
            return false;
        }
        locked = true;
        return true;
    }

    /**
     * Gives the lock back and wakes the task that waits longest. Never suspends; for a task or callback of the loop.
     *
     * @throws IllegalStateException if it is not locked
     */
    public void release() {
        waiters.checkAccess();
        if (!locked) {
            throw new IllegalStateException("Lock is not acquired: " + this);
        }
        locked = false;
        waiters.wakeFirst();
    }

    public boolean locked() {
        return locked;
    }

    public Statistics statistics() {
        return new Statistics(locked, waiters.size());
    }

    @Override
    public String toString() {
        return "<Lock [" + (locked ? "locked" : "unlocked") + Described.waiters(waiters) + "]>";
    }
}
