package jasyncio.sync;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.CheckReturnValue;
import jasyncio.Future;
import org.jspecify.annotations.Nullable;

/** A number of permits. Fair: a task that comes while others wait queues behind them, whatever is free. */
@SuppressWarnings("this-escape") // its waiters keep it for messages, and call nothing on it before that
public class Semaphore {
    private final Waiters waiters = new Waiters(this);
    private final Runnable release = this::release;
    private int value;

    /** @throws IllegalArgumentException if {@code permits} is negative */
    public Semaphore(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("Semaphore initial value must be >= 0: " + permits);
        }
        this.value = permits;
    }

    /**
     * What can be seen of a semaphore.
     *
     * @param permits how many are free
     * @param waiters how many tasks wait
     */
    public record Statistics(int permits, int waiters) {}

    /** Waits for a permit and takes it. Suspends (not if one is free and nobody waits); cancellable; for a task of the loop. */
    public Held acquire() {
        if (!tryAcquire()) {
            awaitTurn();
        }
        return new Acquired(release);
    }

    private void awaitTurn() {
        Future<@Nullable Void> place = waiters.join();
        try {
            try {
                Asyncio.await(place); // whoever wakes us has taken the permit on our behalf
            } finally {
                waiters.leave(place);
            }
        } catch (CancelledError e) {
            if (place.done() && !place.cancelled()) {
                value++;
            }
            throw e;
        } finally {
            while (value > 0 && wakeNext()) {
                // newcomers queued behind us although there were permits
            }
        }
    }

    /** Takes a permit if one is free and nobody waits. Never suspends; for a task or callback of the loop. */
    @CheckReturnValue
    public boolean tryAcquire() {
        waiters.checkAccess();
        if (locked()) {
            return false;
        }
        value--;
        return true;
    }

    /**
     * Gives a permit back, to the task that waits longest if there is one. Never suspends; for a task or callback of the loop.
     *
     * @throws IllegalStateException if {@code Integer.MAX_VALUE} are free already
     */
    public void release() {
        waiters.checkAccess();
        if (value == Integer.MAX_VALUE) {
            throw new IllegalStateException("Cannot release " + this + ": it has " + value
                    + " free permits, and cannot count more; release what was acquired, once");
        }
        value++;
        boolean _ = wakeNext();
    }

    /** Wakes a task and takes a permit on its behalf. */
    private boolean wakeNext() {
        if (waiters.wakeNext()) {
            value--;
            return true;
        }
        return false;
    }

    /** Tells whether {@link #acquire} would wait: no permit is free, or others wait already. */
    public boolean locked() {
        return value == 0 || waiters.anyLive();
    }

    int value() {
        return value;
    }

    public Statistics statistics() {
        return new Statistics(value, waiters.size());
    }

    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + " [" + (locked() ? "locked" : "unlocked, value:" + value)
                + Described.waiters(waiters) + "]>";
    }
}
