package jasyncio.queue;

/**
 * A queue that gives the newest item first.
 *
 * @param <T> the type of the items
 */
public final class LifoQueue<T> extends Queue<T> {
    /** Creates one without a bound. */
    public LifoQueue() {
        this(0);
    }

    /** @param maxSize how many items it holds; zero or less means any number */
    public LifoQueue(int maxSize) {
        super(maxSize, new Store.Line<>(true));
    }
}
