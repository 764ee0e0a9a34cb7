package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's socket options, of Netty's channels.
 *
 * <p>To get or set one is a system call on the descriptor and changes nothing in the channel, which is why a task may do it.
 */
final class JdkOptions {
    private static final String MULTICAST_LOOP = StandardSocketOptions.IP_MULTICAST_LOOP.name();

    private static final Map<String, ChannelOption<?>> COMMON = Map.ofEntries(
            Map.entry(StandardSocketOptions.TCP_NODELAY.name(), ChannelOption.TCP_NODELAY),
            Map.entry(StandardSocketOptions.SO_KEEPALIVE.name(), ChannelOption.SO_KEEPALIVE),
            Map.entry(StandardSocketOptions.SO_RCVBUF.name(), ChannelOption.SO_RCVBUF),
            Map.entry(StandardSocketOptions.SO_SNDBUF.name(), ChannelOption.SO_SNDBUF),
            Map.entry(StandardSocketOptions.SO_LINGER.name(), ChannelOption.SO_LINGER),
            Map.entry(StandardSocketOptions.SO_REUSEADDR.name(), ChannelOption.SO_REUSEADDR),
            Map.entry(StandardSocketOptions.SO_REUSEPORT.name(), UnixChannelOption.SO_REUSEPORT),
            Map.entry(StandardSocketOptions.SO_BROADCAST.name(), ChannelOption.SO_BROADCAST),
            Map.entry(StandardSocketOptions.IP_TOS.name(), ChannelOption.IP_TOS),
            Map.entry(StandardSocketOptions.IP_MULTICAST_IF.name(), ChannelOption.IP_MULTICAST_IF),
            Map.entry(MULTICAST_LOOP, ChannelOption.IP_MULTICAST_LOOP_DISABLED));

    /** What a socket for datagrams of IPv6 has. */
    static final AttributeKey<Boolean> IPV6 = AttributeKey.valueOf(JdkOptions.class, "ipv6");

    private JdkOptions() {}

    /**
     * @throws UnsupportedOperationException if this kind of socket has no such option, or the engine does not reach it
     * @throws IOException if the system refuses, as it does when the socket is closed
     */
    static <T> @Nullable T get(NettyEngine engine, Channel channel, SocketOption<T> option) throws IOException {
        ChannelOption<?> its = its(engine, channel, option);
        try {
            Object value = its == null ? null : channel.config().getOption(its);
            if (value == null && !option.equals(StandardSocketOptions.IP_MULTICAST_IF)) {
                throw unsupported(engine, channel, option);
            }
            return JdkOptions.<T>cast(isInverted(engine, option) ? Boolean.FALSE.equals(value) : value);
        } catch (ChannelException e) {
            throw failed("get", option, e);
        }
    }

    /** As {@link #get} throws. */
    static <T> void set(NettyEngine engine, Channel channel, SocketOption<T> option, T value) throws IOException {
        ChannelOption<?> its = its(engine, channel, option);
        try {
            Object given = isInverted(engine, option) ? (Object) !((Boolean) value) : value;
            if (its == null || !setUnchecked(channel, its, given)) {
                throw unsupported(engine, channel, option);
            }
        } catch (ChannelException e) {
            throw failed("set", option, e);
        }
    }

    private static @Nullable ChannelOption<?> its(NettyEngine engine, Channel channel, SocketOption<?> option) {
        if (engine == NettyEngine.NIO) {
            return NioChannelOption.of(option);
        }
        if (option.equals(StandardSocketOptions.IP_MULTICAST_TTL)) {
            return multicastTtl(engine, channel);
        }
        ChannelOption<?> common = COMMON.get(option.name());
        return common != null
                ? common
                : switch (engine) {
                    case EPOLL -> Epoll.option(option.name());
                    case IO_URING -> IoUring.option(option.name());
                    case NIO, KQUEUE -> null;
                };
    }

    /** Netty's own option of that name sets how far what is not multicast goes. The numbers are those of Linux and of the BSDs. */
    private static @Nullable ChannelOption<?> multicastTtl(NettyEngine engine, Channel channel) {
        if (!(channel instanceof DatagramChannel)) {
            return null;
        }
        boolean linux = engine != NettyEngine.KQUEUE;
        return channel.attr(IPV6).get() != null
                ? new IntegerUnixChannelOption("IPV6_MULTICAST_HOPS", 41, linux ? 18 : 10)
                : new IntegerUnixChannelOption("IP_MULTICAST_TTL", 0, linux ? 33 : 10);
    }

    /** Those of {@code jdk.net.ExtendedSocketOptions}. A class of its own, for its jar may not be there. */
    private static final class Epoll {
        static @Nullable ChannelOption<?> option(String name) {
            return switch (name) {
                case "TCP_KEEPIDLE" -> EpollChannelOption.TCP_KEEPIDLE;
                case "TCP_KEEPINTERVAL" -> EpollChannelOption.TCP_KEEPINTVL;
                case "TCP_KEEPCOUNT" -> EpollChannelOption.TCP_KEEPCNT;
                case "TCP_QUICKACK" -> EpollChannelOption.TCP_QUICKACK;
                default -> null;
            };
        }
    }

    /** The same. */
    private static final class IoUring {
        static @Nullable ChannelOption<?> option(String name) {
            return switch (name) {
                case "TCP_KEEPIDLE" -> IoUringChannelOption.TCP_KEEPIDLE;
                case "TCP_KEEPINTERVAL" -> IoUringChannelOption.TCP_KEEPINTVL;
                case "TCP_KEEPCOUNT" -> IoUringChannelOption.TCP_KEEPCNT;
                case "TCP_QUICKACK" -> IoUringChannelOption.TCP_QUICKACK;
                default -> null;
            };
        }
    }

    /** The JDK says whether there is a loopback, the native channels whether there is none. */
    private static boolean isInverted(NettyEngine engine, SocketOption<?> option) {
        return engine != NettyEngine.NIO && option.name().equals(MULTICAST_LOOP);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // an option of the same name has a value of the same type
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    @SuppressWarnings("unchecked") // as above
    private static <V> boolean setUnchecked(Channel channel, ChannelOption<V> option, Object value) {
        return channel.config().setOption(option, (V) value);
    }

    private static UnsupportedOperationException unsupported(
            NettyEngine engine, Channel channel, SocketOption<?> option) {
        return new UnsupportedOperationException("The engine " + engine + " has no option " + option.name() + " for a "
                + channel.getClass().getSimpleName() + (engine == NettyEngine.NIO ? "" : "; Engine.NIO may have it"));
    }

    private static IOException failed(String what, SocketOption<?> option, ChannelException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IOException("Cannot " + what + " the option " + option.name() + ": " + cause, cause);
    }
}
