package jasyncio.net.netty;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Who hears of a {@link Wire}. Called on the bare loop thread, inside a poll: no user code, no locks. */
public interface WireEvents {
    /** Data came; the receiver owns it. */
    void received(Bytes data);

    /** The other side will send nothing more. */
    void ended();

    /** What was to be sent has gone, down to the low-water mark. */
    void drained();

    /**
     * The connection is gone. The last event.
     *
     * @param cause what broke it; null if it was closed
     */
    void lost(@Nullable IOException cause);
}
