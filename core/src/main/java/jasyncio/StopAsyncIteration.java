package jasyncio;

import java.util.NoSuchElementException;

/** Thrown by {@link AsyncIterator#anext()} when there is nothing more. */
public final class StopAsyncIteration extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    public StopAsyncIteration() {}
}
