package jasyncio.generator;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A body that hands out one value after another, and stands still in between.
 *
 * {@snippet :
 * Generator<Integer> fib(int limit) {
 *     return Generator.of(y -> {
 *         for (int a = 0, b = 1; b < limit; ) {
 *             y.yield(b);
 *             b += a;
 *             a = b - a;
 *         }
 *     });
 * }
 *
 * for (int x : fib(100)) println(x);
 * }
 *
 * <p>Nothing of the body runs before the first value is asked for, and a generator gives its values once: each {@link #iterator()} goes on
 * where the generator stands.
 *
 * <p>It belongs to the thread or task that first advances it; another gets an error. The body runs on that thread, inside the call that
 * advances it, so it may await if that is a task. A contended monitor or {@code Object.wait} in the body blocks the whole OS thread.
 *
 * <p>Close a generator that is not advanced to its end, best by try-with-resources: one that is dropped half-way is collected and its
 * {@code finally} blocks never run, which debug mode reports.
 *
 * <p>None of the methods suspends by itself; they are for the thread or task the generator belongs to.
 *
 * @param <Y> the type of the values
 */
public sealed interface Generator<Y extends @Nullable Object> extends Iterable<Y>, AutoCloseable
        permits SendGenerator, AsyncGenerator, PlainGenerator {

    /** What yields its values; may throw anything, which whoever advances the generator gets. */
    @FunctionalInterface
    interface Body<Y extends @Nullable Object> {
        void run(Yielder<Y> yielder) throws Exception;
    }

    /** The inside of a generator. For its body alone, while that runs. */
    interface Yielder<Y extends @Nullable Object> {
        /**
         * Hands out {@code value} and stands still until the generator is advanced.
         *
         * @throws GeneratorExit if it is closed instead; or whatever is thrown in
         */
        @SuppressWarnings("NamedLikeContextualKeyword") // y.yield(x) is what readers know
        void yield(Y value);

        /**
         * Hands out the values of {@code items}, as if the body yielded them; a generator is advanced, thrown into and closed through this
         * one, at no cost per level.
         *
         * @throws IllegalStateException if {@code items} is a generator that is running, this one for instance, or another thread's
         */
        void yieldFrom(Iterable<? extends Y> items);
    }

    /** Where a generator stands; {@code inspect.getgeneratorstate}. */
    enum State {
        /** Nothing of the body has run. */
        CREATED,
        /** The body runs, or that of a generator it delegates to. */
        RUNNING,
        /** The body stands at a yield. */
        SUSPENDED,
        /** The body has ended, or never will run. */
        CLOSED
    }

    /** Creates a generator; nothing of the body runs yet. */
    static <Y extends @Nullable Object> Generator<Y> of(Body<Y> body) {
        return new PlainGenerator<>(body);
    }

    /**
     * Runs the body to its next yield and returns the value.
     *
     * @throws StopIteration if the body ends instead, and ever after; or whatever the body throws
     * @throws IllegalStateException if the body runs already, or the generator belongs to another thread
     */
    Y next();

    /**
     * Throws {@code exception} at the yield where the body stands and returns the value of its next one. Before the first yield and after
     * the end it is thrown here.
     *
     * @throws StopIteration if the body ends instead; or whatever the body throws
     * @throws IllegalStateException as {@link #next()}
     */
    Y throwIn(Throwable exception);

    State state();

    /** Returns the values to come as a stream, for the caller's thread; closing it closes the generator. */
    Stream<Y> stream();

    /**
     * Returns an iterator over the values to come. Its {@code hasNext} runs the body to its next yield; {@link #next()} then has that value.
     *
     * @throws NoSuchElementException from {@code next} at the end
     */
    @Override
    Iterator<Y> iterator();

    /**
     * Ends the body: {@link GeneratorExit} is thrown at the yield where it stands. Does nothing after the end.
     *
     * @throws IllegalStateException if the body yields nevertheless, or runs; or whatever else the body throws
     */
    @Override
    void close();
}
