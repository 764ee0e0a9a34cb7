package jasyncio.net;

import jasyncio.Context;
import jasyncio.EventLoop;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a channel of the JDK's, for engines that cannot take one over: they want a file descriptor, which the JDK does not give away.
 *
 * <p>Two virtual threads on the JDK's own scheduler read and write it in blocking mode; each piece costs two hops between threads. The reader is at most
 * one piece ahead of the loop, so that the sender has to wait.
 *
 * <table>
 * <caption>Fields that the loop and the threads touch</caption>
 * <tr><th>field</th><th>written by</th><th>safe because</th></tr>
 * <tr><td>{@code reading}, {@code closed}</td><td>the loop</td><td>volatile; an unpark follows</td></tr>
 * <tr><td>{@code onItsWay}</td><td>the reader sets it, the loop clears it</td><td>volatile; an unpark follows</td></tr>
 * <tr><td>{@code queue}</td><td>the loop adds, the writer takes</td><td>concurrent; an unpark follows each addition</td></tr>
 * <tr><td>{@code sent}</td><td>the writer adds, the loop sets to 0</td><td>atomic; who makes it positive posts the callback that reads it</td></tr>
 * </table>
 */
final class ChannelLink extends HeapLink {
    private static final int PIECE = 64 * 1024;

    private enum Command {
        END,
        CLOSE
    }

    private final SocketChannel channel;
    private final @Nullable SocketAddress local;
    private final @Nullable SocketAddress peer;
    private @Nullable WireEvents events;
    private @Nullable Thread reader;
    private @Nullable Thread writer;
    private long unsent;
    private int low = Settings.LOW_WATER;
    private boolean closing;
    private boolean lost;
    private @Nullable IOException cause;

    private volatile boolean reading = true;
    private volatile boolean closed;
    private volatile boolean onItsWay;

    /** {@link Bytes} and {@link Command}. */
    private final Queue<Object> queue = new ConcurrentLinkedQueue<>();

    private final AtomicLong sent = new AtomicLong();

    /** @param channel connected */
    ChannelLink(EventLoop loop, SocketChannel channel) throws IOException {
        super(loop);
        this.channel = channel;
        this.local = channel.getLocalAddress();
        this.peer = channel.getRemoteAddress();
        channel.configureBlocking(true);
    }

    @Override
    public void start(WireEvents events) {
        this.events = events;
        if (lost) {
            loop.callSoon(() -> events.lost(cause), Context.empty());
        } else if (reader == null) {
            reader = thread("reader of ", this::readAll);
        }
    }

    private Thread thread(String what, Runnable body) {
        return Thread.ofVirtual()
                .inheritInheritableThreadLocals(false)
                .name(what + Net.describe(peer))
                .start(() -> {
                    try {
                        body.run();
                    } catch (IllegalStateException e) {
                        // The loop is closed: nobody is left to be told.
                    }
                });
    }

    private void tell(Runnable callback) {
        loop.callSoonThreadsafe(callback, Context.empty());
    }

    // ---- on the reader

    private void readAll() {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try {
            while (awaitTurn() && channel.read(buffer) >= 0) {
                byte[] piece = new byte[buffer.flip().remaining()];
                buffer.get(piece).clear();
                onItsWay = true;
                tell(() -> deliver(Bytes.wrap(piece)));
            }
            tell(this::peerEnded);
        } catch (IOException e) {
            IOException cause = closed ? null : e;
            tell(() -> gone(cause));
        }
    }

    private boolean awaitTurn() {
        while ((!reading || onItsWay) && !closed) {
            LockSupport.park(this);
        }
        return !closed;
    }

    // ---- on the writer

    private void writeAll() {
        try {
            while (!closed) {
                Object next = queue.poll();
                if (next == null) {
                    LockSupport.park(this);
                } else if (next instanceof Bytes data) {
                    send(data);
                } else if (next == Command.END) {
                    channel.shutdownOutput();
                } else {
                    break;
                }
            }
            closed = true;
            channel.close();
            LockSupport.unpark(reader);
            tell(() -> gone(null));
        } catch (IOException e) {
            IOException cause = closed ? null : e;
            tell(() -> gone(cause));
        }
    }

    private void send(Bytes data) throws IOException {
        ByteBuffer rest = data.view();
        while (rest.hasRemaining()) {
            int length = channel.write(rest);
            if (sent.getAndAdd(length) == 0) {
                tell(this::noteSent);
            }
        }
    }

    // ---- on the loop

    private void deliver(Bytes piece) {
        if (!lost && !closing && events != null) {
            events.received(piece);
        }
        onItsWay = false;
        LockSupport.unpark(reader);
    }

    private void peerEnded() {
        if (!lost && !closing && events != null) {
            events.ended();
        }
    }

    private void noteSent() {
        unsent -= sent.getAndSet(0);
        if (!lost && unsent <= low && events != null) {
            events.drained();
        }
    }

    private void gone(@Nullable IOException cause) {
        if (!lost) {
            lost = true;
            this.cause = cause;
            closeNow();
            if (events != null) {
                events.lost(cause);
            }
        }
    }

    private void closeNow() {
        closing = true;
        closed = true;
        queue.clear();
        unsent = 0;
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left that could be lost.
        }
        LockSupport.unpark(reader);
        LockSupport.unpark(writer);
    }

    @Override
    public void write(Bytes data) {
        Bytes own = adopt(data);
        if (!closing && !lost && own.size() > 0) {
            unsent += own.size();
            command(own);
        }
    }

    private void command(Object command) {
        queue.add(command);
        if (writer == null) {
            writer = thread("writer of ", this::writeAll);
        } else {
            LockSupport.unpark(writer);
        }
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void setWaterMarks(int low, int high) {
        this.low = low;
    }

    @Override
    public void setReading(boolean reading) {
        this.reading = reading;
        LockSupport.unpark(reader);
    }

    @Override
    public void end() {
        if (!closing) {
            command(Command.END);
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            command(Command.CLOSE);
        }
    }

    @Override
    public void abort() {
        closeNow();
        loop.callSoon(() -> gone(null), Context.empty());
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return local;
    }

    @Override
    public @Nullable SocketAddress peerAddress() {
        return peer;
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return channel.getOption(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        channel.setOption(option, value);
    }
}
