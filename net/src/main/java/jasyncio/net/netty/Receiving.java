package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** Receives into the loop's own buffers, of the size that Netty guesses from what came before. */
final class Receiving implements RecvByteBufAllocator {
    /** How many buffers a connection may fill before the next one has its turn: Netty's own figure for connections. */
    private static final int FILLS = 16;

    private final RecvByteBufAllocator sizes = new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(FILLS);
    private final LoopBuffers buffers;

    Receiving(LoopBuffers buffers) {
        this.buffers = buffers;
    }

    @Override
    @Deprecated
    public Handle newHandle() {
        return new Guess((ExtendedHandle) sizes.newHandle());
    }

    private final class Guess extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle sizes;

        Guess(ExtendedHandle sizes) {
            super(sizes);
            this.sizes = sizes;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator others) {
            ByteBuf own = buffers.take(sizes.guess());
            return own == null ? sizes.allocate(others) : own;
        }

        @Override
        public boolean continueReading(io.netty.util.UncheckedBooleanSupplier maybeMore) {
            return sizes.continueReading(maybeMore);
        }
    }
}
