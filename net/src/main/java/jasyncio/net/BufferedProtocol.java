package jasyncio.net;

import java.nio.ByteBuffer;

/**
 * A protocol that receives into buffers of its own. Everything else is as with {@link Protocol}, but that {@link #dataReceived} is not called by a
 * transport.
 *
 * {@snippet :
 * class Frames implements BufferedProtocol {
 *     private final ByteBuffer frame = ByteBuffer.allocate(1024);
 *     public ByteBuffer getBuffer(int sizeHint) { return frame; }
 *     public void bufferUpdated(int n) {
 *         if (!frame.hasRemaining()) {
 *             handle(frame.flip());
 *             frame.clear();
 *         }
 *     }
 * }
 * }
 */
public interface BufferedProtocol extends Protocol {
    /**
     * Returns where to put what came: from the position of the buffer, which moves on, to its limit. What does not fit is put into the buffer that the next
     * call returns. One without room is refused, as one that is read-only: the connection breaks.
     *
     * @param sizeHint how many bytes came, at least 1; the buffer may be smaller or larger
     */
    ByteBuffer getBuffer(int sizeHint);

    /**
     * Something was put into the buffer.
     *
     * @param n how many bytes, at least 1
     */
    void bufferUpdated(int n);

    /** Puts all of it into the protocol's buffers: for who has received it otherwise than by a transport. */
    @Override
    default void dataReceived(Chunk data) {
        ByteBuffer from = data.view();
        while (from.hasRemaining()) {
            OwnBuffers.feed(this, from);
        }
    }
}
