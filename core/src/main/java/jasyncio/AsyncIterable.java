package jasyncio;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Something that produces by awaiting. A plain {@code for} inside a task iterates it and suspends between the items.
 *
 * @param <T> the type of the items
 */
public interface AsyncIterable<T extends @Nullable Object> extends Iterable<T> {

    /** Returns a new iterator; never suspends. */
    AsyncIterator<T> aiter();

    @Override
    default Iterator<T> iterator() {
        return new AsyncIteration<>(aiter());
    }
}
