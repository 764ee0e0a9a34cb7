package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.DatagramEvents;
import jasyncio.net.netty.DatagramWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams with a protocol of the user's.
 *
 * <p>As in {@link LinkTransport}, the events come on the bare loop thread, are kept in {@code news}, and are told by a callback of the loop.
 */
final class WireDatagramTransport implements DatagramTransport, DatagramEvents {
    /** So many datagrams may wait for a protocol that is held up; then the system keeps them, or drops them. */
    private static final int MOST_NEWS = 1024;

    private enum Event {
        MADE,
        RESUME,
        LOST
    }

    private record Arrival(Bytes data, InetSocketAddress sender) {}

    private final EventLoop loop;
    private final DatagramWire wire;
    private final @Nullable InetSocketAddress remote;

    /** {@link Arrival}, {@link IOException} or {@link Event}, in the order they came. */
    private final ArrayDeque<Object> news = new ArrayDeque<>();

    private DatagramProtocol protocol;
    private WaterMarks marks = WaterMarks.DEFAULT;

    /** A callback that tells the news is due or running. */
    private boolean telling;

    private boolean full;
    private boolean paused;
    private boolean closing;
    private boolean lost;
    private @Nullable IOException cause;

    WireDatagramTransport(EventLoop loop, DatagramOpening.Opened opened, DatagramProtocol protocol) {
        this.loop = loop;
        this.wire = opened.wire();
        this.remote = opened.remote();
        this.protocol = Objects.requireNonNull(protocol, "No protocol: the factory returned null");
    }

    /** Tells the protocol of the socket, and begins to receive. */
    void start() {
        add(Event.MADE);
        wire.start(this);
    }

    // ---- from the socket, on the bare loop thread

    @Override
    public void received(Bytes data, InetSocketAddress sender) {
        add(new Arrival(data, sender));
        if (news.size() >= MOST_NEWS) {
            full = true;
            wire.setReading(false);
        }
    }

    @Override
    public void failed(IOException cause) {
        add(cause);
    }

    @Override
    public void drained() {
        add(Event.RESUME);
    }

    @Override
    public void closed(@Nullable IOException cause) {
        this.cause = cause;
        add(Event.LOST);
    }

    private void add(Object event) {
        news.add(event);
        if (!telling) {
            telling = true;
            loop.callSoon(this::tell);
        }
    }

    // ---- to the protocol, in a callback

    private void tell() {
        Object event;
        while ((event = news.poll()) != null) {
            try {
                tell(event);
            } catch (RuntimeException | Error e) {
                loop.callExceptionHandler(
                        new EventLoop.Failure("Exception in callback " + name(event) + " of " + protocol, e, null));
            }
        }
        telling = false;
        if (full) {
            full = false;
            wire.setReading(true);
        }
    }

    private void tell(Object event) {
        if (event instanceof Arrival arrival) {
            try (var chunk = new Chunk(wire, arrival.data)) {
                if (!closing) {
                    protocol.datagramReceived(chunk, arrival.sender);
                }
            }
        } else if (event instanceof IOException failure) {
            if (!lost) {
                protocol.errorReceived(failure);
            }
        } else {
            tell((Event) event);
        }
    }

    private void tell(Event event) {
        switch (event) {
            case MADE -> protocol.connectionMade(this);
            case RESUME -> {
                if (paused && wire.unsent() <= marks.low()) {
                    paused = false;
                    protocol.resumeWriting();
                }
            }
            case LOST -> {
                lost = true;
                closing = true;
                protocol.connectionLost(cause);
            }
        }
    }

    private static String name(Object event) {
        return event instanceof Arrival
                ? "datagramReceived"
                : event instanceof IOException
                        ? "errorReceived"
                        : switch ((Event) event) {
                            case MADE -> "connectionMade";
                            case RESUME -> "resumeWriting";
                            case LOST -> "connectionLost";
                        };
    }

    // ---- DatagramTransport

    @Override
    public void sendTo(byte[] data) {
        if (remote == null) {
            throw new IllegalStateException(
                    "No address to send to; give one, or choose it with o -> o.remote(host, port)");
        }
        given(wire.copyOf(data, 0, data.length), remote);
    }

    @Override
    public void sendTo(byte[] data, InetSocketAddress to) {
        check(to);
        given(wire.copyOf(data, 0, data.length), to);
    }

    @Override
    public void sendTo(ByteBuffer data, InetSocketAddress to) {
        check(to);
        given(wire.copyOf(data), to);
    }

    @Override
    public void sendTo(Chunk chunk, InetSocketAddress to) {
        check(to);
        given(chunk.take(), to);
    }

    private void check(InetSocketAddress to) {
        if (remote != null && !remote.equals(to)) {
            throw new IllegalArgumentException("Cannot send to " + to + ": the socket sends to " + remote
                    + " alone, which o.remote(…) has chosen");
        }
        if (to.isUnresolved()) {
            throw new IllegalArgumentException(
                    "Cannot send to " + to + ", which has not been resolved; see Net.resolveHost(…)");
        }
    }

    private void given(Bytes data, InetSocketAddress to) {
        wire.send(data, wire.peerAddress() == null ? to : null);
        if (!paused && !closing && wire.unsent() > marks.high()) {
            paused = true;
            protocol.pauseWriting();
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            wire.close();
        }
    }

    @Override
    public void abort() {
        closing = true;
        wire.abort();
    }

    @Override
    public boolean closing() {
        return closing;
    }

    @Override
    public long writeBufferSize() {
        return wire.unsent();
    }

    @Override
    public void setWriteBufferLimits(int low, int high) {
        marks = new WaterMarks(low, high);
        wire.setWaterMarks(low, high);
    }

    @Override
    public int lowWaterMark() {
        return marks.low();
    }

    @Override
    public int highWaterMark() {
        return marks.high();
    }

    @Override
    public DatagramProtocol protocol() {
        return protocol;
    }

    @Override
    public void setProtocol(DatagramProtocol protocol) {
        this.protocol = Objects.requireNonNull(protocol, "No protocol: the argument is null");
    }

    @Override
    public Future<@Nullable Void> joinGroup(InetAddress group, NetworkInterface network) {
        return member(true, group, network);
    }

    @Override
    public Future<@Nullable Void> leaveGroup(InetAddress group, NetworkInterface network) {
        return member(false, group, network);
    }

    private Future<@Nullable Void> member(boolean join, InetAddress group, NetworkInterface network) {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(
                    group + " is no group: multicast addresses are 224.0.0.0 to 239.255.255.255, and ff00::/8");
        }
        Future<@Nullable Void> outcome = loop.createFuture();
        wire.member(join, group, network, failure -> {
            if (outcome.done()) {
                return; // cancelled
            }
            if (failure == null) {
                outcome.setResult(null);
            } else {
                outcome.setException(refused(join, group, network, failure));
            }
        });
        return outcome;
    }

    private IOException refused(boolean join, InetAddress group, NetworkInterface network, Throwable failure) {
        String cure = failure instanceof UnsupportedOperationException
                ? "; the engine " + wire.engine() + " has no multicast, Engine.NIO has"
                : "";
        return new IOException(
                "Cannot " + (join ? "join" : "leave") + " the group " + group.getHostAddress() + " on "
                        + network.getName() + ": " + failure.getMessage() + cure,
                failure);
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return wire.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress peerAddress() {
        return remote;
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return wire.option(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        wire.setOption(option, value);
    }

    @Override
    public String toString() {
        return "<DatagramTransport " + Net.describe(localAddress())
                + (remote == null ? "" : " to " + Net.describe(remote))
                + (lost ? " closed" : closing ? " closing" : "") + ">";
    }
}
