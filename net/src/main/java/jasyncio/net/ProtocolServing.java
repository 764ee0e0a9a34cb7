package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.net.netty.Link;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection of a protocol server. */
final class ProtocolServing implements Server.Client {
    private final Link link;

    private ProtocolServing(Link link) {
        this.link = link;
    }

    /** Serves a connection that was just accepted. On the bare loop thread: the factory, which is the user's, is called in a callback. */
    static void begin(
            EventLoop loop, Server server, Link wire, @Nullable TlsSetup tls, Supplier<? extends Protocol> factory) {
        if (tls != null) {
            TlsServing.begin(loop, server, wire, tls, link -> serve(loop, server, link, factory));
        } else {
            serve(loop, server, wire, factory);
        }
    }

    private static void serve(EventLoop loop, Server server, Link link, Supplier<? extends Protocol> factory) {
        var client = new ProtocolServing(link);
        server.attach(client);
        loop.callSoon(() -> {
            try {
                new LinkTransport(loop, link, factory.get(), () -> server.detach(client)).start();
            } catch (RuntimeException | Error e) {
                link.abort();
                server.detach(client);
                loop.callExceptionHandler(
                        new EventLoop.Failure("Error on transport creation for incoming connection", e, null));
            }
        });
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public void abort() {
        link.abort();
    }
}
