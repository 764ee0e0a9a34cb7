package jasyncio.net.netty;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** The native engines have their own class for addresses of Unix-domain sockets. */
final class SocketAddresses {
    private SocketAddresses() {}

    static SocketAddress nettys(NettyEngine engine, SocketAddress address) {
        return engine != NettyEngine.NIO && address instanceof UnixDomainSocketAddress unix
                ? new DomainSocketAddress(unix.getPath().toString())
                : address;
    }

    static @Nullable SocketAddress jdks(@Nullable SocketAddress address) {
        return address instanceof DomainSocketAddress unix ? UnixDomainSocketAddress.of(unix.path()) : address;
    }
}
