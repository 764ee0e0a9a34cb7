package jasyncio.net.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The sending end of a connection, and the tap of its receiving end. For tasks and callbacks of its loop. */
public interface Link extends Memory {
    /** Begins to deliver. Called once, before the poll in which the first data may come. */
    void start(WireEvents events);

    /** Sends {@code data}, which belongs to the link from now on. Dropped if the connection is gone or being closed. */
    void write(Bytes data);

    /** Copies a part of {@code data} into a piece that can be written to this link. */
    default Bytes copyOf(byte[] data, int offset, int length) {
        return Bytes.copyOf(data, offset, length);
    }

    /** Copies what remains of {@code data}. */
    default Bytes copyOf(ByteBuffer data) {
        return Bytes.copyOf(data);
    }

    /** Returns an empty piece with {@link Bytes#space} for {@code size} bytes or more, outside the heap, that can be written to this link. */
    default Bytes room(int size) {
        return Bytes.room(size);
    }

    /** Tells whether {@link #send} works. */
    default boolean sendsFiles() {
        return false;
    }

    /**
     * Sends a part of a file after what was written, without reading it into memory. One at a time, and nothing is to be written meanwhile.
     *
     * @param position where it begins, in bytes
     * @param done told on the bare loop thread that it is over: null, or why it failed
     */
    default FilePart send(FileChannel file, long position, long count, Consumer<@Nullable Throwable> done) {
        throw new UnsupportedOperationException("This link does not send files");
    }

    /** Returns how many bytes were written and are not sent. */
    long unsent();

    /** Sets the marks in bytes; {@link WireEvents#drained} comes at the low one after the high one was passed. */
    void setWaterMarks(int low, int high);

    void setReading(boolean reading);

    /** Tells the other side, after what was written, that nothing more will come. */
    void end();

    /** Closes after what was written has been sent. */
    void close();

    /** Closes at once. */
    void abort();

    @Nullable
    SocketAddress localAddress();

    @Nullable
    SocketAddress peerAddress();

    /**
     * Returns the value of a socket's option.
     *
     * @throws UnsupportedOperationException if there is no socket, or it has no such option
     * @throws IOException if the system refuses
     */
    default <T> @Nullable T option(SocketOption<T> option) throws IOException {
        throw new UnsupportedOperationException("There is no socket, and so no option " + option.name());
    }

    /** Sets a socket's option; throws as {@link #option} does. */
    default <T> void setOption(SocketOption<T> option, T value) throws IOException {
        throw new UnsupportedOperationException("There is no socket, and so no option " + option.name());
    }

    /** Returns what encrypts this connection, or null if nothing does. */
    default @Nullable SSLEngine tls() {
        return null;
    }
}
