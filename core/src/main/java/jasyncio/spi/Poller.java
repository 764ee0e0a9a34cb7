package jasyncio.spi;

/** Where a loop waits when nothing is ready. One poller belongs to one loop. */
public interface Poller extends AutoCloseable {

    /**
     * Waits until {@link #wakeup()}, until something of the poller's own happens, or until the time is up. May return early.
     *
     * @param waitNanos nanoseconds to wait at most; 0 does not wait; negative waits without a limit
     */
    void poll(long waitNanos);

    /** Ends the current {@link #poll}, or the next one if none is under way. Thread-safe. */
    void wakeup();

    /** Releases what the poller holds. The loop calls it once, when it is closed. */
    @Override
    void close();
}
