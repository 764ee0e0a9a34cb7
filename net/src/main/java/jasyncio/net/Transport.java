package jasyncio.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a {@link Protocol} sees it. Nothing suspends; all methods are for tasks and callbacks of the loop.
 *
 * <p>What is written in one step is sent together when the step is over.
 */
public interface Transport {
    /** Sends a copy of {@code data}. Dropped if the connection is closed or lost. */
    void write(byte[] data);

    /** Sends a copy of what remains of {@code data}, which is read to its end. */
    void write(ByteBuffer data);

    /** Sends {@code chunk} without a copy; it belongs to the transport from now on. */
    void write(Chunk chunk);

    /** Sends copies of several pieces, one after the other. */
    default void writeLines(Iterable<byte[]> pieces) {
        pieces.forEach(this::write);
    }

    /**
     * Tells the other side, after what was written, that nothing more will come.
     *
     * @throws UnsupportedOperationException if the connection speaks TLS, of which no direction ends alone
     */
    void writeEof();

    /** Closes after what was written has been sent; then the protocol hears {@link Protocol#connectionLost}. */
    void close();

    /** Closes at once; what was not sent is dropped. */
    void abort();

    /** Tells whether it is closed or being closed. */
    boolean closing();

    /** Stops {@link Protocol#dataReceived} until {@link #resumeReading()}. */
    void pauseReading();

    void resumeReading();

    /** Tells whether data is being received. */
    boolean reading();

    /** Returns how many bytes wait to be sent. */
    long writeBufferSize();

    /**
     * Sets the marks of {@link Protocol#pauseWriting()} in bytes; 16 and 64 KiB if not called.
     *
     * @throws IllegalArgumentException unless 0 is at most {@code low} and that at most {@code high}
     */
    void setWriteBufferLimits(int low, int high);

    int lowWaterMark();

    int highWaterMark();

    Protocol protocol();

    /** Lets another protocol hear of what happens from now on. It does not hear of the connection that is there. */
    void setProtocol(Protocol protocol);

    /** Returns the address of this side, or null if it has none. */
    @Nullable
    SocketAddress localAddress();

    /** Returns the address of the other side, or null if it has none. */
    @Nullable
    SocketAddress peerAddress();

    /**
     * Returns an option of the socket, such as {@code StandardSocketOptions.TCP_NODELAY}, which is on if not set otherwise.
     *
     * @throws UnsupportedOperationException if there is no socket, or one of this kind has no such option with this engine
     * @throws IOException if the system refuses, as it does after the connection was closed
     */
    <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /** Sets an option of the socket; throws as {@link #option} does. */
    <T> void setOption(SocketOption<T> option, T value) throws IOException;

    /** Returns what was agreed on for TLS, such as the other side's certificates, or null if the connection does not speak it. */
    @Nullable
    SSLSession sslSession();
}
