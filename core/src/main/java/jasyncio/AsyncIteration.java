package jasyncio;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A Java iterator over an asynchronous one: looks one item ahead, since {@code hasNext} must know. */
final class AsyncIteration<T extends @Nullable Object> implements Iterator<T> {
    private final AsyncIterator<T> source;

    /** An item that {@code hasNext} has fetched and {@code next} has not taken. */
    private @Nullable Object item;

    private boolean ahead;
    private boolean ended;

    AsyncIteration(AsyncIterator<T> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (!ahead && !ended) {
            try {
                item = source.anext();
                ahead = true;
            } catch (StopAsyncIteration e) {
                ended = true;
            } catch (Exception e) {
                throw Rethrow.unchecked(e);
            }
        }
        return ahead;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what the source gave
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The asynchronous iteration has ended");
        }
        Object next = item;
        item = null;
        ahead = false;
        return (T) next;
    }
}
