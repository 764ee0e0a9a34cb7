package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Listener;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listens on one or more addresses; whoever connects is served by a task of its own.
 *
 * <p>A resource: {@link #close()} stops listening and leaves the connections that there are to their tasks. {@link #closeClients()} and
 * {@link #waitClosed()} end them and wait for that.
 *
 * <p>All methods are for tasks and callbacks of the loop.
 */
public final class Server implements AutoCloseable {

    /** Serves one connection, in a task. Closed when it returns. */
    @FunctionalInterface
    public interface Handler {
        void handle(StreamReader reader, StreamWriter writer) throws Exception;
    }

    /** Serves one connection, in a task. Closed when it returns. */
    @FunctionalInterface
    public interface ConnectionHandler {
        void handle(StreamConnection connection) throws Exception;
    }

    private final EventLoop loop;
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Future<@Nullable Void> closed;
    private @Nullable Future<@Nullable Void> serving;

    /** How many of the listeners still hold their address. */
    private int listening;

    private boolean started;
    private boolean closing;

    /** What the server can do to a connection. */
    interface Client {
        void close();

        void abort();
    }

    Server(EventLoop loop) {
        this.loop = loop;
        this.closed = loop.createFuture();
    }

    void add(Listener listener) {
        listeners.add(listener);
        listening++;
    }

    private void stopped() {
        listening--;
        endIfDone();
    }

    void attach(Client client) {
        clients.add(client);
    }

    void detach(Client client) {
        clients.remove(client);
        endIfDone();
    }

    private void endIfDone() {
        if (closing && listening == 0 && clients.isEmpty() && !closed.done()) {
            closed.setResult(null);
        }
    }

    /** Begins to accept, if that was put off. Never suspends. */
    public void startServing() {
        checkOpen();
        if (!started) {
            started = true;
            listeners.forEach(Listener::start);
        }
    }

    /**
     * Accepts until the server is closed or the task is cancelled, which closes the server and its connections and waits for that.
     * Suspends; cancellable; for a task of the loop.
     *
     * @throws IllegalStateException if the server is closed, or another task serves already
     */
    public void serveForever() throws IOException {
        if (serving != null) {
            throw new IllegalStateException(this + " is already being served by another task");
        }
        startServing();
        Future<@Nullable Void> until = loop.createFuture();
        serving = until;
        try {
            Asyncio.await(until);
        } catch (CancelledError e) {
            try {
                close();
                closeClients();
                waitClosed();
            } catch (Throwable ending) {
                if (ending != e) {
                    e.addSuppressed(ending);
                }
            }
            throw e;
        } finally {
            serving = null;
        }
    }

    /** Tells whether it accepts; never suspends. */
    public boolean serving() {
        return started && !closing;
    }

    /** Stops listening; the connections stay. Never suspends. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        listeners.forEach(listener -> listener.close(this::stopped));
        if (serving != null && !serving.done()) {
            serving.cancel();
        }
        endIfDone();
    }

    /** Closes every connection, after what was written to it has been sent. Never suspends. */
    public void closeClients() {
        List.copyOf(clients).forEach(Client::close);
    }

    /** Closes every connection at once. Never suspends. */
    public void abortClients() {
        List.copyOf(clients).forEach(Client::abort);
    }

    /** Waits until the server is closed, its addresses are free and its last connection is gone. Suspends; cancellable; for a task of the loop. */
    public void waitClosed() {
        Asyncio.await(Asyncio.<@Nullable Void>shield(closed));
    }

    /** Returns the addresses it listens on; none after {@link #close()}. Never suspends. */
    public List<SocketAddress> addresses() {
        return closing
                ? List.of()
                : listeners.stream()
                        .map(Listener::address)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
    }

    private void checkOpen() {
        if (closing) {
            throw new IllegalStateException(this + " is closed; start another one");
        }
    }

    @Override
    public String toString() {
        return "<Server " + (closing ? "closed" : "on " + addresses()) + ", " + clients.size() + " connections>";
    }
}
