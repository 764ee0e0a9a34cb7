package jasyncio.executor;

import jasyncio.queue.QueueEmptyException;
import jasyncio.queue.QueueFullException;
import jasyncio.queue.QueueShutDownException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The side of a {@link SharedQueue} for threads. What waits blocks the caller's thread until then; an interrupt ends the waiting, and no item
 * is lost.
 *
 * <p>In a task it blocks as any blocking call does: that task only, or on the portable backend its loop.
 *
 * @param <T> the type of the items
 */
public final class SyncSide<T> {
    private final SharedQueue<T> queue;

    SyncSide(SharedQueue<T> queue) {
        this.queue = queue;
    }

    /**
     * Puts an item, waiting for room. Thread-safe.
     *
     * @throws QueueShutDownException if the queue is or gets shut down
     */
    public void put(T item) throws InterruptedException {
        queue.put(item, SyncSide::block);
    }

    /**
     * The same, waiting so long at most.
     *
     * @throws QueueFullException if there was no room
     */
    public void put(T item, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Math.max(0, java.util.concurrent.TimeUnit.NANOSECONDS.convert(timeout));
        try {
            queue.<Exception>put(item, place -> block(place, deadline));
        } catch (TimeoutException e) {
            throw new QueueFullException();
        } catch (Exception e) {
            throw thrown(e);
        }
    }

    /**
     * Takes the next item, waiting for one. Thread-safe.
     *
     * @throws QueueShutDownException if the queue is or gets shut down, and nothing is left
     */
    public T get() throws InterruptedException {
        return queue.get(SyncSide::block);
    }

    /**
     * The same, waiting so long at most.
     *
     * @throws QueueEmptyException if there was none
     */
    public T get(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Math.max(0, java.util.concurrent.TimeUnit.NANOSECONDS.convert(timeout));
        try {
            return queue.<Exception>get(place -> block(place, deadline));
        } catch (TimeoutException e) {
            throw new QueueEmptyException();
        } catch (Exception e) {
            throw thrown(e);
        }
    }

    /** Waits until every item that was put has been dealt with. Thread-safe. */
    public void join() throws InterruptedException {
        queue.join(SyncSide::block);
    }

    private static void block(SharedQueue.Place place) throws InterruptedException {
        try {
            place.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody fails a place in line (please report)", e);
        }
    }

    private static void block(SharedQueue.Place place, long deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        place.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** What waiting with a limit throws besides its end. */
    private static RuntimeException thrown(Exception e) throws InterruptedException {
        if (e instanceof InterruptedException interruption) {
            throw interruption;
        }
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("Nobody fails a place in line (please report)", e);
    }

    @Override
    public String toString() {
        return "threads' side of " + queue;
    }
}
