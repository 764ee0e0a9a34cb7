package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket for datagrams.
 *
 * <p>As with {@link Wire}, tasks and callbacks call the public methods, which leave commands; the poller carries them out. Netty calls the others. All
 * on one OS thread.
 */
public final class DatagramWire extends ChannelInboundHandlerAdapter implements Memory {
    /** What a datagram counts besides its data, so that empty ones are not sent without a limit. */
    private static final int HEADER = 8;

    private final NettyPoller poller;
    private final DatagramChannel channel;
    private final DatagramSocket.@Nullable Empty empty;
    private final Runnable apply = this::apply;
    private @Nullable DatagramEvents events;

    /** The address of this side, as it was when the socket was open. */
    private @Nullable InetSocketAddress local;

    private @Nullable InetSocketAddress peer;

    // Commands left by tasks since the last poll.
    private final ArrayDeque<Outgoing> unflushed = new ArrayDeque<>();
    private boolean closeWanted;
    private boolean abortWanted;
    private boolean reading = true;

    /** The poller will call {@link #apply}. */
    private boolean listed;

    /** Bytes that were given and have not gone. */
    private long unsent;

    /** Datagrams that Netty has and that have not gone. */
    private int pending;

    private int low = Settings.LOW_WATER;
    private int high = Settings.HIGH_WATER;

    /** There was more than the high mark, and there is still more than the low one. */
    private boolean above;

    private boolean lost;
    private @Nullable IOException cause;

    private record Outgoing(ByteBuf data, @Nullable InetSocketAddress to) {
        int cost() {
            return data.readableBytes() + HEADER;
        }
    }

    /**
     * What a socket is set to before it is used.
     *
     * @param local the address of this side, or null if the system shall choose one
     * @param remote what to connect to, or null
     */
    public record Setup(
            boolean ipv6,
            @Nullable InetSocketAddress local,
            @Nullable InetSocketAddress remote,
            List<Option<?>> options) {}

    /** An option and its value. */
    public record Option<T>(SocketOption<T> option, T value) {
        void apply(NettyEngine engine, DatagramChannel channel) throws IOException {
            JdkOptions.set(engine, channel, option, value);
        }
    }

    private DatagramWire(NettyPoller poller, DatagramSocket socket) {
        this.poller = poller;
        this.channel = socket.channel();
        this.empty = socket.empty();
        channel.pipeline().addLast(this);
        channel.config().setAutoRead(false);
        channel.config().setRecvByteBufAllocator(new DatagramReceiving(poller.buffers()));
    }

    /**
     * Opens a socket. The outcome comes on the bare loop thread.
     *
     * @param done given the wire, or null and why not
     */
    public static void open(
            NettyPoller poller, Setup setup, BiConsumer<@Nullable DatagramWire, @Nullable Throwable> done) {
        poller.later(() -> {
            DatagramSocket socket = null;
            try {
                socket = DatagramSocket.open(poller.engine(), setup.ipv6());
                if (setup.ipv6()) {
                    socket.channel().attr(JdkOptions.IPV6).set(true);
                }
                for (Option<?> option : setup.options()) {
                    option.apply(poller.engine(), socket.channel());
                }
            } catch (IOException | RuntimeException e) {
                if (socket != null) {
                    poller.register(socket.channel());
                    socket.channel().close();
                }
                done.accept(null, e);
                return;
            }
            new DatagramWire(poller, socket).bind(setup, done);
        });
    }

    private void bind(Setup setup, BiConsumer<@Nullable DatagramWire, @Nullable Throwable> done) {
        poller.register(channel);
        InetSocketAddress any = new InetSocketAddress(0);
        ChannelFuture bound = setup.remote() != null
                ? channel.connect(setup.remote(), setup.local())
                : channel.bind(setup.local() == null ? any : setup.local());
        bound.addListener(_ -> {
            if (bound.isSuccess()) {
                local = channel.localAddress();
                peer = setup.remote();
                done.accept(this, null);
            } else {
                channel.close();
                done.accept(null, bound.cause());
            }
        });
    }

    /** Begins to deliver. Called once. */
    public void start(DatagramEvents events) {
        this.events = events;
        if (lost) {
            poller.later(() -> events.closed(cause));
        } else {
            changed();
        }
    }

    // ---- commands

    /**
     * Sends a datagram, whose data belongs to the wire from now on. Dropped if the socket is gone or being closed.
     *
     * @param to the other side, or null if one is connected to
     */
    public void send(Bytes data, @Nullable InetSocketAddress to) {
        if (lost || closeWanted || abortWanted) {
            poller.release(data);
            return;
        }
        var outgoing = new Outgoing(data.buffer, to);
        unflushed.add(outgoing);
        unsent += outgoing.cost();
        above |= unsent > high;
        changed();
    }

    /** Copies a part of {@code data} into a piece that can be sent here. */
    public Bytes copyOf(byte[] data, int offset, int length) {
        return new Bytes(buffer(length).writeBytes(data, offset, length));
    }

    /** Copies what remains of {@code data}. */
    public Bytes copyOf(ByteBuffer data) {
        return new Bytes(buffer(data.remaining()).writeBytes(data));
    }

    private ByteBuf buffer(int size) {
        ByteBuf own = size == 0 ? null : poller.buffers().take(size);
        return own == null ? Unpooled.directBuffer(size, size) : own;
    }

    /** Returns how many bytes were given and are not sent, with {@value #HEADER} more for each datagram. */
    public long unsent() {
        return unsent;
    }

    /** Sets the marks in bytes; {@link DatagramEvents#drained} comes at the low one after the high one was passed. */
    public void setWaterMarks(int low, int high) {
        this.low = low;
        this.high = high;
    }

    public void setReading(boolean reading) {
        if (this.reading != reading) {
            this.reading = reading;
            changed();
        }
    }

    /** Closes after what was given has been sent. */
    public void close() {
        closeWanted = true;
        changed();
    }

    /** Closes at once. */
    public void abort() {
        abortWanted = true;
        changed();
    }

    @Override
    public void release(Bytes data) {
        poller.release(data);
    }

    /** Returns the engine that it is of. */
    public NettyEngine engine() {
        return poller.engine();
    }

    public @Nullable InetSocketAddress localAddress() {
        return local;
    }

    /** Returns what it is connected to, or null. */
    public @Nullable InetSocketAddress peerAddress() {
        return peer;
    }

    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return JdkOptions.get(poller.engine(), channel, option);
    }

    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        JdkOptions.set(poller.engine(), channel, option, value);
    }

    /**
     * Joins a group, or leaves it. The outcome comes on the bare loop thread.
     *
     * @param done given null, or why not
     */
    public void member(boolean join, InetAddress group, NetworkInterface network, Consumer<@Nullable Throwable> done) {
        poller.later(() -> {
            ChannelFuture outcome = join
                    ? channel.joinGroup(group, network, null, channel.newPromise())
                    : channel.leaveGroup(group, network, null, channel.newPromise());
            outcome.addListener(_ -> done.accept(outcome.cause()));
        });
    }

    private void changed() {
        if (!listed) {
            listed = true;
            poller.later(apply);
        }
    }

    // ---- by the poller, on the bare loop thread

    private void apply() {
        listed = false;
        if (abortWanted || lost) {
            dropUnflushed();
            channel.close();
            return;
        }
        if (!unflushed.isEmpty()) {
            flush();
        }
        closeIfDone();
        boolean wanted = reading && events != null && !closeWanted;
        if (channel.isOpen() && channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    private void flush() {
        Outgoing next;
        while ((next = unflushed.poll()) != null) {
            int cost = next.cost();
            if (empty != null && !next.data.isReadable()) {
                sendEmpty(empty, next);
                continue;
            }
            pending++;
            Object message = next.to == null ? next.data : new DatagramPacket(next.data, next.to);
            ChannelFuture sent = channel.write(message);
            sent.addListener(_ -> {
                pending--;
                sent(cost, sent.cause());
            });
        }
        channel.flush();
    }

    private void sendEmpty(DatagramSocket.Empty empty, Outgoing next) {
        channel.flush(); // what comes before
        Throwable failure = null;
        try {
            empty.send(next.to);
        } catch (IOException e) {
            failure = e;
        } finally {
            next.data.release();
        }
        sent(next.cost(), failure);
    }

    private void sent(int cost, @Nullable Throwable failure) {
        unsent -= cost;
        if (failure != null && channel.isOpen() && !abortWanted) {
            failed(failure);
        }
        if (above && unsent <= low) {
            above = false;
            poller.told();
            if (events != null) {
                events.drained();
            }
        }
        closeIfDone();
    }

    private void closeIfDone() {
        if (closeWanted && pending == 0 && unflushed.isEmpty()) {
            channel.close();
        }
    }

    private void dropUnflushed() {
        Outgoing next;
        while ((next = unflushed.poll()) != null) {
            unsent -= next.cost();
            next.data.release();
        }
    }

    private void failed(Throwable failure) {
        poller.told();
        if (events != null) {
            events.failed(DatagramErrors.clear(failure, peer));
        }
    }

    // ---- by Netty

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var packet = (DatagramPacket) message;
        ByteBuf data = packet.content();
        if (events == null || lost || closeWanted) {
            data.release();
        } else {
            events.received(new Bytes(compact(data)), packet.sender());
        }
    }

    /** Does not let a small datagram keep the memory of a large one while it waits for a task. */
    private ByteBuf compact(ByteBuf data) {
        int size = data.readableBytes();
        ByteBuf small = size > DatagramReceiving.LARGEST / 2 ? null : buffer(size);
        if (small == null) {
            return data;
        }
        small.writeBytes(data);
        data.release();
        return small;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable e) {
        if (!(e instanceof IOException)) {
            poller.report(e);
        }
        if (!channel.isOpen()) {
            cause = DatagramErrors.clear(e, peer);
        } else {
            failed(e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!lost) {
            lost = true;
            dropUnflushed();
            if (events != null) {
                poller.told();
                events.closed(cause);
            }
        }
    }
}
