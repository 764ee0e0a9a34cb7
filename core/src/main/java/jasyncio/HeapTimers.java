package jasyncio;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop: a four-ary heap ordered by deadline, equal deadlines by the order they were scheduled in.
 *
 * <p>Keys stand in arrays of their own, so that a comparison touches no timer. A cancelled timer stays until it comes up or until half of
 * the heap is cancelled. For the loop's thread.
 */
final class HeapTimers {
    private static final int ARITY = 4;
    private static final int MIN_SIZE_TO_PURGE = 100;

    private long[] deadlines = new long[16];
    private long[] sequences = new long[16];
    private @Nullable Timer[] timers = new Timer[16];
    private int size;
    private int cancelled;
    private long nextSequence;

    int size() {
        return size;
    }

    /** Returns the number of timers that are not cancelled. */
    int live() {
        return size - cancelled;
    }

    /** Adds a timer that is due at {@code deadline}, in nanoseconds of the loop's time. */
    void add(long deadline, Timer timer) {
        if (size == timers.length) {
            grow();
        }
        siftUp(size, deadline, nextSequence++, timer);
        size++;
    }

    /** Counts a timer that is in here and has just been cancelled. */
    void cancelledOne() {
        cancelled++;
    }

    /** Removes what is cancelled: everything if it is more than half, else what stands at the head. */
    void prune() {
        if (cancelled > 0) {
            if (size > MIN_SIZE_TO_PURGE && cancelled > size / 2) {
                purge();
            } else {
                while (size > 0 && head().dead()) {
                    cancelled--;
                    removeHead();
                }
            }
        }
    }

    /** Returns the deadline of the first timer; there must be one. */
    long firstDeadline() {
        return deadlines[0];
    }

    /** Removes and returns the first timer if it is due at {@code now}, else returns null. */
    @Nullable
    Timer pollDue(long now) {
        if (size == 0 || deadlines[0] > now) {
            return null;
        }
        Timer due = head();
        if (due.dead()) {
            cancelled--;
        }
        removeHead();
        return due;
    }

    void forEachLive(Consumer<Timer> action) {
        for (int i = 0; i < size; i++) {
            Timer timer = at(i);
            if (!timer.dead()) {
                action.accept(timer);
            }
        }
    }

    void clear() {
        Arrays.fill(timers, 0, size, null);
        size = 0;
        cancelled = 0;
    }

    private Timer head() {
        return at(0);
    }

    private Timer at(int index) {
        return java.util.Objects.requireNonNull(timers[index]);
    }

    private void removeHead() {
        Timer removed = head();
        int last = --size;
        Timer moved = at(last);
        timers[last] = null;
        if (last > 0) {
            siftDown(0, deadlines[last], sequences[last], moved);
        }
        removed.removed();
    }

    private void purge() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Timer timer = at(i);
            if (timer.dead()) {
                timer.removed();
            } else {
                put(kept++, deadlines[i], sequences[i], timer);
            }
        }
        Arrays.fill(timers, kept, size, null);
        size = kept;
        cancelled = 0;
        for (int i = (size - 2) / ARITY; i >= 0 && size > 1; i--) {
            siftDown(i, deadlines[i], sequences[i], at(i));
        }
    }

    private void siftUp(int from, long deadline, long sequence, Timer timer) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) / ARITY;
            if (!before(deadline, sequence, parent)) {
                break;
            }
            put(i, deadlines[parent], sequences[parent], at(parent));
            i = parent;
        }
        put(i, deadline, sequence, timer);
    }

    private void siftDown(int from, long deadline, long sequence, Timer timer) {
        int i = from;
        while (true) {
            int child = firstChild(i);
            if (child < 0 || before(deadline, sequence, child)) {
                break;
            }
            put(i, deadlines[child], sequences[child], at(child));
            i = child;
        }
        put(i, deadline, sequence, timer);
    }

    /** Returns the child of {@code parent} that comes first, or -1. */
    private int firstChild(int parent) {
        int first = parent * ARITY + 1;
        if (first >= size) {
            return -1;
        }
        int best = first;
        int end = Math.min(first + ARITY, size);
        for (int c = first + 1; c < end; c++) {
            if (before(deadlines[c], sequences[c], best)) {
                best = c;
            }
        }
        return best;
    }

    private boolean before(long deadline, long sequence, int other) {
        return deadline != deadlines[other] ? deadline < deadlines[other] : sequence < sequences[other];
    }

    private void put(int i, long deadline, long sequence, Timer timer) {
        deadlines[i] = deadline;
        sequences[i] = sequence;
        timers[i] = timer;
    }

    private void grow() {
        int capacity = size + (size >> 1);
        deadlines = Arrays.copyOf(deadlines, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        timers = Arrays.copyOf(timers, capacity);
    }
}
