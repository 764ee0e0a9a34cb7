package jasyncio.queue;

import jasyncio.AsyncIterable;
import jasyncio.AsyncIterator;
import jasyncio.Asyncio;
import jasyncio.CheckReturnValue;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.StopAsyncIteration;
import jasyncio.sync.Event;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from tasks to tasks, first in, first out. A bounded one makes producers wait for consumers.
 *
 * {@snippet :
 * for (var url : queue) { // waits for items; ends when the queue is shut down and empty
 *     fetch(url);
 *     queue.taskDone();
 * }
 * }
 *
 * <p>It may be created anywhere, and binds to the loop of the first task that has to wait for it. It holds no null.
 *
 * @param <T> the type of the items
 */
public class Queue<T> implements AsyncIterable<T> {
    private final Store<T> items;
    private final int maxSize;
    private final ArrayDeque<Future<@Nullable Void>> getters = new ArrayDeque<>();
    private final ArrayDeque<Future<@Nullable Void>> putters = new ArrayDeque<>();
    private final Event finished = new Event();
    private @Nullable EventLoop loop;

    /** The size of {@code items}, which is asked for all the time. */
    private int size;

    private int unfinished;
    private boolean shutDown;

    /** Creates one without a bound. */
    public Queue() {
        this(0);
    }

    /** @param maxSize how many items it holds; zero or less means any number */
    public Queue(int maxSize) {
        this(maxSize, new Store.Line<>(false));
    }

    Queue(int maxSize, Store<T> items) {
        this.maxSize = maxSize;
        this.items = items;
        finished.set();
    }

    /**
     * What can be seen of a queue.
     *
     * @param size how many items are in it
     * @param unfinished how many were put and not marked with {@link #taskDone}
     * @param getters how many tasks wait for an item
     * @param putters how many tasks wait for room
     */
    public record Statistics(int size, int maxSize, int unfinished, int getters, int putters, boolean shutDown) {}

    /**
     * Puts an item, waiting for room. Suspends (not if there is room); cancellable; for a task of the loop.
     *
     * @throws QueueShutDownException if the queue is or gets shut down
     */
    public void put(T item) {
        Objects.requireNonNull(item, NO_NULL);
        while (full()) {
            if (shutDown) {
                throw new QueueShutDownException();
            }
            awaitTurn(putters, true);
        }
        putNowait(item);
    }

    /**
     * Puts an item if there is room. Never suspends; for a task or callback of the loop.
     *
     * @throws QueueFullException if there is none
     * @throws QueueShutDownException if the queue has been shut down
     */
    public void putNowait(T item) {
        if (!tryPut(item)) {
            throw new QueueFullException();
        }
    }

    /**
     * Puts an item if there is room, and tells. Never suspends; for a task or callback of the loop.
     *
     * @throws QueueShutDownException if the queue has been shut down
     */
    @CheckReturnValue
    public boolean tryPut(T item) {
        Objects.requireNonNull(item, NO_NULL);
        checkAccess();
        if (shutDown) {
            throw new QueueShutDownException();
        }
        if (full()) {
            return false;
        }
        items.add(item);
        size++;
        if (unfinished++ == 0) {
            finished.clear();
        }
        wakeNext(getters);
        return true;
    }

    private static final String NO_NULL =
            "A queue holds no null, which tryGet() could not tell from nothing; end its consumers with shutdown()";

    /**
     * Takes the next item, waiting for one. Suspends (not if there is one); cancellable: no item is lost; for a task of the loop.
     *
     * @throws QueueShutDownException if the queue is or gets shut down, and nothing is left
     */
    public T get() {
        while (empty()) {
            if (shutDown) {
                throw new QueueShutDownException();
            }
            awaitTurn(getters, false);
        }
        return getNowait();
    }

    /**
     * Takes the next item if there is one. Never suspends; for a task or callback of the loop.
     *
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none and the queue has been shut down
     */
    public T getNowait() {
        checkAccess();
        if (empty()) {
            if (shutDown) {
                throw new QueueShutDownException();
            }
            throw new QueueEmptyException();
        }
        T item;
        try {
            item = items.remove();
        } finally {
            size = items.size(); // also if a comparator fails
        }
        wakeNext(putters);
        return item;
    }

    /**
     * Takes the next item, or nothing. Never suspends; for a task or callback of the loop.
     *
     * @throws QueueShutDownException if there is none and the queue has been shut down
     */
    public Optional<T> tryGet() {
        return empty() && !shutDown ? Optional.empty() : Optional.of(getNowait());
    }

    /** Waits in one of both lines; a turn that a cancelled task cannot take goes to the next one. */
    private void awaitTurn(ArrayDeque<Future<@Nullable Void>> line, boolean putting) {
        Future<@Nullable Void> place = boundLoop().createFuture();
        line.add(place);
        try {
            Asyncio.await(place);
        } catch (Throwable e) {
            place.cancel();
            line.remove(place);
            boolean possible = putting ? !full() : !empty();
            if (possible && !place.cancelled()) {
                wakeNext(line);
            }
            throw e;
        }
    }

    private EventLoop boundLoop() {
        EventLoop bound = loop;
        if (bound == null) {
            bound = Asyncio.runningLoop();
            loop = bound;
        } else if (!LowLevel.runsOn(bound)) {
            Asyncio.runningLoop(); // or it says that there is none
            throw new IllegalStateException(
                    this + " is bound to a different event loop: " + loop + "; create one for each loop");
        }
        return bound;
    }

    /** Refuses a caller on another thread than the loop, before anything changes. */
    private void checkAccess() {
        if (loop != null) {
            LowLevel.checkAccess(loop, this);
        }
    }

    private static void wakeNext(ArrayDeque<Future<@Nullable Void>> line) {
        Future<@Nullable Void> place;
        while ((place = line.poll()) != null) {
            if (!place.done()) {
                place.setResult(null);
                return;
            }
        }
    }

    /**
     * Says that an item that was taken has been dealt with. Never suspends; for a task or callback of the loop.
     *
     * @throws IllegalStateException if it was called more often than items were put
     */
    public void taskDone() {
        checkAccess();
        if (unfinished <= 0) {
            throw new IllegalStateException("taskDone() called too many times: once for each item that was put");
        }
        if (--unfinished == 0) {
            finished.set();
        }
    }

    /** Waits until every item that was put has been dealt with. Suspends (not if that is so); cancellable; for a task of the loop. */
    public void join() {
        if (unfinished > 0) {
            boundLoop();
            finished.await();
        }
    }

    public int size() {
        return size;
    }

    /** Returns the bound; zero or less means none. */
    public int maxSize() {
        return maxSize;
    }

    public boolean empty() {
        return size == 0;
    }

    public boolean full() {
        return maxSize > 0 && size >= maxSize;
    }

    /** Lets no more in; what is in may still be taken. Wakes everyone who waits. Never suspends; for a task or callback of the loop. */
    public void shutdown() {
        checkAccess();
        shutDown = true;
        wakeAll(getters);
        wakeAll(putters);
    }

    /** The same, and drops what is in, which counts as dealt with. Never suspends; for a task or callback of the loop. */
    public void shutdownNow() {
        checkAccess();
        unfinished = Math.max(0, unfinished - size);
        items.clear();
        size = 0;
        if (unfinished == 0) {
            finished.set();
        }
        shutdown();
    }

    private static void wakeAll(ArrayDeque<Future<@Nullable Void>> line) {
        while (!line.isEmpty()) {
            wakeNext(line);
        }
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

    public Statistics statistics() {
        return new Statistics(size(), maxSize, unfinished, getters.size(), putters.size(), shutDown);
    }

    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + " maxsize=" + maxSize
                + (empty() ? "" : " size=" + size())
                + (getters.isEmpty() ? "" : " getters=" + getters.size())
                + (putters.isEmpty() ? "" : " putters=" + putters.size())
                + (unfinished == 0 ? "" : " tasks=" + unfinished)
                + (shutDown ? " shutdown" : "") + ">";
    }
}
