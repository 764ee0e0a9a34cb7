package jasyncio;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An asynchronous iterator over one that is not. */
final class FromIterator<T extends @Nullable Object> implements AsyncIterator<T> {
    private final Iterator<? extends T> source;
    private final Runnable atEnd;
    private boolean ended;

    FromIterator(Iterator<? extends T> source, Runnable atEnd) {
        this.source = source;
        this.atEnd = atEnd;
    }

    @Override
    public T anext() {
        boolean taken = false;
        try {
            if (ended || !source.hasNext()) {
                throw new StopAsyncIteration();
            }
            T item = source.next();
            taken = true;
            return item;
        } finally {
            if (!taken && !ended) {
                ended = true;
                atEnd.run();
            }
        }
    }
}
