package jasyncio.generator;

import jasyncio.LowLevel;
import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What users hold of an asynchronous generator. When it is garbage, the loop closes the generator; so it stays reachable throughout each
 * call, although a compiler sees no use of it once the frame has been read.
 */
sealed class SegmentGenerator<Y extends @Nullable Object, S extends @Nullable Object> implements AsyncGenerator<Y>
        permits SegmentSendGenerator {
    final AsyncFrame<Y, S> frame;

    SegmentGenerator(AsyncFrame<Y, S> frame) {
        this.frame = frame;
    }

    @Override
    public Y anext() {
        try {
            return frame.next(this);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Y next() {
        return anext();
    }

    @Override
    public Y athrow(Throwable exception) {
        try {
            return frame.throwIn(this, exception);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Y throwIn(Throwable exception) {
        return athrow(exception);
    }

    @Override
    public void aclose() {
        try {
            frame.run();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        LowLevel.closing(this::aclose);
    }

    @Override
    public State state() {
        return frame.state();
    }

    @Override
    public Stream<Y> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false)
                .onClose(this::close);
    }

    @Override
    public Iterator<Y> iterator() {
        return new Ahead();
    }

    @Override
    public String toString() {
        return frame.toString();
    }

    /** A view that may look one value ahead; the frame keeps that value. */
    private final class Ahead implements Iterator<Y> {
        @Override
        public boolean hasNext() {
            try {
                return frame.lookAhead(SegmentGenerator.this);
            } finally {
                Reference.reachabilityFence(SegmentGenerator.this);
            }
        }

        @Override
        public Y next() {
            return anext();
        }
    }
}
