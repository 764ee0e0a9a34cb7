package jasyncio.generator;

import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A view of a generator that may look one value ahead; the generator keeps that value. */
final class FrameIterator<Y extends @Nullable Object> implements Iterator<Y> {
    private final Frame<Y, ?> frame;

    FrameIterator(Frame<Y, ?> frame) {
        this.frame = frame;
    }

    @Override
    public boolean hasNext() {
        return frame.lookAhead();
    }

    @Override
    public Y next() {
        if (!frame.lookAhead()) {
            throw new StopIteration(null);
        }
        return frame.takeAhead();
    }

    @Override
    public void forEachRemaining(Consumer<? super Y> action) {
        frame.forEachRemaining(action);
    }
}
