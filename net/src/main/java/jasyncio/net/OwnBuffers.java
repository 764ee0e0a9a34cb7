package jasyncio.net;

import java.nio.ByteBuffer;

/** Puts received data into a protocol's own buffers. */
final class OwnBuffers {
    private OwnBuffers() {}

    /**
     * Takes off {@code from} what one buffer of the protocol has room for.
     *
     * @return how many bytes, at least 1
     * @throws IllegalStateException if the buffer takes nothing
     */
    static int feed(BufferedProtocol protocol, ByteBuffer from) {
        ByteBuffer into = protocol.getBuffer(from.remaining());
        if (!into.hasRemaining() || into.isReadOnly()) {
            throw new IllegalStateException(
                    "getBuffer(" + from.remaining() + ") returned "
                            + (into.isReadOnly() ? "a read-only" : "an empty")
                            + " buffer; return one with room between position and limit, and call pauseReading() while there is none");
        }
        int n = Math.min(into.remaining(), from.remaining());
        into.put(from.slice(from.position(), n));
        from.position(from.position() + n);
        protocol.bufferUpdated(n);
        return n;
    }
}
