package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * Produces one item after another, awaiting as it likes.
 *
 * @param <T> the type of the items
 */
public interface AsyncIterator<T extends @Nullable Object> extends AsyncIterable<T> {

    /**
     * Returns the next item. Suspends; cancellable; for a task of the loop.
     *
     * @throws StopAsyncIteration when there is none
     */
    T anext() throws Exception;

    @Override
    default AsyncIterator<T> aiter() {
        return this;
    }
}
