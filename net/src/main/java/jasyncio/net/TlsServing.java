package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.net.netty.Link;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** One accepted connection of a server, until it is ready to be served: at once, or after the handshake of TLS. */
final class TlsServing implements Server.Client {
    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private Link link;

    private TlsServing(Link link) {
        this.link = link;
    }

    /**
     * Shakes hands, and hands on the link if that works. If it does not, nobody is told but the log: it is the other side's affair, and
     * anybody can connect. On the bare loop thread; {@code ready} is called in a callback.
     */
    static void begin(EventLoop loop, Server server, Link plain, TlsSetup setup, Consumer<? super Link> ready) {
        var client = new TlsServing(plain);
        server.attach(client);
        loop.callSoon(() -> {
            try {
                client.shake(loop, server, setup, ready);
            } catch (RuntimeException | Error e) {
                plain.abort();
                server.detach(client);
                loop.callExceptionHandler(
                        new EventLoop.Failure("Error on transport creation for incoming connection", e, null));
            }
        });
    }

    private void shake(EventLoop loop, Server server, TlsSetup setup, Consumer<? super Link> ready) {
        TlsLink tls = TlsLink.server(loop, link, setup);
        link = tls;
        tls.handshake().addDoneCallback(handshake -> {
            Throwable failure = handshake.exception();
            if (failure != null) {
                refused(failure);
                server.detach(this);
            } else {
                hand(tls, server, ready);
            }
        });
    }

    /** A key manager or trust manager that throws is the program's affair. */
    private static void refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuntimeException || cause instanceof Error) {
                LOGGER.log(Level.WARNING, "A connection was refused: " + failure.getMessage(), failure);
                return;
            }
        }
        LOGGER.log(Level.DEBUG, () -> "A connection was refused: " + failure.getMessage());
    }

    /** What is thrown goes to the exception handler, as this runs in a callback. */
    private void hand(TlsLink tls, Server server, Consumer<? super Link> ready) {
        boolean done = false;
        try {
            ready.accept(tls);
            done = true;
        } finally {
            if (!done) {
                tls.abort();
            }
            server.detach(this);
        }
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
