package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.net.netty.Wire;
import java.util.function.Supplier;

/** One connection of a protocol server. */
final class ProtocolServing implements Server.Client {
    private final Wire wire;

    private ProtocolServing(Wire wire) {
        this.wire = wire;
    }

    /** Serves a connection that was just accepted. On the bare loop thread: the factory, which is the user's, is called in a callback. */
    static void begin(EventLoop loop, Server server, Wire wire, Supplier<? extends Protocol> factory) {
        var client = new ProtocolServing(wire);
        server.attach(client);
        loop.callSoon(() -> {
            try {
                new LinkTransport(loop, wire, factory.get(), () -> server.detach(client)).start();
            } catch (RuntimeException | Error e) {
                wire.abort();
                server.detach(client);
                loop.callExceptionHandler(
                        new EventLoop.Failure("Error on transport creation for incoming connection", e, null));
            }
        });
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public void abort() {
        wire.abort();
    }
}
