package jasyncio;

import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

    /**
     * Returns the items as a stream, for the task that calls this: the stages run in it and may await. Never suspends; the terminal operation
     * suspends between the items. A parallel stream fails when it runs, since its threads are no tasks.
     */
    default Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false);
    }

    /**
     * Returns the items of {@code source} as something asynchronous. They are taken in the task that iterates, so what blocks in
     * {@code source} blocks that task (and on the portable backend the loop), and no other task runs between items that are there already.
     * Never suspends; thread-safe.
     */
    static <T extends @Nullable Object> AsyncIterable<T> from(Iterable<? extends T> source) {
        Objects.requireNonNull(source, "Nothing to iterate: the argument is null");
        return () -> new FromIterator<T>(source.iterator(), () -> {});
    }

    /**
     * The same for a stream, which can be iterated once. It is closed at its end, or by the first failure; a stream that holds a resource and
     * may be left early belongs into a try-with-resources. Never suspends; thread-safe.
     */
    static <T extends @Nullable Object> AsyncIterable<T> from(Stream<? extends T> source) {
        Objects.requireNonNull(source, "Nothing to iterate: the argument is null");
        return () -> new FromIterator<T>(source.iterator(), source::close);
    }
}
