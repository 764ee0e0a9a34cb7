package jasyncio;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A Java iterator over an asynchronous one: looks one item ahead, since {@code hasNext} must know. */
final class AsyncIteration<T extends @Nullable Object> implements Iterator<T> {
    private final AsyncIterator<T> source;
    private Outcome.@Nullable Success<T> ahead;
    private boolean ended;

    AsyncIteration(AsyncIterator<T> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            try {
                ahead = new Outcome.Success<>(source.anext());
            } catch (StopAsyncIteration e) {
                ended = true;
            } catch (Exception e) {
                throw Rethrow.unchecked(e);
            }
        }
        return ahead != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The asynchronous iteration has ended");
        }
        Outcome.Success<T> item = ahead;
        ahead = null;
        return java.util.Objects.requireNonNull(item).value();
    }
}
