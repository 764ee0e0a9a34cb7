package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A link without a socket. Its data is in memory that is the garbage collector's, so that nobody has to release it. */
abstract class HeapLink implements Link {
    final EventLoop loop;

    HeapLink(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public final Bytes copyOf(byte[] data, int offset, int length) {
        return Bytes.wrap(Arrays.copyOfRange(data, offset, offset + length));
    }

    @Override
    public final Bytes copyOf(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return Bytes.wrap(copy);
    }

    /** Takes data over. What a socket has received is copied, and goes back to where its memory came from. */
    final Bytes adopt(Bytes data) {
        if (data.collected()) {
            return data;
        }
        Bytes copy = data.detached();
        Sockets.of(loop).release(data);
        return copy;
    }

    @Override
    public final void release(Bytes data) {}

    @Override
    public @Nullable SocketAddress localAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress peerAddress() {
        return null;
    }
}
