package jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.Settings;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
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
    private final Link link;
    private final StreamReader reader;
    private final Future<@Nullable Void> closed;
    private final ArrayDeque<Future<@Nullable Void>> draining = new ArrayDeque<>();
    private int low = Settings.LOW_WATER;
    private int high = Settings.HIGH_WATER;
    private boolean closing;
    private boolean ended;
    private boolean lost;

    StreamWriter(EventLoop loop, Link link, StreamReader reader) {
        this.loop = loop;
        this.link = link;
        this.reader = reader;
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
                waiter.setException(cause == null ? new SocketException("Connection lost") : cause);
                waiter.exception(); // whoever drains is cancelled or sees it
            }
        }
        if (cause == null) {
            closed.setResult(null);
        } else {
            closed.setException(cause);
            closed.exception(); // nobody has to wait for the end
        }
    }

    // ---- writing

    /** Sends a copy of {@code data}. Never suspends. */
    public void write(byte[] data) {
        write(data, 0, data.length);
    }

    /** Sends a copy of a part of {@code data}. Never suspends. */
    public void write(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        checkOpen();
        if (length > 0) {
            link.write(Bytes.copyOf(data, offset, length));
        }
    }

    /** Sends {@code text} in UTF-8. Never suspends. */
    public void write(String text) {
        write(text.getBytes(UTF_8));
    }

    /** Sends a copy of what remains of {@code data}, which is read to its end. Never suspends. */
    public void write(ByteBuffer data) {
        checkOpen();
        if (data.hasRemaining()) {
            link.write(Bytes.copyOf(data));
        }
    }

    /** Sends {@code chunk} without a copy; it belongs to the writer from now on. Never suspends. */
    public void write(Chunk chunk) {
        checkOpen();
        link.write(chunk.take());
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
        if (lost) {
            throw new SocketException("Connection lost");
        }
        if (link.unsent() > high) {
            Future<@Nullable Void> waiter = loop.createFuture();
            draining.add(waiter);
            try {
                Asyncio.await(waiter, IOException.class);
            } finally {
                draining.remove(waiter);
            }
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

    /** Tells the other side, after what was written, that nothing more will come; reading goes on. Never suspends. */
    public void writeEof() {
        if (!ended) {
            ended = true;
            link.end();
        }
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
            } catch (jasyncio.CancelledError e) {
                abort();
                throw e;
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

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("Cannot write after writeEof()");
        }
    }

    @Override
    public String toString() {
        return "<StreamWriter to " + link.peerAddress() + (lost ? " closed" : closing ? " closing" : "") + ">";
    }
}
