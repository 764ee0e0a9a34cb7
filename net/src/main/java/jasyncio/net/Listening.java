package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Listener;
import jasyncio.net.netty.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.BiConsumer;

/** Binds a server to its addresses: to all of them or to none. */
final class Listening {
    private Listening() {}

    /** @param accepted given the server and each connection, on the bare loop thread */
    static Server start(List<? extends SocketAddress> addresses, ServerSetup setup, BiConsumer<Server, Wire> accepted)
            throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        var server = new Server(loop);
        try {
            for (SocketAddress address : addresses) {
                server.add(bind(loop, address, setup, wire -> accepted.accept(server, wire)));
            }
        } catch (IOException | CancelledError e) {
            server.close();
            throw e;
        }
        if (setup.startServing()) {
            server.startServing();
        }
        return server;
    }

    private static Listener bind(
            EventLoop loop, SocketAddress address, ServerSetup setup, java.util.function.Consumer<Wire> accepted)
            throws IOException {
        Future<Listener> bound = loop.createFuture();
        Sockets.of(loop).listen(address, setup.listen(), accepted, (listener, failure) -> {
            if (listener != null && bound.done()) { // given up meanwhile
                listener.close();
            } else if (listener != null) {
                bound.setResult(listener);
            } else if (!bound.done()) {
                bound.setException(new IOException(
                        "Cannot listen on " + Net.describe(address) + ": "
                                + (failure == null ? "unknown" : failure.getMessage()),
                        failure));
            }
        });
        return Asyncio.await(bound, IOException.class);
    }
}
