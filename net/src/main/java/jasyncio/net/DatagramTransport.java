package jasyncio.net;

import jasyncio.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams as a {@link DatagramProtocol} sees it. Nothing suspends; all methods are for tasks and callbacks of the loop.
 *
 * <p>What is sent in one step goes out when the step is over. What the system refuses then, such as a datagram that is too large, is told by
 * {@link DatagramProtocol#errorReceived}.
 */
public interface DatagramTransport {
    /**
     * Sends a copy of {@code data} to the other side that was chosen with {@link DatagramOptions#remote}; an empty one is sent too, but by
     * {@link Engine#NIO} from a connected socket. Dropped if the socket is closed.
     *
     * @throws IllegalStateException if none was chosen
     */
    void sendTo(byte[] data);

    /**
     * Sends a copy of {@code data} to an address. Dropped if the socket is closed.
     *
     * @throws IllegalArgumentException if the address has not been resolved, or another one was chosen with {@link DatagramOptions#remote}
     */
    void sendTo(byte[] data, InetSocketAddress to);

    /** Sends a copy of what remains of {@code data}, which is read to its end. As above. */
    void sendTo(ByteBuffer data, InetSocketAddress to);

    /** Sends {@code chunk} without a copy; it belongs to the transport from now on. As above. */
    void sendTo(Chunk chunk, InetSocketAddress to);

    /** Closes after what was given has been sent; then the protocol hears {@link DatagramProtocol#connectionLost}. */
    void close();

    /** Closes at once; what was not sent is dropped. */
    void abort();

    /** Tells whether it is closed or being closed. */
    boolean closing();

    /** Returns how many bytes wait to be sent, with 8 more for each datagram. */
    long writeBufferSize();

    /**
     * Sets the marks of {@link DatagramProtocol#pauseWriting()} in bytes; 16 and 64 KiB if not called.
     *
     * @throws IllegalArgumentException unless 0 is at most {@code low} and that at most {@code high}
     */
    void setWriteBufferLimits(int low, int high);

    int lowWaterMark();

    int highWaterMark();

    DatagramProtocol protocol();

    /** Lets another protocol hear of what happens from now on. It does not hear of the socket that is there. */
    void setProtocol(DatagramProtocol protocol);

    /**
     * Receives what is sent to a group, besides what is sent to this socket itself. The future has an {@link IOException} if that is refused.
     *
     * @param group a multicast address
     * @param network where the group is
     * @throws IllegalArgumentException if {@code group} is no multicast address
     */
    Future<@Nullable Void> joinGroup(InetAddress group, NetworkInterface network);

    /** Receives it no more. As above. */
    Future<@Nullable Void> leaveGroup(InetAddress group, NetworkInterface network);

    /** Returns the address of this side, or null if it has none. */
    @Nullable
    InetSocketAddress localAddress();

    /** Returns the other side that was chosen with {@link DatagramOptions#remote}, or null if none was. */
    @Nullable
    InetSocketAddress peerAddress();

    /**
     * Returns an option of the socket, such as {@code StandardSocketOptions.SO_RCVBUF}.
     *
     * @throws UnsupportedOperationException if a socket for datagrams of this engine has no such option
     * @throws IOException if the system refuses, as it does after the socket was closed
     */
    <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /** Sets an option of the socket; throws as {@link #option} does. */
    <T> void setOption(SocketOption<T> option, T value) throws IOException;
}
