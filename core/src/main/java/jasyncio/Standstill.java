package jasyncio;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Holds a loop still while a thread dump walks over the threads of its tasks.
 *
 * <p>The JVM's dump of a virtual thread that is mounted or unmounted at that moment can crash (JDK 25.0.3, for virtual threads of every
 * scheduler), and a loop does that a million times a second. So the dump's stream of threads has the loop wait in one entry of its ready
 * queue until the stream is at its end, or until nobody has asked for the next thread for a while. The order of tasks stays what it was.
 */
final class Standstill implements LibraryCallback {
    private static final long MAX_WAIT_FOR_LOOP = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_PAUSE_BETWEEN_THREADS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(1);

    private final CountDownLatch standing = new CountDownLatch(1);
    private volatile boolean over;
    private volatile long lastAsked = System.nanoTime();

    private Standstill() {}

    /** Returns the threads of the tasks of a loop, which stands still from now to the end of the stream. For the thread that dumps. */
    static Stream<Thread> threadsOf(Kernel kernel) {
        var standstill = new Standstill();
        if (kernel.running() && !kernel.onLoop() && kernel.stuckTurn != kernel.turn()) {
            kernel.addExternal(standstill);
            standstill.awaitStanding();
        }
        Iterator<Thread> threads = standstill.until(kernel.threads().iterator());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(threads, Spliterator.ORDERED), false);
    }

    private void awaitStanding() {
        try {
            // A loop that does not come by is stuck in one entry, and mounts nothing either.
            boolean _ = standing.await(MAX_WAIT_FOR_LOOP, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lastAsked = System.nanoTime();
    }

    private Iterator<Thread> until(Iterator<Thread> threads) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                lastAsked = System.nanoTime();
                over = !threads.hasNext();
                return !over;
            }

            @Override
            public Thread next() {
                return threads.next();
            }
        };
    }

    /** On the bare loop thread. */
    @Override
    public void run() {
        lastAsked = System.nanoTime();
        standing.countDown();
        while (!over && System.nanoTime() - lastAsked < MAX_PAUSE_BETWEEN_THREADS) {
            LockSupport.parkNanos(this, LOOK);
        }
    }
}
