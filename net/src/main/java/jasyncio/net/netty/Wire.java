package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connected channel.
 *
 * <p>Tasks and callbacks call the public methods, which leave commands; the poller carries them out ({@link #apply}). Netty calls the
 * others. All on one OS thread.
 */
public final class Wire extends ChannelInboundHandlerAdapter implements Link {
    private final NettyPoller poller;
    private final Channel channel;
    private @Nullable WireEvents events;

    // Commands left by tasks since the last poll.
    private final ArrayDeque<ByteBuf> unflushed = new ArrayDeque<>();
    private long unflushedSize;
    private @Nullable FilePart file;
    private Consumer<@Nullable Throwable> fileDone = _ -> {};
    private boolean endWanted;
    private boolean closeWanted;
    private boolean abortWanted;
    private boolean reading = true;

    /** This is among those that the poller will call {@link #apply} on. */
    private boolean listed;

    private boolean ended;
    private boolean lost;
    private @Nullable IOException cause;

    /**
     * What came before anybody listened. Nothing is asked for then, but the native engines bring what is there when the other side has ended.
     */
    private @Nullable ArrayDeque<Bytes> early;

    private boolean endedEarly;

    Wire(NettyPoller poller, Channel channel) {
        this.poller = poller;
        this.channel = channel;
        channel.pipeline().addLast(this);
        Settings.connected(channel);
        channel.config().setRecvByteBufAllocator(poller.receiving());
    }

    @Override
    public void start(WireEvents events) {
        this.events = events;
        if (lost) {
            poller.later(() -> {
                tellEarly(events);
                events.lost(cause);
            });
        } else {
            changed();
        }
    }

    // ---- commands

    @Override
    public void write(Bytes data) {
        if (lost || closeWanted || abortWanted || endWanted) {
            poller.release(data);
            return;
        }
        unflushed.add(data.buffer);
        unflushedSize += data.buffer.readableBytes();
        changed();
    }

    @Override
    public Bytes copyOf(byte[] data, int offset, int length) {
        return new Bytes(buffer(length).writeBytes(data, offset, length));
    }

    @Override
    public Bytes copyOf(ByteBuffer data) {
        return new Bytes(buffer(data.remaining()).writeBytes(data));
    }

    @Override
    public Bytes room(int size) {
        return new Bytes(buffer(size));
    }

    private ByteBuf buffer(int size) {
        ByteBuf own = poller.buffers().take(size);
        return own == null ? Unpooled.directBuffer(size, size) : own;
    }

    /** Netty's io_uring channels would count the offset in 32 bits, and take what is on its way to the socket for sent. */
    @Override
    public boolean sendsFiles() {
        return poller.engine() != NettyEngine.IO_URING;
    }

    @Override
    public FilePart send(FileChannel file, long position, long count, Consumer<@Nullable Throwable> done) {
        var part = new FilePart(file, position, count);
        if (lost || closeWanted || abortWanted || endWanted) {
            poller.later(() -> done.accept(new ClosedChannelException()));
        } else {
            this.file = part;
            fileDone = done;
            changed();
        }
        return part;
    }

    @Override
    public long unsent() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return unflushedSize + (pending == null ? 0 : pending.totalPendingWriteBytes());
    }

    @Override
    public void setWaterMarks(int low, int high) {
        poller.later(() -> channel.config().setWriteBufferWaterMark(Settings.waterMarks(low, high)));
    }

    @Override
    public void setReading(boolean reading) {
        if (this.reading != reading) {
            this.reading = reading;
            changed();
        }
    }

    @Override
    public void end() {
        endWanted = true;
        changed();
    }

    @Override
    public void close() {
        closeWanted = true;
        reading = false;
        changed();
    }

    @Override
    public void abort() {
        abortWanted = true;
        changed();
    }

    @Override
    public void release(Bytes data) {
        poller.release(data);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return SocketAddresses.jdks(channel.localAddress());
    }

    @Override
    public @Nullable SocketAddress peerAddress() {
        return SocketAddresses.jdks(channel.remoteAddress());
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return JdkOptions.get(poller.engine(), channel, option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        JdkOptions.set(poller.engine(), channel, option, value);
    }

    private void changed() {
        if (!listed) {
            listed = true;
            poller.changed(this);
        }
    }

    // ---- by the poller, on the bare loop thread

    void apply() {
        listed = false;
        if (abortWanted) {
            dropUnflushed();
            dropEarly();
            channel.close();
            return;
        }
        if (lost) {
            dropUnflushed();
            return;
        }
        if (events != null) {
            tellEarly(events);
        }
        if (!unflushed.isEmpty()) {
            flush();
        }
        if (file != null) {
            sendFile(file, fileDone);
            file = null;
        }
        if (closeWanted) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (endWanted && !ended) {
            ended = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> ((DuplexChannel) channel).shutdownOutput());
        }
        if (channel.config().isAutoRead() != (reading && events != null)) {
            channel.config().setAutoRead(reading && events != null);
        }
    }

    private void flush() {
        ByteBuf data;
        while ((data = unflushed.poll()) != null) {
            channel.write(data, channel.voidPromise());
        }
        unflushedSize = 0;
        channel.flush();
    }

    private void sendFile(FilePart part, Consumer<@Nullable Throwable> done) {
        if (!part.stopped()) {
            channel.writeAndFlush(part).addListener(sent -> {
                poller.told();
                if (sent.cause() instanceof IOException e && !(e instanceof ClosedChannelException) && cause == null) {
                    cause = e;
                }
                done.accept(sent.cause());
            });
        }
    }

    private void dropUnflushed() {
        ByteBuf data;
        while ((data = unflushed.poll()) != null) {
            data.release();
        }
        unflushedSize = 0;
        if (file != null) {
            file = null;
            poller.told();
            fileDone.accept(cause != null ? cause : new ClosedChannelException());
        }
    }

    private void tellEarly(WireEvents events) {
        if (early != null) {
            poller.told();
            early.forEach(events::received);
            early = null;
        }
        if (endedEarly) {
            endedEarly = false;
            poller.told();
            events.ended();
        }
    }

    private void dropEarly() {
        if (early != null) {
            early.forEach(data -> data.buffer.release());
            early = null;
        }
    }

    /** Something is wrong here and not in the network. */
    void fail(Throwable mistake) {
        poller.report(mistake);
        if (cause == null) {
            cause = new IOException("The connection was given up after a mistake in the program: " + mistake, mistake);
        }
        channel.close();
    }

    // ---- by Netty

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var data = new Bytes((ByteBuf) message);
        if (events != null) {
            events.received(data);
        } else if (abortWanted) {
            data.buffer.release();
        } else {
            early = early == null ? new ArrayDeque<>() : early;
            early.add(data);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (events != null) {
                events.ended();
            } else {
                endedEarly = true;
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && events != null) {
            poller.told();
            events.drained();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable e) {
        if (!(e instanceof IOException io)) {
            fail(e);
            return;
        }
        if (cause == null && !(abortWanted && e instanceof ClosedChannelException)) { // writes that were dropped
            cause = io;
        }
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!lost) {
            lost = true;
            dropUnflushed();
            if (events != null) {
                events.lost(cause);
            }
        }
    }
}
