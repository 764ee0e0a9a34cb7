package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Listener;
import jasyncio.net.netty.Recipient;
import jasyncio.net.netty.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Binds a server to its addresses: to all of them or to none. */
final class Listening {
    /** As asyncio's. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private Listening() {}

    /** @param accepted given the server and each connection, on the bare loop thread */
    static Server start(List<? extends SocketAddress> addresses, ServerSetup setup, BiConsumer<Server, Wire> accepted)
            throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        var server = new Server(loop);
        var own = new Recipient(Sockets.of(loop), wire -> accepted.accept(server, wire));
        return start(server, loop, addresses, setup, () -> own);
    }

    /** @param recipients asked on the bare loop thread where the next connection goes */
    static Server start(
            Server server,
            EventLoop loop,
            List<? extends SocketAddress> addresses,
            ServerSetup setup,
            Supplier<Recipient> recipients)
            throws IOException {
        try {
            for (SocketAddress address : addresses) {
                server.add(bind(loop, address, setup, recipients));
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
            EventLoop loop, SocketAddress address, ServerSetup setup, Supplier<Recipient> recipients)
            throws IOException {
        Future<Listener> bound = loop.createFuture();
        BiConsumer<Listener, IOException> refused =
                (listener, failure) -> loop.callSoon(() -> acceptLater(loop, address, listener, failure));
        Sockets.of(loop).listen(address, setup.listen(), recipients, refused, (listener, failure) -> {
            if (listener != null && bound.done()) { // given up meanwhile
                listener.close(() -> {});
            } else if (listener != null) {
                bound.setResult(listener);
            } else if (!bound.done()) {
                bound.setException(new IOException(SocketErrors.listening(address, failure), failure));
            }
        });
        try {
            return Asyncio.await(bound, IOException.class);
        } catch (CancelledError e) {
            if (bound.done() && !bound.cancelled() && bound.exception() == null) { // in the same step
                bound.result().close(() -> {});
            }
            throw e;
        }
    }

    private static void acceptLater(EventLoop loop, SocketAddress address, Listener listener, IOException failure) {
        loop.callLater(RETRY_DELAY, listener::resume);
        loop.callExceptionHandler(
                new EventLoop.Failure(SocketErrors.accepting(address, failure, RETRY_DELAY), failure, null));
    }
}
