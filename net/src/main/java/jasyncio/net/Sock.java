package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.Context;
import jasyncio.EventLoop;
import jasyncio.Future;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's {@code sock_*} family, for programs that have a channel of the JDK's and want to go on using it: {@code loop.sock_recv(sock, n)} is
 * {@code Sock.recv(channel, n)}. Whoever has the choice takes a stream: it is simpler, and faster by the two thread switches that each wait
 * costs here.
 *
 * <p>A channel must be non-blocking, as in asyncio: {@code channel.configureBlocking(false)}. Each method tries at once, and suspends only if
 * that does not go; it is cancellable there; and is for a task of the loop. What was received before is never lost by a cancellation, and
 * none leaves anything behind. One task at a time may wait to read from a channel, and one to write; a second one gets an {@link
 * IllegalStateException}. A channel that is closed under a task that waits for it ends the wait with a {@link SocketException}, a tenth of a
 * second later at most.
 *
 * {@snippet :
 * try (var channel = SocketChannel.open()) {
 *     channel.configureBlocking(false);
 *     Sock.connect(channel, new InetSocketAddress("example.org", 7));
 *     Sock.sendAll(channel, "hello".getBytes());
 *     byte[] answer = Sock.recv(channel, 100);
 * }
 * }
 *
 * <p>Any engine, and any loop, will do: a thread that all loops share waits for the channels. The native engines cannot wait for a channel
 * of the JDK's, and all behave alike this way.
 */
public final class Sock {
    /** More is not handed to a channel at once: the JDK copies it to memory of its own first. */
    private static final int PIECE = 128 * 1024;

    private static final long FILE_PIECE = 1 << 20;

    private Sock() {}

    // ---- receiving

    /**
     * Returns what has arrived, at most {@code n} bytes; empty at the end. Of a datagram that is longer the rest is lost.
     *
     * @param channel a connected socket, or the reading end of a {@link java.nio.channels.Pipe}
     * @throws IllegalArgumentException if {@code n} is negative, or the channel is blocking
     */
    public static <C extends SelectableChannel & ReadableByteChannel> byte[] recv(C channel, int n) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(Math.min(checkCount(n), PIECE));
        recvInto(channel, into);
        return Arrays.copyOf(into.array(), into.position());
    }

    /**
     * Receives into what remains of {@code into}.
     *
     * @return the number of bytes, 0 if nothing remains; -1 at the end
     */
    public static <C extends SelectableChannel & ReadableByteChannel> int recvInto(C channel, ByteBuffer into)
            throws IOException {
        check(channel, "receive from");
        if (!into.hasRemaining()) {
            return 0;
        }
        if (channel instanceof DatagramChannel datagrams) { // read() does not tell an empty datagram from none
            int before = into.position();
            recvFromInto(datagrams, into);
            return into.position() - before;
        }
        int read;
        while ((read = channel.read(into)) == 0) {
            await(channel, SelectionKey.OP_READ);
        }
        return read;
    }

    /** A datagram, and where it came from. */
    @SuppressWarnings("ArrayRecordComponent") // it is read, not compared
    public record Datagram(byte[] data, SocketAddress sender) {}

    /**
     * Returns the next datagram, cut off after {@code n} bytes.
     *
     * @throws IllegalArgumentException if {@code n} is negative, or the channel is blocking
     */
    public static Datagram recvFrom(DatagramChannel channel, int n) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(Math.min(checkCount(n), PIECE));
        SocketAddress sender = recvFromInto(channel, into);
        return new Datagram(Arrays.copyOf(into.array(), into.position()), sender);
    }

    /** Receives the next datagram into what remains of {@code into}, and returns where it came from. */
    public static SocketAddress recvFromInto(DatagramChannel channel, ByteBuffer into) throws IOException {
        check(channel, "receive from");
        SocketAddress sender;
        while ((sender = channel.receive(into)) == null) {
            await(channel, SelectionKey.OP_READ);
        }
        return sender;
    }

    private static int checkCount(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("Cannot receive " + n + " bytes; the number must not be negative");
        }
        return n;
    }

    // ---- sending

    /** Sends all of {@code data}. After a cancellation or a failure nobody can tell how much of it was sent. */
    public static <C extends SelectableChannel & WritableByteChannel> void sendAll(C channel, byte[] data)
            throws IOException {
        sendAll(channel, ByteBuffer.wrap(data));
    }

    /** Sends what remains of {@code data}; its position tells how much was sent, also after a cancellation or a failure. */
    public static <C extends SelectableChannel & WritableByteChannel> void sendAll(C channel, ByteBuffer data)
            throws IOException {
        check(channel, "send to");
        int end = data.limit();
        while (data.position() < end) {
            if (write(channel, data, end) == 0) {
                await(channel, SelectionKey.OP_WRITE);
            }
        }
    }

    private static int write(WritableByteChannel channel, ByteBuffer data, int end) throws IOException {
        if (channel instanceof DatagramChannel) {
            return channel.write(data);
        }
        data.limit(Math.min(end, data.position() + PIECE));
        try {
            return channel.write(data);
        } finally {
            data.limit(end);
        }
    }

    /**
     * Sends a datagram.
     *
     * @return the number of bytes
     */
    public static int sendTo(DatagramChannel channel, byte[] data, SocketAddress address) throws IOException {
        return sendTo(channel, ByteBuffer.wrap(data), address);
    }

    /** Sends what remains of {@code data} as a datagram. */
    public static int sendTo(DatagramChannel channel, ByteBuffer data, SocketAddress address) throws IOException {
        check(channel, "send to");
        boolean empty = !data.hasRemaining();
        SocketAddress target = resolved(address);
        int sent;
        while ((sent = channel.send(data, target)) == 0 && !empty) {
            await(channel, SelectionKey.OP_WRITE);
        }
        return sent;
    }

    /**
     * Sends a part of a file without reading it into memory, where the system can. Afterwards, also after a cancellation or a failure, the
     * position of {@code file} is behind what was sent, if that was anything.
     *
     * @param offset where to begin, in bytes
     * @param count how much at most; the file may end before
     * @return how much was sent
     * @throws IllegalArgumentException if {@code offset} or {@code count} is negative, or the channel is blocking
     */
    public static long sendFile(SocketChannel channel, FileChannel file, long offset, long count) throws IOException {
        check(channel, "send to");
        FileSending.checkRange(offset, count);
        long sent = 0;
        try {
            while (sent < count) {
                long part = file.transferTo(offset + sent, Math.min(FILE_PIECE, count - sent), channel);
                sent += part;
                if (part == 0) {
                    if (offset + sent >= file.size()) {
                        break;
                    }
                    await(channel, SelectionKey.OP_WRITE);
                }
            }
            return sent;
        } finally {
            FileSending.move(file, offset, sent);
        }
    }

    // ---- connecting

    /**
     * Connects. A host name that was not looked up is, off the loop. A channel whose connecting was cancelled is still at it: close it.
     *
     * @throws ConnectException if nobody answers; the channel is closed then
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static void connect(SocketChannel channel, SocketAddress address) throws IOException {
        check(channel, "connect");
        SocketAddress target = resolved(address);
        try {
            boolean connected = channel.connect(target);
            while (!connected) {
                await(channel, SelectionKey.OP_CONNECT);
                connected = channel.finishConnect();
            }
        } catch (ConnectException e) {
            throw described(e, target);
        }
    }

    private static ConnectException described(ConnectException e, SocketAddress target) {
        var described = new ConnectException("Cannot connect to " + Net.describe(target) + ": " + e.getMessage());
        described.initCause(e);
        return described;
    }

    private static SocketAddress resolved(SocketAddress address) throws IOException {
        return address instanceof InetSocketAddress inet && inet.isUnresolved()
                ? Names.resolve(inet.getHostString(), inet.getPort()).getFirst()
                : address;
    }

    /** Returns the next connection, non-blocking. None is lost by a cancellation. */
    public static SocketChannel accept(ServerSocketChannel channel) throws IOException {
        check(channel, "accept from");
        SocketChannel accepted;
        while ((accepted = channel.accept()) == null) {
            await(channel, SelectionKey.OP_ACCEPT);
        }
        accepted.configureBlocking(false);
        return accepted;
    }

    // ---- callbacks

    /**
     * Has {@code callback} called, in a copy of the caller's context, whenever there is something to read or to accept, again and again until
     * it is read or {@link #removeReader} is called; also at the end. Takes the place of an earlier callback. A channel that is closed is
     * forgotten. Never suspends; for a task or callback of the loop.
     *
     * @throws IllegalArgumentException if the channel is blocking, or can neither be read nor accept
     * @throws IllegalStateException if a task waits to read
     */
    public static void addReader(SelectableChannel channel, Runnable callback) throws IOException {
        check(channel, "read");
        watch(channel, SelectionKey.OP_READ | SelectionKey.OP_ACCEPT, callback);
    }

    /** Ends what {@link #addReader} began; returns false if there was nothing. Never suspends; for a task or callback of the loop. */
    public static boolean removeReader(SelectableChannel channel) {
        return unwatch(channel, Interest.Side.READING);
    }

    /**
     * Has {@code callback} called, in a copy of the caller's context, whenever the channel can be written to or a connection is there, again and
     * again until {@link #removeWriter} is called. Takes the place of an earlier callback. A channel that is closed is forgotten. Never
     * suspends; for a task or callback of the loop.
     *
     * @throws IllegalArgumentException if the channel is blocking, or cannot be written to
     * @throws IllegalStateException if a task waits to write
     */
    public static void addWriter(SelectableChannel channel, Runnable callback) throws IOException {
        check(channel, "write");
        boolean connecting = channel instanceof SocketChannel socket && !socket.isConnected();
        watch(channel, connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE, callback);
    }

    /** Ends what {@link #addWriter} began; returns false if there was nothing. Never suspends; for a task or callback of the loop. */
    public static boolean removeWriter(SelectableChannel channel) {
        return unwatch(channel, Interest.Side.WRITING);
    }

    private static void watch(SelectableChannel channel, int operations, Runnable callback) throws IOException {
        Objects.requireNonNull(callback, "A callback is needed; it is null");
        int operation = operations & channel.validOps();
        if (operation == 0) {
            throw new IllegalArgumentException("Cannot wait for this on " + channel + ": that is not what it is for");
        }
        new ChannelCallback(Asyncio.runningLoop(), channel, operation, callback).begin();
    }

    private static boolean unwatch(SelectableChannel channel, Interest.Side side) {
        Interest interest = ChannelWatch.SHARED.find(channel, side);
        return interest != null
                && interest.repeated
                && ChannelWatch.SHARED.remove(interest)
                && !interest.loop.closed(); // that it is forgotten then is noticed a little later
    }

    // ---- waiting

    private static void await(SelectableChannel channel, int operation) throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        Future<@Nullable Void> ready = loop.createFuture();
        var interest = new Interest(
                loop,
                channel,
                operation,
                false,
                ready::cancelled,
                Context.empty(),
                () -> complete(ready, null),
                e -> complete(ready, e));
        ChannelWatch.SHARED.add(interest);
        try {
            Asyncio.await(ready, IOException.class);
        } finally {
            ChannelWatch.SHARED.remove(interest);
        }
    }

    private static void complete(Future<@Nullable Void> ready, @Nullable IOException failure) {
        if (ready.done()) { // cancelled meanwhile
            return;
        }
        if (failure == null) {
            ready.setResult(null);
        } else {
            ready.setException(failure);
        }
    }

    private static void check(SelectableChannel channel, String what) throws IOException {
        if (!channel.isOpen()) {
            throw new SocketException("Cannot " + what + " a closed channel: " + channel);
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException("Cannot " + what + " a blocking channel: " + channel
                    + "; call configureBlocking(false), or use it without Sock, which parks the task only");
        }
    }
}
