package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** Receives each datagram into a buffer that any datagram fits in: what does not fit would be cut off. */
final class DatagramReceiving extends DefaultMaxMessagesRecvByteBufAllocator {
    static final int LARGEST = 1 << 16;

    /** As many as Netty's own datagram channels take in one go. */
    private static final int AT_ONCE = 16;

    private final LoopBuffers buffers;

    DatagramReceiving(LoopBuffers buffers) {
        super(AT_ONCE);
        this.buffers = buffers;
    }

    @Override
    @Deprecated
    public Handle newHandle() {
        return new Whole();
    }

    private final class Whole extends MaxMessageHandle {
        @Override
        public int guess() {
            return LARGEST;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator others) {
            ByteBuf own = buffers.take(LARGEST);
            return own == null ? others.directBuffer(LARGEST, LARGEST) : own;
        }
    }
}
