package jasyncio.sync;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks that hold a lock wait for each other's news: {@link #await} gives the lock back while it waits.
 *
 * {@snippet :
 * try (var _ = condition.acquire()) {
 *     condition.awaitFor(() -> !stock.isEmpty());
 *     take(stock);
 * }
 * }
 *
 * <p>A wait may end without news, so look again, or use {@link #awaitFor}.
 */
public final class Condition {
    private final Lock lock;
    private final Waiters waiters = new Waiters(this);

    /** Creates one with a lock of its own. */
    public Condition() {
        this(new Lock());
    }

    /** Creates one on a lock, which several conditions may share. */
    public Condition(Lock lock) {
        this.lock = Objects.requireNonNull(lock, "A lock is needed; it is null");
    }

    /**
     * What can be seen of a condition.
     *
     * @param locked whether its lock is held
     * @param waiters how many tasks wait for news
     */
    public record Statistics(boolean locked, int waiters) {}

    /** Acquires the lock. Suspends (not if it is free); cancellable; for a task of the loop. */
    public Held acquire() {
        return lock.acquire();
    }

    /** Releases the lock. Never suspends; for a task or callback of the loop. */
    public void release() {
        lock.release();
    }

    public boolean locked() {
        return lock.locked();
    }

    /**
     * Releases the lock, waits for news, and acquires the lock again: also when it is cancelled, which it throws only then. Suspends;
     * cancellable; for a task of the loop.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void await() {
        checkLocked("wait on");
        Future<@Nullable Void> place = waiters.join();
        release();
        try {
            try {
                try {
                    Asyncio.await(place);
                } finally {
                    waiters.leave(place);
                }
            } finally {
                reacquire();
            }
        } catch (Throwable e) {
            waiters.wakeNext(); // the news may have been for us: pass it on
            throw e;
        }
    }

    /** Acquires the lock however often it is cancelled meanwhile; throws the last cancellation then. */
    private void reacquire() {
        CancelledError cancelled = null;
        while (true) {
            try {
                lock.acquire();
                break;
            } catch (CancelledError e) {
                cancelled = e;
            }
        }
        if (cancelled != null) {
            throw cancelled;
        }
    }

    /** Waits until {@code predicate} is true; it is asked while the lock is held. Suspends; cancellable; for a task of the loop. */
    public void awaitFor(BooleanSupplier predicate) {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    /** Wakes one task that waits. Never suspends; for a task of the loop that holds the lock. */
    public void signal() {
        signal(1);
    }

    /** Wakes {@code count} tasks that wait, or all if there are fewer. Never suspends; for a task of the loop that holds the lock. */
    public void signal(int count) {
        waiters.checkAccess();
        checkLocked("signal");
        waiters.wake(count);
    }

    /** Wakes all tasks that wait. Never suspends; for a task of the loop that holds the lock. */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    private void checkLocked(String what) {
        if (!locked()) {
            throw new IllegalStateException("Cannot " + what + " a condition whose lock is not acquired: " + this
                    + "; call it inside" + " try (var _ = condition.acquire())");
        }
    }

    public Statistics statistics() {
        return new Statistics(locked(), waiters.size());
    }

    @Override
    public String toString() {
        return "<Condition [" + (locked() ? "locked" : "unlocked") + Described.waiters(waiters) + "]>";
    }
}
