package jasyncio.testkit;

import jasyncio.spi.Poller;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Asks somebody else what to do when a loop has nothing to run, or never comes to rest. */
final class IdlePoller implements Poller {
    /** Some seconds' worth: more than a test has to do at one moment. */
    private static final long MAX_BUSY = 10_000_000;

    private final LongConsumer onIdle;

    /** The loop's thread while it waits. Written by that thread, read by those that wake it. */
    private volatile @Nullable Thread parked;

    /** Set by any thread, cleared by the loop's. What a thread hands over before it sets this is seen after this is cleared. */
    private volatile boolean woken;

    /** How many iterations have gone by without rest. For the loop's thread. */
    private long busy;

    private long maxBusy = MAX_BUSY;

    /** @param onIdle told of the nanoseconds to the next timer; of a negative number if there is none; of 0 if the loop spins */
    IdlePoller(LongConsumer onIdle) {
        this.onIdle = onIdle;
    }

    @Override
    public void poll(long waitNanos) {
        if (waitNanos != 0) {
            busy = 0;
            if (!woken) {
                onIdle.accept(waitNanos);
            }
        } else if (++busy >= maxBusy) {
            busy = 0;
            onIdle.accept(0);
        }
        if (woken) {
            woken = false;
        }
    }

    @Override
    public void wakeup() {
        woken = true;
        LockSupport.unpark(parked);
    }

    /** Waits really, for at most {@code nanos}; returns whether a wakeup or an interrupt ended it. For the loop's thread, while it is idle. */
    boolean park(long nanos) {
        long end = System.nanoTime() + nanos;
        parked = Thread.currentThread();
        try {
            long left;
            while (!woken && !Thread.currentThread().isInterrupted() && (left = end - System.nanoTime()) > 0) {
                LockSupport.parkNanos(this, left);
            }
            return woken || Thread.currentThread().isInterrupted();
        } finally {
            parked = null;
        }
    }

    /** Sets after how many iterations without rest a loop counts as spinning. */
    void maxBusy(long iterations) {
        maxBusy = iterations;
    }

    /** Returns after how many iterations without rest a loop counts as spinning. */
    long maxBusy() {
        return maxBusy;
    }

    @Override
    public void close() {}
}
