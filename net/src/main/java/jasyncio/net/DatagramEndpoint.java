package jasyncio.net;

import jasyncio.AsyncIterable;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams, for plain sequential code; {@link DatagramProtocol} is the same by callbacks.
 *
 * {@snippet :
 * try (var server = openDatagramEndpoint(o -> o.local("127.0.0.1", 9999))) {
 *     for (Datagram datagram : server.datagrams()) {
 *         server.send(datagram.data(), datagram.sender());
 *     }
 * }
 * }
 *
 * <p>What came and was not received yet waits here, {@link DatagramOptions#queueSize} datagrams at most. One that comes when that many wait is dropped
 * and {@link #dropped() counted}: the program cannot slow down who sends.
 *
 * <p>What went wrong with a datagram that was sent, as far as one hears of it, is thrown by the {@link #send} or {@link #receive} that comes next, once:
 * that it was too large, or, from a socket with a {@link DatagramOptions#remote remote} side, that nobody receives there
 * ({@link java.net.PortUnreachableException}). The endpoint goes on.
 *
 * <p>All methods are for tasks of the loop. Several tasks may receive: each datagram goes to one of them, who has waited longest.
 */
public final class DatagramEndpoint implements AutoCloseable {
    private final EventLoop loop;
    private final int queueSize;
    private final ArrayDeque<Datagram> arrived = new ArrayDeque<>();

    /** Tasks that wait for a datagram, or for an error. */
    private final ArrayDeque<Future<@Nullable Void>> receivers = new ArrayDeque<>();

    /** Tasks that wait until what was sent has gone. */
    private final ArrayDeque<Future<@Nullable Void>> senders = new ArrayDeque<>();

    private final Future<@Nullable Void> lost;
    private final DatagramProtocol events = new Events();
    private @Nullable DatagramTransport transport;
    private @Nullable IOException error;
    private boolean paused;
    private long dropped;

    private DatagramEndpoint(EventLoop loop, int queueSize) {
        this.loop = loop;
        this.queueSize = queueSize;
        this.lost = loop.createFuture();
    }

    static DatagramEndpoint open(EventLoop loop, DatagramSetup setup) throws IOException {
        var endpoint = new DatagramEndpoint(loop, setup.queueSize());
        endpoint.transport =
                Net.datagramTransport(loop, () -> endpoint.events, setup).transport();
        return endpoint;
    }

    private final class Events implements DatagramProtocol {
        @Override
        public void datagramReceived(Chunk data, InetSocketAddress sender) {
            if (arrived.size() >= queueSize) {
                dropped++;
            } else {
                arrived.add(new Datagram(data.toArray(), sender));
                wakeReceiver();
            }
        }

        @Override
        public void errorReceived(IOException cause) {
            if (error == null) {
                error = cause;
                wakeReceiver();
            }
        }

        @Override
        public void connectionLost(@Nullable IOException cause) {
            if (cause != null) {
                error = cause;
            }
            wakeAll(receivers);
            wakeAll(senders);
            if (!lost.done()) {
                lost.setResult(null);
            }
        }

        @Override
        public void pauseWriting() {
            paused = true;
        }

        @Override
        public void resumeWriting() {
            paused = false;
            wakeAll(senders);
        }
    }

    private void wakeReceiver() {
        for (Future<@Nullable Void> receiver : receivers) {
            if (!receiver.done()) {
                receiver.setResult(null);
                return;
            }
        }
    }

    private static void wakeAll(Iterable<Future<@Nullable Void>> waiters) {
        for (Future<@Nullable Void> waiter : waiters) {
            if (!waiter.done()) {
                waiter.setResult(null);
            }
        }
    }

    /**
     * Returns the next datagram. Suspends if none is there; cancellable: no datagram is lost; for a task of the loop.
     *
     * @throws SocketException if the endpoint is closed, before or meanwhile
     * @throws IOException what the network reports about a datagram that was sent, once
     */
    public Datagram receive() throws IOException {
        Datagram datagram = receiveOrNull();
        if (datagram == null) {
            throw closed("receive from");
        }
        return datagram;
    }

    /** Returns null when the endpoint is closed. */
    private @Nullable Datagram receiveOrNull() throws IOException {
        boolean first = receivers.isEmpty();
        while (true) {
            throwError();
            if (transport().closing()) {
                return null;
            }
            if (first && !arrived.isEmpty()) {
                Datagram next = arrived.remove();
                if (!arrived.isEmpty()) {
                    wakeReceiver();
                }
                return next;
            }
            awaitArrival();
            first = true;
        }
    }

    private void awaitArrival() {
        Future<@Nullable Void> receiver = loop.createFuture();
        receivers.add(receiver);
        try {
            Asyncio.await(receiver);
        } catch (CancelledError e) {
            receivers.remove(receiver);
            if (!arrived.isEmpty() || error != null) { // it was this one's
                wakeReceiver();
            }
            throw e;
        }
        receivers.remove(receiver);
    }

    /**
     * Returns the datagrams to come, as {@link #receive} does, for a plain {@code for}, which ends when the endpoint is closed.
     *
     * @throws IOException from the iteration; declared here, so that a {@code catch} around the loop compiles
     */
    @SuppressWarnings("RedundantThrows")
    public AsyncIterable<Datagram> datagrams() throws IOException {
        return () -> () -> {
            Datagram datagram = receiveOrNull();
            if (datagram == null) {
                throw new jasyncio.StopAsyncIteration();
            }
            return datagram;
        };
    }

    /**
     * Sends a copy of {@code data} to the {@link DatagramOptions#remote remote} side. Suspends while more than 64 KiB wait to be sent; cancellable,
     * and then not sent; for a task of the loop.
     *
     * @throws IllegalStateException if there is no remote side
     * @throws SocketException if the endpoint is closed
     * @throws IOException what the network reports about an earlier datagram, once; this one is not sent then
     */
    public void send(byte[] data) throws IOException {
        awaitRoom();
        transport().sendTo(data);
    }

    /**
     * The same to an address.
     *
     * @throws IllegalArgumentException if the address has not been resolved, or is not the {@link DatagramOptions#remote remote} one
     */
    public void send(byte[] data, InetSocketAddress to) throws IOException {
        awaitRoom();
        transport().sendTo(data, to);
    }

    private void awaitRoom() throws IOException {
        throwError();
        while (paused && !transport().closing()) {
            Future<@Nullable Void> sender = loop.createFuture();
            senders.add(sender);
            try {
                Asyncio.await(sender);
            } finally {
                senders.remove(sender);
            }
            throwError();
        }
        if (transport().closing()) {
            throw closed("send with");
        }
    }

    private void throwError() throws IOException {
        IOException error = this.error;
        if (error != null) {
            this.error = null;
            throw error;
        }
    }

    private SocketException closed(String what) {
        return new SocketException("Cannot " + what + " " + this + ", which is closed");
    }

    /** Receives what is sent to a group too. Suspends; cancellable; for a task of the loop. See {@link DatagramTransport#joinGroup}. */
    public void joinGroup(InetAddress group, NetworkInterface network) throws IOException {
        Asyncio.await(transport().joinGroup(group, network), IOException.class);
    }

    /** Receives it no more. Suspends; cancellable; for a task of the loop. */
    public void leaveGroup(InetAddress group, NetworkInterface network) throws IOException {
        Asyncio.await(transport().leaveGroup(group, network), IOException.class);
    }

    /** Returns how many datagrams came when too many were waiting, and were dropped. Never suspends. */
    public long dropped() {
        return dropped;
    }

    /** Returns what is below, for its addresses and options; never suspends. Its protocol must be left alone. */
    public DatagramTransport transport() {
        return java.util.Objects.requireNonNull(transport);
    }

    /** Returns the address of this side, or null if it has none; never suspends. */
    public @Nullable InetSocketAddress localAddress() {
        return transport().localAddress();
    }

    /**
     * Sends what was given, closes, and waits for that; who waits in {@link #receive} gets a {@link SocketException}. Suspends; not cancellable: a
     * cancellation closes at once and is left to the next await. For a task of the loop.
     */
    @Override
    public void close() {
        transport().close();
        wakeAll(receivers);
        LowLevel.closing(() -> {
            try {
                Asyncio.await(Asyncio.<@Nullable Void>shield(lost));
            } catch (CancelledError e) {
                transport().abort();
                throw e;
            }
        });
    }

    @Override
    public String toString() {
        return "<DatagramEndpoint " + Net.describe(localAddress()) + ", " + arrived.size() + " waiting"
                + (transport().closing() ? ", closed" : "") + ">";
    }
}
