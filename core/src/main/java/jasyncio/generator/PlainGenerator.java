package jasyncio.generator;

import org.jspecify.annotations.Nullable;

/** The generator of {@link Generator#of}. */
final class PlainGenerator<Y extends @Nullable Object> extends Frame<Y, @Nullable Void> implements Generator<Y> {

    PlainGenerator(Body<Y> body) {
        super(body);
    }

    @Override
    @SuppressWarnings("unchecked") // what the constructor was given
    @Nullable
    Void run(Object body) throws Exception {
        ((Body<Y>) body).run(new Inside());
        return null;
    }

    private final class Inside implements Yielder<Y> {
        @Override
        @SuppressWarnings("NamedLikeContextualKeyword")
        public void yield(Y value) {
            yieldValue(value);
        }

        @Override
        public void yieldFrom(Iterable<? extends Y> items) {
            delegateTo(items);
        }
    }
}
