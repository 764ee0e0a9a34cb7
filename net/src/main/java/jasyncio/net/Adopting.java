package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.NettyEngine;
import jasyncio.net.netty.NettyPoller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/** Takes over a connection that somebody else has made. */
final class Adopting {
    private Adopting() {}

    /** Never suspends; for a task of the loop. */
    static Link link(EventLoop loop, SocketChannel channel) throws IOException {
        SocketAddress peer = channel.getRemoteAddress();
        if (peer == null) {
            throw new IllegalArgumentException(
                    "Cannot take over " + channel + ", which is not connected; give one that accept() has returned");
        }
        NettyPoller poller = Sockets.of(loop);
        return poller.engine() == NettyEngine.NIO ? poller.adopt(channel) : new ChannelLink(loop, channel);
    }

    /** Shakes hands as a server. Suspends; cancellable; for a task of the loop. */
    static Link secure(EventLoop loop, Link accepted, TlsSetup setup) throws IOException {
        try {
            TlsLink tls = TlsLink.server(loop, accepted, setup);
            Asyncio.await(tls.handshake(), IOException.class);
            return tls;
        } catch (CancelledError | RuntimeException e) {
            accepted.abort();
            throw e;
        }
    }
}
