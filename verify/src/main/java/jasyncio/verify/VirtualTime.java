package jasyncio.verify;

import jasyncio.spi.Clock;
import jasyncio.spi.Poller;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that starts at the epoch and passes only while the loop has nothing to do. For loops that no other thread wakes. */
final class VirtualTime implements Clock, Poller {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.get());
    }

    long micros() {
        return nanos.get() / 1000;
    }

    @Override
    public void poll(long waitNanos) {
        if (waitNanos < 0) {
            throw new IllegalStateException("Nothing is left to run and nothing is scheduled");
        }
        nanos.addAndGet(waitNanos);
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
}
