package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** Receives into the loop's own buffers, of the size that Netty guesses from what came before. */
final class Receiving implements RecvByteBufAllocator {
    private final RecvByteBufAllocator sizes = new AdaptiveRecvByteBufAllocator();
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
