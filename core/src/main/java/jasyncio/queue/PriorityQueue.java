package jasyncio.queue;

import java.util.Comparator;

/**
 * A queue that gives the smallest item first, and of equal ones the one that came first.
 *
 * @param <T> the type of the items
 */
public final class PriorityQueue<T> extends Queue<T> {
    /**
     * @param maxSize how many items it holds; zero or less means any number
     * @param order what smaller means
     */
    public PriorityQueue(int maxSize, Comparator<? super T> order) {
        super(maxSize, new Store.Sorted<>(order));
    }

    /** Creates one for items that have an order of their own. */
    public static <T extends Comparable<? super T>> PriorityQueue<T> natural(int maxSize) {
        return new PriorityQueue<>(maxSize, Comparator.naturalOrder());
    }
}
