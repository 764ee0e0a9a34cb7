package jasyncio.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Objects;

/** Where a queue keeps its items: decides who comes out next. */
interface Store<T> {
    void add(T item);

    /** Removes and returns the next item; there must be one. */
    T remove();

    int size();

    /** Drops everything, calling nothing of the program's. */
    void clear();

    /** In the order of arrival, from either end. */
    final class Line<T> implements Store<T> {
        private final ArrayDeque<T> items = new ArrayDeque<>();
        private final boolean newestFirst;

        Line(boolean newestFirst) {
            this.newestFirst = newestFirst;
        }

        @Override
        public void add(T item) {
            items.addLast(item);
        }

        @Override
        public T remove() {
            return newestFirst ? items.removeLast() : items.removeFirst();
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public void clear() {
            items.clear();
        }
    }

    /** Smallest first; equal ones in the order they came. */
    final class Sorted<T> implements Store<T> {
        private record Entry<T>(T item, long arrival) {}

        private final java.util.PriorityQueue<Entry<T>> entries;
        private long arrivals;

        Sorted(Comparator<? super T> order) {
            Objects.requireNonNull(order, "An order is needed; it is null");
            Comparator<Entry<T>> byItem = (a, b) -> order.compare(a.item, b.item);
            entries = new java.util.PriorityQueue<>(byItem.thenComparingLong(Entry::arrival));
        }

        @Override
        public void add(T item) {
            entries.add(new Entry<>(item, arrivals++));
        }

        @Override
        public T remove() {
            return entries.remove().item;
        }

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public void clear() {
            entries.clear();
        }
    }
}
