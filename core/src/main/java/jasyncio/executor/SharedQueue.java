package jasyncio.executor;

import jasyncio.queue.QueueEmptyException;
import jasyncio.queue.QueueFullException;
import jasyncio.queue.QueueShutDownException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue between tasks and other threads, first in, first out: {@link #async} waits as a task does, {@link #sync} as a thread does.
 * Several threads and the tasks of several loops may use one at the same time.
 *
 * {@snippet :
 * var lines = new SharedQueue<String>(100);
 * Thread.ofPlatform().start(() -> readAll(lines.sync()));    // blocks while the queue is full
 * for (var line : lines.async()) {                           // until it is shut down and empty
 *     handle(line);
 * }
 * }
 *
 * <p>What waits for nothing is here, for both sides. It holds no null. What a thread did before it put an item happens before what another
 * one does after it has taken it.
 *
 * @param <T> the type of the items
 */
public final class SharedQueue<T> {
    private static final String NO_NULL = "A queue holds no null; end its consumers with shutdown()";

    private final int maxSize;
    private final AsyncSide<T> async = new AsyncSide<>(this);
    private final SyncSide<T> sync = new SyncSide<>(this);

    /** Held for some instructions only, never while somebody waits; so a task may take it too. */
    private final ReentrantLock lock = new ReentrantLock();

    // ---- guarded by lock

    private final Deque<T> items = new ArrayDeque<>();
    private final Deque<Place> getters = new ArrayDeque<>();
    private final Deque<Place> putters = new ArrayDeque<>();
    private final Deque<Place> joiners = new ArrayDeque<>();
    private int unfinished;
    private boolean shutDown;

    /** Creates one without a bound. Never suspends; thread-safe. */
    public SharedQueue() {
        this(0);
    }

    /**
     * Creates one. Never suspends; thread-safe.
     *
     * @param maxSize how many items it holds; zero or less means any number
     */
    public SharedQueue(int maxSize) {
        this.maxSize = maxSize;
    }

    /** Where one thread or task waits in line until it is completed. */
    static final class Place extends CompletableFuture<@Nullable Void> {
        /** It was its turn. Guarded by the queue's lock. */
        private boolean called;
    }

    /** How a side waits. */
    interface Waiting<X extends Exception> {
        void at(Place place) throws X;
    }

    /** Returns the side for tasks. Never suspends; thread-safe. */
    public AsyncSide<T> async() {
        return async;
    }

    /** Returns the side for threads. Never suspends; thread-safe. */
    public SyncSide<T> sync() {
        return sync;
    }

    /**
     * Puts an item if there is room. Never suspends; thread-safe.
     *
     * @throws QueueFullException if there is none
     * @throws QueueShutDownException if the queue has been shut down
     */
    public void putNowait(T item) {
        if (putOrQueue(item, null) != null) {
            throw new QueueFullException();
        }
    }

    /**
     * Takes the next item if there is one. Never suspends; thread-safe.
     *
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none and the queue has been shut down
     */
    public T getNowait() {
        lock.lock();
        try {
            T item = poll();
            if (item == null) {
                throw new QueueEmptyException();
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that an item that was taken has been dealt with. Never suspends; thread-safe.
     *
     * @throws IllegalStateException if it was called more often than items were put
     */
    public void taskDone() {
        lock.lock();
        try {
            if (unfinished <= 0) {
                throw new IllegalStateException("taskDone() called too many times: once for each item that was put");
            }
            unfinished--;
            callJoiners();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more in; what is in may still be taken. Wakes everyone who waits for an item or room. Never suspends; thread-safe. */
    public void shutdown() {
        lock.lock();
        try {
            shutDown = true;
            callAll(getters);
            callAll(putters);
        } finally {
            lock.unlock();
        }
    }

    /** The same, and drops what is in, which counts as dealt with. Never suspends; thread-safe. */
    public void shutdownNow() {
        lock.lock();
        try {
            unfinished = Math.max(0, unfinished - items.size());
            items.clear();
            callJoiners();
            shutdown();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many items are in it: another thread may change that at once. Never suspends; thread-safe. */
    public int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the bound; zero or less means none. Never suspends; thread-safe. */
    public int maxSize() {
        return maxSize;
    }

    // ---- for the sides

    <X extends Exception> void put(T item, Waiting<X> waiting) throws X {
        Objects.requireNonNull(item, NO_NULL);
        var place = new Place();
        while (putOrQueue(item, place) != null) {
            waitAt(place, putters, waiting);
            place = new Place();
        }
    }

    <X extends Exception> T get(Waiting<X> waiting) throws X {
        while (true) {
            var place = new Place();
            T item = getOrQueue(place);
            if (item != null) {
                return item;
            }
            waitAt(place, getters, waiting);
        }
    }

    <X extends Exception> void join(Waiting<X> waiting) throws X {
        var place = new Place();
        lock.lock();
        try {
            if (unfinished == 0) {
                return;
            }
            joiners.add(place);
        } finally {
            lock.unlock();
        }
        waitAt(place, joiners, waiting);
    }

    /** Puts the item and returns null; or, if there is no room, stands {@code place} in line and returns this queue. */
    private @Nullable Object putOrQueue(T item, @Nullable Place place) {
        Objects.requireNonNull(item, NO_NULL);
        lock.lock();
        try {
            if (shutDown) {
                throw new QueueShutDownException();
            }
            if (maxSize > 0 && items.size() >= maxSize) {
                if (place != null) {
                    putters.add(place);
                }
                return this;
            }
            items.add(item);
            unfinished++;
            callNext(getters);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T getOrQueue(Place place) {
        lock.lock();
        try {
            T item = poll();
            if (item == null) {
                getters.add(place);
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T poll() {
        T item = items.poll();
        if (item != null) {
            callNext(putters);
        } else if (shutDown) {
            throw new QueueShutDownException();
        }
        return item;
    }

    private <X extends Exception> void waitAt(Place place, Deque<Place> line, Waiting<X> waiting) throws X {
        boolean served = false;
        try {
            waiting.at(place);
            served = true;
        } finally {
            if (!served) {
                leave(place, line);
            }
        }
    }

    /** For one who waits no longer: a turn that they cannot take goes to the next one. */
    private void leave(Place place, Deque<Place> line) {
        lock.lock();
        try {
            if (!place.called) {
                line.remove(place);
            } else if (line != joiners) {
                callNext(line);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void callNext(Deque<Place> line) {
        Place place = line.poll();
        if (place != null) {
            place.called = true;
            place.complete(null);
        }
    }

    private static void callAll(Deque<Place> line) {
        while (!line.isEmpty()) {
            callNext(line);
        }
    }

    private void callJoiners() {
        if (unfinished == 0) {
            callAll(joiners);
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return "<SharedQueue maxsize=" + maxSize + " size=" + items.size() + " getters=" + getters.size()
                    + " putters=" + putters.size() + " tasks=" + unfinished + (shutDown ? " shutdown" : "") + ">";
        } finally {
            lock.unlock();
        }
    }
}
