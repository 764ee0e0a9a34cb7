package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * What is ready to run, first in, first out: a ring that grows. An entry is a {@link Task} to step, a {@link Handle} of user code, a
 * {@link LibraryCallback}, or a {@code CoroutineThread} that was blocked. For the loop's thread and the coroutine mounted on it.
 */
final class ReadyQueue {
    private @Nullable Object[] ring = new Object[64];
    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Object entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = entry;
    }

    /** Returns the first entry and keeps it, or null if there is none. */
    @Nullable
    Object peek() {
        return size == 0 ? null : ring[head];
    }

    /** Removes and returns the first entry; there must be one. */
    Object remove() {
        Object entry = ring[head];
        if (entry == null) {
            throw new IllegalStateException("The ready queue is empty (please report)");
        }
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return entry;
    }

    /** Returns the entry at {@code index}, counted from the first. */
    Object get(int index) {
        Object entry = ring[(head + index) & (ring.length - 1)];
        return java.util.Objects.requireNonNull(entry);
    }

    /** Removes and returns the entry at {@code index}; those before it move up by one. */
    Object remove(int index) {
        Object entry = get(index);
        for (int i = index; i > 0; i--) {
            ring[(head + i) & (ring.length - 1)] = ring[(head + i - 1) & (ring.length - 1)];
        }
        ring[head] = entry;
        return remove();
    }

    /** Takes back the entry that was added last. */
    void removeLast(Object entry) {
        int last = (head + size - 1) & (ring.length - 1);
        if (ring[last] != entry) {
            throw new IllegalStateException("The last ready entry is not " + entry + " (please report)");
        }
        ring[last] = null;
        size--;
    }

    void clear() {
        java.util.Arrays.fill(ring, null);
        head = 0;
        size = 0;
    }

    private void grow() {
        var larger = new Object[ring.length * 2];
        int tail = ring.length - head;
        System.arraycopy(ring, head, larger, 0, tail);
        System.arraycopy(ring, 0, larger, tail, head);
        ring = larger;
        head = 0;
    }
}
