package jasyncio.generator;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** The two-way kind. */
final class SegmentSendGenerator<Y extends @Nullable Object, S extends @Nullable Object> extends SegmentGenerator<Y, S>
        implements AsyncSendGenerator<Y, S> {

    SegmentSendGenerator(AsyncFrame<Y, S> frame) {
        super(frame);
    }

    @Override
    public Y asend(S value) {
        try {
            return frame.send(this, value);
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
