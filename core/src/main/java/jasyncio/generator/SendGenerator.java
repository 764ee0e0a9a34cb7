package jasyncio.generator;

import org.jspecify.annotations.Nullable;

/**
 * A generator that is spoken to: its {@code yield} returns what the next {@link #send} brings, and its body returns a result.
 *
 * {@snippet :
 * SendGenerator<Double, Double, String> average = SendGenerator.of(y -> {
 *     double sum = 0;
 *     for (int n = 1; ; n++) {
 *         Double x = y.yield(n == 1 ? null : sum / (n - 1));
 *         if (x == null) return n - 1 + " values";
 *         sum += x;
 *     }
 * });
 * average.next();          // to the first yield
 * average.send(10.0);      // 10.0
 * average.send(20.0);      // 15.0
 * }
 *
 * <p>{@link #next()} sends null. All else is as in {@link Generator}.
 *
 * @param <Y> the type of what is yielded
 * @param <S> the type of what is sent
 * @param <R> the type of the body's result
 */
public sealed interface SendGenerator<
                Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
        extends Generator<Y> permits TwoWayGenerator {

    /** What yields, is sent to, and returns the result; may throw anything, which whoever advances the generator gets. */
    @FunctionalInterface
    interface Body<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> {
        R run(Yielder<Y, S> yielder) throws Exception;
    }

    /** The inside of a generator. For its body alone, while that runs. */
    interface Yielder<Y extends @Nullable Object, S extends @Nullable Object> {
        /**
         * Hands out {@code value}, stands still until the generator is advanced, and returns what was sent; null if {@code next} advanced it.
         *
         * @throws GeneratorExit if it is closed instead; or whatever is thrown in
         */
        @SuppressWarnings("NamedLikeContextualKeyword")
        S yield(Y value);

        /** Hands out null: for a body that only takes. */
        @SuppressWarnings("NamedLikeContextualKeyword")
        S yield();

        /**
         * Lets {@code generator} take over until it ends, and returns its result: values, what is sent, what is thrown and close pass
         * through, at no cost per level. Its result is null if it had ended before.
         *
         * @throws IllegalStateException if {@code generator} is running, this one for instance, or another thread's; or whatever its body
         *     throws
         */
        <R extends @Nullable Object> R yieldFrom(SendGenerator<? extends Y, ? super S, R> generator);

        /**
         * Hands out the values of {@code items}, as if the body yielded them. Only a generator among them can be sent to.
         *
         * @throws IllegalStateException if something is sent to items that are no generator
         */
        void yieldFrom(Iterable<? extends Y> items);
    }

    /** Creates a generator; nothing of the body runs yet. */
    static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
            SendGenerator<Y, S, R> of(Body<Y, S, R> body) {
        return new TwoWayGenerator<>(body);
    }

    /**
     * Creates a generator and runs it to its first yield, whose value is dropped: it can be sent to at once.
     *
     * @throws StopIteration if the body ends without a yield; or whatever it throws
     */
    static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
            SendGenerator<Y, S, R> primed(Body<Y, S, R> body) {
        var generator = new TwoWayGenerator<>(body);
        generator.next();
        return generator;
    }

    /**
     * Makes the yield where the body stands return {@code value}, runs the body to its next yield and returns the value of that.
     *
     * @throws StopIteration if the body ends instead, and ever after; or whatever the body throws
     * @throws IllegalStateException if {@code value} is not null and the body stands at no yield yet; if an iterator has run the body ahead;
     *     or as {@link #next()}
     */
    Y send(S value);

    /**
     * Returns what the body returned.
     *
     * @throws IllegalStateException if it has not returned: it is not at its end, or threw, or was closed before it began
     */
    R result();
}
