package jasyncio.net;

import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Task;
import jasyncio.net.netty.Link;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection of a stream server, and the task that serves it. */
final class StreamServing implements Server.Client {
    /** The one that there was before the handler had anything to say. */
    private final Link accepted;

    private @Nullable StreamWriter writer;
    private boolean endedByServer;

    private StreamServing(Link accepted) {
        this.accepted = accepted;
    }

    /** Serves a connection that was just accepted. On the bare loop thread. */
    static void begin(EventLoop loop, Server server, Link wire, ServerSetup setup, Server.ConnectionHandler handler) {
        if (setup.tls() != null) {
            TlsServing.begin(
                    loop, server, wire, setup.tls(), link -> serve(loop, server, link, setup.limit(), handler));
        } else {
            serve(loop, server, wire, setup.limit(), handler);
        }
    }

    private static void serve(EventLoop loop, Server server, Link link, int limit, Server.ConnectionHandler handler) {
        var client = new StreamServing(link);
        server.attach(client);
        StreamConnection connection = StreamEvents.serve(loop, link, limit, () -> server.detach(client));
        client.writer = connection.writer();
        Task<@Nullable Void> task = loop.createTask(() -> serve(handler, connection));
        task.addDoneCallback(done -> client.report(loop, done, connection));
    }

    private static void serve(Server.ConnectionHandler handler, StreamConnection connection) throws Exception {
        try {
            handler.handle(connection);
        } finally {
            connection.writer().startClosing();
            connection.reader().discard();
        }
    }

    private void report(EventLoop loop, jasyncio.Future<? extends @Nullable Void> task, StreamConnection connection) {
        if (task.cancelled()) {
            return;
        }
        Throwable failure = task.exception();
        if (failure != null && !(failure instanceof CancelledError) && !isLost(failure, connection)) {
            loop.callExceptionHandler(new EventLoop.Failure(
                    "Unhandled exception in client_connected_cb, the handler of the connection from "
                            + Net.describe(connection.writer().peerAddress()) + ", which was closed",
                    failure,
                    task));
        }
    }

    /** A connection that breaks while it is served, or that the server ends, is nobody's mistake. */
    private boolean isLost(Throwable failure, StreamConnection connection) {
        return failure instanceof IOException
                && (connection.reader().exception() == failure
                        || (endedByServer && connection.writer().isLoss(failure)));
    }

    @Override
    public void close() {
        endedByServer = true;
        if (writer == null) {
            accepted.close();
        } else {
            writer.startClosing();
        }
    }

    @Override
    public void abort() {
        endedByServer = true;
        if (writer == null) {
            accepted.abort();
        } else {
            writer.abort(); // the link may have become TLS
        }
    }
}
