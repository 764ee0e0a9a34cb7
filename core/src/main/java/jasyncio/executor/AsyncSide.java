package jasyncio.executor;

import jasyncio.AsyncIterable;
import jasyncio.AsyncIterator;
import jasyncio.Asyncio;
import jasyncio.StopAsyncIteration;
import jasyncio.queue.QueueShutDownException;

/**
 * The side of a {@link SharedQueue} for tasks, of whatever loop.
 *
 * @param <T> the type of the items
 */
public final class AsyncSide<T> implements AsyncIterable<T> {
    private final SharedQueue<T> queue;

    AsyncSide(SharedQueue<T> queue) {
        this.queue = queue;
    }

    /**
     * Puts an item, waiting for room. Suspends (not if there is room); cancellable; for a task of a loop.
     *
     * @throws QueueShutDownException if the queue is or gets shut down
     */
    public void put(T item) {
        queue.put(item, Asyncio::await);
    }

    /**
     * Takes the next item, waiting for one. Suspends (not if there is one); cancellable: no item is lost; for a task of a loop.
     *
     * @throws QueueShutDownException if the queue is or gets shut down, and nothing is left
     */
    public T get() {
        return queue.get(Asyncio::await);
    }

    /** Waits until every item that was put has been dealt with. Suspends (not if that is so); cancellable; for a task of a loop. */
    public void join() {
        queue.join(Asyncio::await);
    }

    /** Iterates by {@link #get} until the queue is shut down and empty. */
    @Override
    public AsyncIterator<T> aiter() {
        return () -> {
            try {
                return get();
            } catch (QueueShutDownException e) {
                throw new StopAsyncIteration();
            }
        };
    }

    @Override
    public String toString() {
        return "tasks' side of " + queue;
    }
}
