package jasyncio.generator;

import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A generator as the source of a stream. */
final class FrameSpliterator<Y extends @Nullable Object> extends AbstractSpliterator<Y> {
    private final Frame<Y, ?> frame;

    FrameSpliterator(Frame<Y, ?> frame) {
        super(Long.MAX_VALUE, Spliterator.ORDERED);
        this.frame = frame;
    }

    @Override
    public boolean tryAdvance(Consumer<? super Y> action) {
        if (!frame.lookAhead()) {
            return false;
        }
        action.accept(frame.takeAhead());
        return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super Y> action) {
        frame.forEachRemaining(action);
    }

    /** A generator belongs to one thread. */
    @Override
    public @Nullable Spliterator<Y> trySplit() {
        return null;
    }
}
