package jasyncio;

import jasyncio.spi.Poller;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits by parking the loop's thread: for loops that have no sockets of their own. */
final class ParkingPoller implements Poller {
    private volatile @Nullable Thread waiting;
    private volatile boolean woken;

    @Override
    public void poll(long waitNanos) {
        if (waitNanos == 0) {
            if (woken) { // a volatile write in every iteration would cost more than the iteration
                woken = false;
            }
            return;
        }
        waiting = Thread.currentThread();
        try {
            if (!woken) {
                if (waitNanos < 0) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, waitNanos);
                }
            }
        } finally {
            waiting = null;
            woken = false;
        }
    }

    @Override
    public void wakeup() {
        woken = true;
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void close() {}
}
