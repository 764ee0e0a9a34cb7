package jasyncio.sync;

import jasyncio.Asyncio;
import jasyncio.Future;
import org.jspecify.annotations.Nullable;

/** A flag that tasks wait for. Setting it wakes all of them; it stays set until it is cleared. */
public final class Event {
    private final Waiters waiters = new Waiters(this);
    private boolean set;

    public Event() {}

    /**
     * What can be seen of an event.
     *
     * @param waiters how many tasks wait
     */
    public record Statistics(boolean set, int waiters) {}

    /** Sets the flag and wakes every task that waits. Never suspends; for a task or callback of the loop. */
    public void set() {
        waiters.checkAccess();
        if (!set) {
            set = true;
            waiters.wake(Integer.MAX_VALUE);
        }
    }

    /** Clears the flag; tasks that were woken stay awake. Never suspends; for a task or callback of the loop. */
    public void clear() {
        waiters.checkAccess();
        set = false;
    }

    public boolean isSet() {
        return set;
    }

    /** Waits until the flag is set. Suspends (not if it is set); cancellable; for a task of the loop. */
    public void await() {
        if (!set) {
            Future<@Nullable Void> place = waiters.join();
            try {
                Asyncio.await(place);
            } finally {
                waiters.leave(place);
            }
        }
    }

    public Statistics statistics() {
        return new Statistics(set, waiters.size());
    }

    @Override
    public String toString() {
        return "<Event [" + (set ? "set" : "unset") + Described.waiters(waiters) + "]>";
    }
}
