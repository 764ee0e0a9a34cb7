package jasyncio.net.netty;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A channel for datagrams, of one engine.
 *
 * @param empty sends a datagram without data, which most of Netty's channels drop; null if this one sends it as any other
 */
record DatagramSocket(DatagramChannel channel, @Nullable Empty empty) {

    /** Sends a datagram without data to an address, or, if that is null, to the one that is connected to. */
    interface Empty {
        void send(@Nullable InetSocketAddress to) throws IOException;
    }

    static DatagramSocket open(NettyEngine engine, boolean ipv6) throws IOException {
        return switch (engine) {
            case NIO -> nio(ipv6);
            case EPOLL -> epoll(ipv6);
            case IO_URING -> new DatagramSocket(new IoUringDatagramChannel(family(ipv6)), null);
            case KQUEUE -> unix(new KQueueDatagramChannel(family(ipv6)));
        };
    }

    private static SocketProtocolFamily family(boolean ipv6) {
        return ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    private static DatagramSocket nio(boolean ipv6) throws IOException {
        var jdks = java.nio.channels.DatagramChannel.open(
                ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        return new DatagramSocket(new NioDatagramChannel(jdks), to -> {
            if (to == null) { // the JDK takes it for nothing to do
                throw new SocketException(
                        "The JDK sends no empty datagram from a socket that is connected; use a native"
                                + " engine such as Engine.EPOLL, or a socket without a remote(…)");
            }
            jdks.send(ByteBuffer.allocate(0), to);
        });
    }

    /**
     * Netty receives on a connected socket by a call that cannot tell an empty datagram from none, unless the kernel may hand over several
     * datagrams at once, which Netty takes apart again.
     */
    private static DatagramSocket epoll(boolean ipv6) {
        var channel = new EpollDatagramChannel(family(ipv6));
        try {
            channel.config().setOption(EpollChannelOption.UDP_GRO, true);
        } catch (ChannelException e) {
            // An old kernel: empty datagrams do not arrive at a connected socket.
        }
        return unix(channel);
    }

    private static <C extends DatagramChannel & UnixChannel> DatagramSocket unix(C channel) {
        return new DatagramSocket(channel, to -> {
            Socket socket = (Socket) channel.fd();
            ByteBuffer nothing = ByteBuffer.allocateDirect(0);
            if (to == null) {
                socket.send(nothing, 0, 0);
            } else {
                socket.sendTo(nothing, 0, 0, to.getAddress(), to.getPort());
            }
        });
    }
}
