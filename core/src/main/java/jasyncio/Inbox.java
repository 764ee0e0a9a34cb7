package jasyncio;

import jasyncio.spi.Poller;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other threads hand to a loop, and how they end its sleep.
 *
 * <p>The loop says that it is about to sleep and then looks for entries once more; another thread adds its entry and then looks whether the
 * loop sleeps. So at least one of the two sees the other, and no entry waits for a loop that nobody wakes. A loop that is awake is not
 * woken, which saves each entry a system call.
 *
 * <p>Entries of one thread keep their order.
 */
final class Inbox {
    private final Queue<Object> entries = new ConcurrentLinkedQueue<>();

    /** Replaced by the loop while it is awake, so at most a late wakeup goes to the old one. */
    private volatile Poller poller;

    /** Written by the loop, read by any thread. */
    private volatile boolean awaited;

    Inbox(Poller poller) {
        this.poller = poller;
    }

    /** Adds an entry and wakes the loop if it sleeps. Thread-safe. */
    void add(Object entry) {
        entries.add(entry);
        if (awaited) {
            poller.wakeup();
        }
    }

    /** Takes an entry back that nobody has taken out; returns false if somebody has. Thread-safe. */
    boolean remove(Object entry) {
        return entries.remove(entry);
    }

    /** Sleeps until there is an entry, something of the poller's happens, or the time is up. For the loop's thread. */
    void sleep(long nanos) {
        awaited = true;
        poller.poll(entries.isEmpty() ? nanos : 0);
        awaited = false;
    }

    /** Takes the oldest entry out; null if there is none. For the loop's thread. */
    @Nullable
    Object poll() {
        return entries.poll();
    }

    /** Gives {@code each} the entries that nobody has taken out, which stay. Thread-safe. */
    void forEach(Consumer<Object> each) {
        entries.forEach(each);
    }

    Poller poller() {
        return poller;
    }

    /** Makes the loop sleep elsewhere. For the loop's thread. */
    void replace(Poller poller) {
        this.poller = poller;
    }

    /** Tells whether the loop sleeps or is about to. Thread-safe. */
    boolean awaited() {
        return awaited;
    }

    /** Drops all entries. Callbacks are cancelled: whoever handed one over can tell that it will not run. */
    void close() {
        Object entry;
        while ((entry = entries.poll()) != null) {
            if (entry instanceof Handle handle) {
                handle.cancel();
            }
        }
    }
}
