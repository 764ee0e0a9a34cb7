package jasyncio.generator;

import jasyncio.StopAsyncIteration;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous generator that is spoken to: its {@code yield} returns what the next {@link #asend} brings. {@link #anext()} sends null.
 * All else is as in {@link AsyncGenerator}; it has no result, as in Python.
 *
 * @param <Y> the type of what is yielded
 * @param <S> the type of what is sent
 */
public sealed interface AsyncSendGenerator<Y extends @Nullable Object, S extends @Nullable Object>
        extends AsyncGenerator<Y> permits SegmentSendGenerator {

    /** What yields and is sent to; may throw anything, which whoever advances the generator gets. */
    @FunctionalInterface
    interface Body<Y extends @Nullable Object, S extends @Nullable Object> {
        void run(Yielder<Y, S> yielder) throws Exception;
    }

    /** The inside of a generator. For its body alone, while that runs. */
    interface Yielder<Y extends @Nullable Object, S extends @Nullable Object> {
        /**
         * Hands out {@code value}, stands still until the generator is advanced, and returns what was sent; null if {@code anext} advanced
         * it.
         *
         * @throws GeneratorExit if it is closed instead; or whatever is thrown in
         */
        @SuppressWarnings("NamedLikeContextualKeyword") // y.yield(x) is what readers know
        S yield(Y value);

        /** Hands out null: for a body that only takes. */
        @SuppressWarnings("NamedLikeContextualKeyword")
        S yield();

        /** Hands out the values of {@code items}; what is sent meanwhile is dropped. As {@link Generator.Yielder#yieldFrom}. */
        void yieldFrom(Iterable<? extends Y> items);
    }

    /** Creates a generator; nothing of the body runs yet. Never suspends; thread-safe. */
    static <Y extends @Nullable Object, S extends @Nullable Object> AsyncSendGenerator<Y, S> of(Body<Y, S> body) {
        return new SegmentSendGenerator<>(AsyncFrame.twoWay(body));
    }

    /**
     * Creates a generator and runs it to its first yield, whose value is dropped: it can be sent to at once. Suspends as the body does;
     * cancellable as the body is; for a task of the loop.
     *
     * @throws StopAsyncIteration if the body ends without a yield; or whatever it throws
     */
    static <Y extends @Nullable Object, S extends @Nullable Object> AsyncSendGenerator<Y, S> primed(Body<Y, S> body) {
        AsyncSendGenerator<Y, S> generator = of(body);
        generator.anext();
        return generator;
    }

    /**
     * Makes the yield where the body stands return {@code value}, runs the body to its next yield and returns the value of that. Suspends as
     * the body does; cancellable as the body is; for a task of the loop.
     *
     * @throws StopAsyncIteration if the body ends instead, and ever after; or whatever the body throws
     * @throws IllegalStateException if {@code value} is not null and the body stands at no yield yet; if an iterator has run the body ahead;
     *     or as {@link #anext()}
     */
    Y asend(S value);
}
