package jasyncio.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a socket for datagrams, told by callbacks; {@link DatagramEndpoint} is the same for plain sequential code.
 *
 * <p>Every method is a callback of the loop: it must not suspend, and one that blocks blocks itself, not the others. They come in this
 * order: {@link #connectionMade}, any number of {@link #datagramReceived} and {@link #errorReceived}, {@link #connectionLost}. What one
 * throws goes to the loop's exception handler; the socket goes on.
 *
 * {@snippet :
 * class Echo implements DatagramProtocol {
 *     DatagramTransport transport;
 *     public void connectionMade(DatagramTransport t) { transport = t; }
 *     public void datagramReceived(Chunk data, InetSocketAddress sender) { transport.sendTo(data, sender); }
 * }
 * }
 */
public interface DatagramProtocol {

    /** The socket is there. */
    default void connectionMade(DatagramTransport transport) {}

    /**
     * A datagram came, whole.
     *
     * @param data the protocol's while the call lasts: it may be sent by a transport; what was not sent or split off is closed after the call
     * @param sender who sent it
     */
    default void datagramReceived(Chunk data, InetSocketAddress sender) {}

    /**
     * A datagram was not sent, for instance because it is too large; or the network says that an earlier one did not arrive, which only a
     * socket that is connected hears: {@link java.net.PortUnreachableException}.
     */
    default void errorReceived(IOException cause) {}

    /**
     * The socket is gone. The last call.
     *
     * @param cause what broke it; null if it was closed
     */
    default void connectionLost(@Nullable IOException cause) {}

    /** More than the high-water mark waits to be sent: send no more for now. */
    default void pauseWriting() {}

    /** What waits to be sent is down at the low-water mark. */
    default void resumeWriting() {}
}
