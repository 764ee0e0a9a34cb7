package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;

/** What a socket is set to before it is used. */
public final class Settings {
    /** As asyncio's: writers wait above the high mark until the low one is reached. */
    public static final int HIGH_WATER = 64 * 1024;

    public static final int LOW_WATER = HIGH_WATER / 4;

    private Settings() {}

    /** @param local the address to connect from, or null for any */
    public record Connect(@Nullable SocketAddress local) {}

    public record Listen(int backlog, boolean reuseAddress, boolean reusePort, boolean keepAlive) {
        void apply(Channel channel) {
            set(channel, ChannelOption.SO_BACKLOG, backlog);
            set(channel, ChannelOption.SO_REUSEADDR, reuseAddress);
            if (reusePort
                    && !set(channel, UnixChannelOption.SO_REUSEPORT, true)
                    && !set(channel, NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)) {
                throw new UnsupportedOperationException(
                        "This engine cannot share a port here (SO_REUSEPORT); let a ServerGroup hand the connections around");
            }
        }
    }

    static void connected(Channel channel) {
        set(channel, ChannelOption.ALLOW_HALF_CLOSURE, true);
        set(channel, ChannelOption.TCP_NODELAY, true);
        set(channel, ChannelOption.WRITE_BUFFER_WATER_MARK, waterMarks(LOW_WATER, HIGH_WATER));
        channel.config().setAutoRead(false);
    }

    /** Netty goes on below the low mark, we at it. */
    static WriteBufferWaterMark waterMarks(int low, int high) {
        int below = low == Integer.MAX_VALUE ? low : low + 1;
        return new WriteBufferWaterMark(below, Math.max(below, high));
    }

    /** Returns false if the channel does not know the option: a Unix-domain socket has no TCP_NODELAY. */
    static <T> boolean set(Channel channel, ChannelOption<T> option, T value) {
        return channel.config().setOption(option, value);
    }
}
