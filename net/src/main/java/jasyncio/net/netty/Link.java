package jasyncio.net.netty;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The sending end of a connection, and the tap of its receiving end. For tasks and callbacks of its loop. */
public interface Link {
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

    /** Gives a piece of data back to where its memory came from. */
    void release(Bytes data);

    @Nullable
    SocketAddress localAddress();

    @Nullable
    SocketAddress peerAddress();

    /** Returns what encrypts this connection, or null if nothing does. */
    default @Nullable SSLEngine tls() {
        return null;
    }
}
