package jasyncio.net;

import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Task;
import jasyncio.net.netty.Wire;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection of a stream server, and the task that serves it. */
final class StreamServing implements Server.Client {
    private final Wire wire;

    private StreamServing(Wire wire) {
        this.wire = wire;
    }

    /** Serves a connection that was just accepted. On the bare loop thread. */
    static void begin(EventLoop loop, Server server, Wire wire, int limit, Server.ConnectionHandler handler) {
        var client = new StreamServing(wire);
        server.attach(client);
        StreamConnection connection = StreamEvents.open(loop, wire, limit, () -> server.detach(client));
        Task<@Nullable Void> task = loop.createTask(() -> serve(handler, connection));
        task.addDoneCallback(done -> report(loop, done, connection));
    }

    private static void serve(Server.ConnectionHandler handler, StreamConnection connection) throws Exception {
        try {
            handler.handle(connection);
        } finally {
            connection.writer().startClosing();
            connection.reader().discard();
        }
    }

    private static void report(
            EventLoop loop, jasyncio.Future<? extends @Nullable Void> task, StreamConnection connection) {
        if (task.cancelled()) {
            return;
        }
        Throwable failure = task.exception();
        if (failure != null && !(failure instanceof CancelledError) && !isLost(failure, connection)) {
            loop.callExceptionHandler(
                    new EventLoop.Failure("Unhandled exception in client_connected_cb", failure, task));
        }
    }

    /** A connection that breaks while it is served is nobody's mistake. */
    private static boolean isLost(Throwable failure, StreamConnection connection) {
        return failure instanceof IOException && connection.reader().exception() == failure;
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
