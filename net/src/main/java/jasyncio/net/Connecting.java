package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.NettyPoller;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to the first of several addresses that answers. */
final class Connecting {
    private Connecting() {}

    static StreamConnection open(List<? extends SocketAddress> addresses, ConnectSetup setup) throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        return StreamEvents.open(loop, first(loop, addresses, setup), setup.limit());
    }

    /** Suspends; cancellable; for a task of the loop. */
    static Wire first(EventLoop loop, List<? extends SocketAddress> addresses, ConnectSetup setup) throws IOException {
        IOException failure = new ConnectException("No address to connect to");
        for (int i = 0; i < addresses.size(); i++) {
            try {
                return connect(loop, addresses.get(i), setup);
            } catch (IOException e) {
                if (i > 0) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure;
    }

    private static Wire connect(EventLoop loop, SocketAddress address, ConnectSetup setup) throws IOException {
        NettyPoller poller = Sockets.of(loop);
        Future<Wire> connected = loop.createFuture();
        Runnable giveUp = poller.connect(address, new Settings.Connect(setup.localAddress()), (wire, failure) -> {
            if (connected.done()) { // given up meanwhile
                if (wire != null) {
                    wire.abort();
                }
            } else if (wire != null) {
                connected.setResult(wire);
            } else {
                connected.setException(refused(address, failure));
            }
        });
        try {
            return Asyncio.await(connected, IOException.class);
        } catch (CancelledError e) {
            giveUp.run();
            throw e;
        }
    }

    private static IOException refused(SocketAddress address, @Nullable Throwable cause) {
        var exception = new ConnectException(
                "Cannot connect to " + Net.describe(address) + (cause == null ? "" : ": " + cause.getMessage()));
        exception.initCause(cause);
        return exception;
    }
}
