package jasyncio.net.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Who hears of a {@link DatagramWire}. Called on the bare loop thread, inside a poll: no user code, no locks. */
public interface DatagramEvents {
    /** A datagram came; the receiver owns its data. */
    void received(Bytes data, InetSocketAddress sender);

    /** A datagram was not sent, or the network says that an earlier one did not arrive. The socket goes on. */
    void failed(IOException cause);

    /** What was to be sent has gone, down to the low-water mark. */
    void drained();

    /**
     * The socket is gone. The last event.
     *
     * @param cause what broke it; null if it was closed
     */
    void closed(@Nullable IOException cause);
}
