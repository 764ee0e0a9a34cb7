package jasyncio.generator;

import org.jspecify.annotations.Nullable;

/** The generator of {@link SendGenerator#of}. */
final class TwoWayGenerator<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
        extends Frame<Y, R> implements SendGenerator<Y, S, R> {

    TwoWayGenerator(Body<Y, S, R> body) {
        super(body);
    }

    @Override
    @SuppressWarnings("unchecked") // what the constructor was given
    R run(Object body) throws Exception {
        return ((Body<Y, S, R>) body).run(new Inside());
    }

    @Override
    public Y send(S value) {
        return sendValue(value);
    }

    @Override
    public R result() {
        return returned();
    }

    private final class Inside implements Yielder<Y, S> {
        @Override
        @SuppressWarnings({"NamedLikeContextualKeyword", "unchecked", "NullAway"}) // only send() brings values
        public S yield(Y value) {
            return (S) yieldValue(value);
        }

        @Override
        @SuppressWarnings({"NamedLikeContextualKeyword", "unchecked", "NullAway"})
        public S yield() {
            return (S) yieldValue(null);
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // the result of that generator
        public <Q extends @Nullable Object> Q yieldFrom(SendGenerator<? extends Y, ? super S, Q> generator) {
            return (Q) delegateTo(generator);
        }

        @Override
        public void yieldFrom(Iterable<? extends Y> items) {
            delegateTo(items);
        }
    }
}
