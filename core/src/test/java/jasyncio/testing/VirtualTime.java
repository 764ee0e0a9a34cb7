package jasyncio.testing;

import jasyncio.spi.Clock;
import jasyncio.spi.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Time that starts at the epoch and passes only while the loop has nothing to do: waiting for a timer takes no time. */
public final class VirtualTime implements Clock, Poller {
    /** Long enough for any other thread to finish its work, short enough for a test to fail soon. */
    private static final long MAX_WAIT_SECONDS = 10;

    /** Holds at least one permit from a wakeup until the poll that it ends. */
    private final Semaphore wakeups = new Semaphore(0);

    private final AtomicLong nanos = new AtomicLong();

    /** Told once of the wait that is about to begin, instead of waiting. For the loop's thread. */
    private @Nullable LongConsumer onIdle;

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.get());
    }

    @Override
    public void poll(long waitNanos) {
        if (wakeups.drainPermits() > 0 || waitNanos == 0) {
            return;
        }
        if (onIdle != null) {
            LongConsumer told = onIdle;
            onIdle = null;
            told.accept(waitNanos);
        } else if (waitNanos > 0) {
            nanos.addAndGet(waitNanos);
        } else {
            awaitWakeup();
        }
    }

    @Override
    public void wakeup() {
        wakeups.release();
    }

    @Override
    public void close() {}

    /** Lets time pass as a computation would. */
    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Calls {@code told} when the loop would wait next, with the nanoseconds to its first timer or -1 if it has none. */
    void whenIdle(LongConsumer told) {
        onIdle = told;
    }

    private void awaitWakeup() {
        try {
            if (!wakeups.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Nothing is left to run and nothing is scheduled");
            }
            wakeups.drainPermits();
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while nothing was left to run", e);
        }
    }
}
