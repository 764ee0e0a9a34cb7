package jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.Settings;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a stream.
 *
 * <p>{@code write} never suspends: what is written in one step of a task is sent together when the step is over. {@link #drain()} waits
 * while more than the high-water mark (64 KiB) is waiting to be sent, until it is down at the low one (16 KiB); call it after each write, so
 * that a receiver who is too slow slows the sender down instead of filling its memory.
 *
 * <p>All methods are for tasks and callbacks of the loop.
 */
public final class StreamWriter implements AutoCloseable {
    private final EventLoop loop;
    private final StreamReader reader;
    private final Side side;
    private final Future<@Nullable Void> closed;
    private final ArrayDeque<Future<@Nullable Void>> draining = new ArrayDeque<>();
    private Link link;
    private int low = Settings.LOW_WATER;
    private int high = Settings.HIGH_WATER;
    private boolean closing;
    private boolean ended;
    private boolean lost;
    private boolean sendingFile;

    /** Something was written after the stream was closed, and never sent. */
    private boolean dropped;

    /**
     * Which end of the connection this is.
     *
     * @param host the name that a client connected to
     * @param onLost called when the connection is gone
     */
    record Side(
            boolean server, @Nullable String host, @Nullable Runnable onLost) {}

    StreamWriter(EventLoop loop, Link link, StreamReader reader, Side side) {
        this.loop = loop;
        this.link = link;
        this.reader = reader;
        this.side = side;
        this.closed = loop.createFuture();
    }

    // ---- told by the connection

    void drained() {
        Future<@Nullable Void> waiter;
        while ((waiter = draining.poll()) != null) {
            if (!waiter.done()) {
                waiter.setResult(null);
            }
        }
    }

    void lost(@Nullable IOException cause) {
        lost = true;
        Future<@Nullable Void> waiter;
        while ((waiter = draining.poll()) != null) {
            if (!waiter.done()) {
                waiter.setException(cause == null ? lost() : cause);
                waiter.exception(); // whoever drains is cancelled or sees it
            }
        }
        if (cause == null) {
            closed.setResult(null);
        } else {
            closed.setException(cause);
            closed.exception(); // nobody has to wait for the end
        }
        if (side.onLost() != null) {
            side.onLost().run();
        }
    }

    private SocketException lost() {
        return new Loss(
                this,
                "Connection lost: "
                        + (closing
                                ? "this side has closed the stream; write and drain before that"
                                : Net.describe(peerAddress()) + " has closed the connection"));
    }

    /** What {@link #drain} throws when the connection is gone. */
    private static final class Loss extends SocketException {
        private static final long serialVersionUID = 1;

        private final transient StreamWriter of;

        Loss(StreamWriter of, String message) {
            super(message);
            this.of = of;
        }
    }

    /** Tells whether {@code failure} says that this stream was closed, and not another one that its user has to do with. */
    boolean isLoss(Throwable failure) {
        return failure instanceof Loss loss && loss.of == this;
    }

    // ---- writing

    /** Sends a copy of {@code data}. Never suspends. */
    public void write(byte[] data) {
        write(data, 0, data.length);
    }

    /** Sends a copy of a part of {@code data}. Never suspends. */
    public void write(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (length > 0 && open()) {
            link.write(link.copyOf(data, offset, length));
        }
    }

    /** Sends {@code text} in UTF-8. Never suspends. */
    public void write(String text) {
        write(text.getBytes(UTF_8));
    }

    /** Sends a copy of what remains of {@code data}, which is read to its end. Never suspends. */
    public void write(ByteBuffer data) {
        if (data.hasRemaining() && open()) {
            link.write(link.copyOf(data));
        }
    }

    /** Sends {@code chunk} without a copy; it belongs to the writer from now on. Never suspends. */
    public void write(Chunk chunk) {
        if (open()) {
            link.write(chunk.take());
        } else {
            chunk.close();
        }
    }

    /** Sends copies of several pieces, one after the other. Never suspends. */
    public void writeLines(Iterable<byte[]> pieces) {
        pieces.forEach(this::write);
    }

    /**
     * Waits until the socket has taken enough of what was written; returns at once if it has. Suspends; cancellable; for a task of the
     * loop. Several tasks may wait.
     *
     * @throws IOException what broke the connection, or that it is gone
     */
    public void drain() throws IOException {
        IOException exception = reader.exception();
        if (exception != null) {
            throw exception;
        }
        if (closing) { // let the news of a lost connection arrive
            Asyncio.sleep(Duration.ZERO);
        }
        while (sendingFile) {
            awaitDrained();
        }
        awaitRoom();
    }

    private void awaitRoom() throws IOException {
        if (lost || dropped) {
            throw lost();
        }
        if (link.unsent() > high) {
            awaitDrained();
        }
    }

    private void awaitDrained() throws IOException {
        Future<@Nullable Void> waiter = loop.createFuture();
        draining.add(waiter);
        try {
            Asyncio.await(waiter, IOException.class);
        } finally {
            draining.remove(waiter);
        }
    }

    /** See {@link Net#sendFile(StreamWriter, FileChannel, long, long, boolean)}. */
    long sendFile(FileChannel file, long offset, long count, boolean fallback) throws IOException {
        FileSending.checkRange(offset, count);
        checkOpen();
        if (closing()) {
            throw new IllegalStateException("Cannot send a file over a stream that is closed or being closed: " + this);
        }
        sendingFile = true;
        try {
            return FileSending.send(link, this::awaitRoom, file, offset, count, fallback);
        } finally {
            sendingFile = false;
            drained(); // others may have waited for the end of the file
        }
    }

    /**
     * Sets the marks of {@link #drain()} in bytes; never suspends.
     *
     * @throws IllegalArgumentException unless 0 is at most {@code low} and that at most {@code high}
     */
    public void setWriteBufferLimits(int low, int high) {
        if (low < 0 || low > high) {
            throw new IllegalArgumentException(
                    "Water marks low=" + low + ", high=" + high + " are not 0 <= low <= high");
        }
        this.low = low;
        this.high = high;
        link.setWaterMarks(low, high);
    }

    /** Returns the low-water mark in bytes. */
    public int lowWaterMark() {
        return low;
    }

    /** Returns the high-water mark in bytes. */
    public int highWaterMark() {
        return high;
    }

    /** Returns how many bytes wait to be sent; never suspends. */
    public long writeBufferSize() {
        return link.unsent();
    }

    /**
     * Tells the other side, after what was written, that nothing more will come; reading goes on. Never suspends.
     *
     * @throws UnsupportedOperationException if the stream speaks TLS, of which no direction ends alone
     */
    public void writeEof() {
        if (!ended) {
            checkOpen();
            link.end();
            ended = true;
        }
    }

    // ---- TLS

    /**
     * Speaks TLS from now on, as the side that this is: a client that {@code openConnection} opened, or a server. What was written goes
     * first and is drained; what was received and not read is taken as TLS already. Returns when the handshake is over. Suspends; cancellable,
     * which closes the connection; for a task of the loop. Nobody else should read or write meanwhile.
     *
     * @return the writer to go on with; this one
     * @throws IOException if the handshake fails, saying why; the connection is closed then
     */
    public StreamWriter startTls(SSLContext context) throws IOException {
        return startTls(context, t -> t);
    }

    /** The same with options: {@code writer.startTls(context, t -> t.serverHostname("example.org"))}. */
    public StreamWriter startTls(SSLContext context, UnaryOperator<TlsOptions> options) throws IOException {
        checkOpen();
        drain();
        TlsSetup setup = TlsSetup.of(context, options);
        TlsLink tls = side.server()
                ? TlsLink.server(loop, link, setup)
                : TlsLink.client(loop, link, setup.forHost(side.host()));
        Future<@Nullable Void> handshake = tls.handshake();
        link = tls;
        reader.handOver(tls);
        try {
            Asyncio.await(handshake, IOException.class);
        } catch (CancelledError e) {
            tls.abort();
            throw e;
        } finally {
            tls.start(new StreamEvents(reader, this));
            drained(); // others may have waited for the link that this one covers
        }
        return this;
    }

    /**
     * Returns what was agreed on for TLS, such as the other side's certificates, or null if the stream does not speak it; never suspends.
     */
    public @Nullable SSLSession sslSession() {
        SSLEngine engine = link.tls();
        return engine == null ? null : engine.getSession();
    }

    /** Returns the protocol that was agreed on (ALPN), or null if none was; never suspends. */
    public @Nullable String applicationProtocol() {
        SSLEngine engine = link.tls();
        String agreed = engine == null ? null : engine.getApplicationProtocol();
        return agreed == null || agreed.isEmpty() ? null : agreed;
    }

    Link link() {
        return link;
    }

    /** Tells whether the stream is closed or being closed; never suspends. */
    public boolean closing() {
        return closing || lost;
    }

    /** Begins to close: what was written is still sent. Never suspends; {@link #waitClosed()} waits for the end. */
    public void startClosing() {
        if (!closing) {
            closing = true;
            link.close();
        }
    }

    /**
     * Waits until the stream is closed. Suspends; cancellable; for a task of the loop.
     *
     * @throws IOException what broke the connection
     */
    public void waitClosed() throws IOException {
        Asyncio.await(Asyncio.<@Nullable Void>shield(closed), IOException.class);
    }

    /**
     * Sends what was written, closes, and waits for the end. Suspends; not cancellable: a cancellation closes at once and is left to the next
     * await. For a task of the loop.
     *
     * @throws IOException what broke the connection
     */
    @Override
    public void close() throws IOException {
        startClosing();
        LowLevel.closing(() -> {
            try {
                waitClosed();
            } catch (CancelledError e) {
                abort();
                throw e;
            } catch (IOException e) { // try-with-resources cannot suppress an exception under itself
                throw new IOException("The connection broke before it was closed: " + e.getMessage(), e);
            }
        });
    }

    /** Closes at once; what was written and not sent is dropped. Never suspends. */
    public void abort() {
        closing = true;
        link.abort();
    }

    /** Returns the address of this side, or null if it has none. */
    public @Nullable SocketAddress localAddress() {
        return link.localAddress();
    }

    /** Returns the address of the other side, or null if it has none. */
    public @Nullable SocketAddress peerAddress() {
        return link.peerAddress();
    }

    /** Returns false if what is about to be written has to be dropped; {@link #drain()} tells that. */
    private boolean open() {
        checkOpen();
        dropped |= closing;
        return !closing;
    }

    /**
     * Returns an option of the socket, such as {@code StandardSocketOptions.TCP_NODELAY}, which is on if not set otherwise. Never suspends.
     *
     * @throws UnsupportedOperationException if there is no socket, or one of this kind has no such option with this engine
     * @throws IOException if the system refuses, as it does after the connection was closed
     */
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return link.option(option);
    }

    /** Sets an option of the socket; throws as {@link #option} does. Never suspends. */
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        link.setOption(option, value);
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException(
                    "Cannot write after writeEof(), which tells the other side that nothing more comes");
        }
        if (sendingFile) {
            throw new IllegalStateException(
                    "Cannot write while a file is being sent over " + this + "; drain() waits for its end");
        }
    }

    @Override
    public String toString() {
        return "<StreamWriter to " + link.peerAddress() + (lost ? " closed" : closing ? " closing" : "") + ">";
    }
}
