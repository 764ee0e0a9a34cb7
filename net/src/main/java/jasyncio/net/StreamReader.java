package jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.AsyncIterable;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a stream.
 *
 * <p>What arrives is buffered. Above twice the limit (64 KiB if not chosen) the socket is not read from until the buffer is down at the
 * limit, so that a sender who is too fast is slowed down by the network instead of filling the memory.
 *
 * <p>One task reads at a time; a second one that comes while the first waits gets an error. A read that is cancelled has taken nothing.
 *
 * <p>The reading methods suspend until there is enough; they are cancellable, and for a task of the loop. All throw what broke the
 * connection.
 */
public final class StreamReader {
    /** The limit in bytes if none was chosen. */
    public static final int DEFAULT_LIMIT = 64 * 1024;

    private static final byte[] NEW_LINE = {'\n'};

    private final EventLoop loop;
    private final int limit;
    private final ReadBuffer buffer;
    private @Nullable Future<@Nullable Void> waiter;
    private Link link;
    private boolean paused;
    private boolean eof;
    private boolean discarded;
    private @Nullable IOException exception;

    static void checkLimit(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("Limit " + limit + " is not positive");
        }
    }

    StreamReader(EventLoop loop, Link link, int limit) {
        checkLimit(limit);
        this.loop = loop;
        this.link = link;
        this.limit = limit;
        this.buffer = new ReadBuffer(link);
    }

    // ---- fed by the connection

    void feed(Bytes data) {
        if (discarded) {
            link.release(data);
            return;
        }
        buffer.add(data);
        wake();
        pauseIfHigh();
    }

    private void pauseIfHigh() {
        if (!paused && buffer.size() > 2 * limit) {
            paused = true;
            link.setReading(false);
        }
    }

    void feedEof() {
        eof = true;
        wake();
    }

    void fail(IOException exception) {
        this.exception = exception;
        wake();
    }

    /** Drops what was received and nobody will read. */
    void discard() {
        discarded = true;
        buffer.clear();
        eof = true;
        wake();
    }

    /** What was received and not read is for {@code tls} to decrypt; from there comes the rest. */
    void handOver(TlsLink tls) {
        link = tls;
        paused = false;
        Bytes piece;
        while ((piece = buffer.take()) != null) {
            tls.received(piece);
        }
        if (eof) {
            eof = false;
            tls.ended();
        }
    }

    /** Nothing more will come; what came can still be read, or be dropped without a word. */
    void detach() {
        buffer.detach();
    }

    @Nullable
    IOException exception() {
        return exception;
    }

    private void wake() {
        Future<@Nullable Void> waiter = this.waiter;
        if (waiter != null) {
            this.waiter = null;
            if (!waiter.done()) {
                waiter.setResult(null);
            }
        }
    }

    // ---- reading

    /**
     * Returns what has arrived, at most {@code n} bytes; empty at the end of the stream or if {@code n} is 0.
     *
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public byte[] read(int n) throws IOException {
        if (n < 0) {
            throw new IllegalArgumentException("Cannot read " + n + " bytes; readAll() reads to the end of the stream");
        }
        throwIfBroken();
        if (n == 0) {
            return new byte[0];
        }
        if (buffer.size() == 0 && !eof) {
            waitForData("read");
        }
        byte[] data = buffer.take(Math.min(n, buffer.size()));
        resumeIfLow();
        return data;
    }

    /** Returns the next piece that has arrived as it is, without a copy, or null at the end of the stream. The caller owns it. */
    public @Nullable Chunk readChunk() throws IOException {
        throwIfBroken();
        if (buffer.size() == 0 && !eof) {
            waitForData("readChunk");
        }
        Bytes piece = buffer.take();
        resumeIfLow();
        return piece == null ? null : new Chunk(link, piece);
    }

    /** Returns everything up to the end of the stream. */
    public byte[] readAll() throws IOException {
        throwIfBroken();
        var all = new ByteArrayOutputStream(); // pieces may be small in large memory
        try {
            while (true) {
                if (buffer.size() > 0) {
                    all.writeBytes(takeAll());
                } else if (eof) {
                    return all.toByteArray();
                } else {
                    waitForData("readAll");
                }
            }
        } catch (IOException | CancelledError | IllegalStateException e) {
            putBack(all.toByteArray());
            throw e;
        }
    }

    private void putBack(byte[] data) {
        if (!discarded && data.length > 0) {
            buffer.addFirst(Bytes.wrap(data));
            pauseIfHigh();
        }
    }

    /**
     * Returns exactly {@code n} bytes.
     *
     * @throws IncompleteReadException if the stream ends before, with what there was
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public byte[] readExactly(int n) throws IOException {
        if (n < 0) {
            throw new IllegalArgumentException("Cannot read " + n + " bytes; the number must not be negative");
        }
        throwIfBroken();
        while (buffer.size() < n) {
            if (eof) {
                throw new IncompleteReadException(takeAll(), n);
            }
            waitForData("readExactly");
        }
        byte[] data = buffer.take(n);
        resumeIfLow();
        return data;
    }

    /**
     * Returns everything up to and with the first separator; where several match, the one that ends first, and of those that end together
     * the shortest.
     *
     * @throws IncompleteReadException if the stream ends before, with what there was
     * @throws LimitOverrunException if the limit is passed before; what was received stays
     * @throws IllegalArgumentException if there is no separator, or an empty one
     */
    public byte[] readUntil(byte[]... separators) throws IOException {
        int longest = longest(separators);
        throwIfBroken();
        int searched = 0;
        while (true) {
            Match match = find(separators, searched);
            if (match != null) {
                if (match.start > limit) {
                    throw new LimitOverrunException(
                            "The separator comes after " + match.start + " bytes, beyond the limit of " + limit
                                    + "; choose a larger one with o -> o.limit(…), or read(n) what there is",
                            match.start);
                }
                byte[] data = buffer.take(match.end);
                resumeIfLow();
                return data;
            }
            searched = Math.max(0, buffer.size() + 1 - longest);
            if (searched > limit) {
                throw new LimitOverrunException(
                        "No separator within the limit of " + limit
                                + " bytes; choose a larger one with o -> o.limit(…), or read(n) what there is",
                        searched);
            }
            if (eof) {
                throw new IncompleteReadException(takeAll(), -1);
            }
            waitForData("readUntil");
        }
    }

    private static int longest(byte[]... separators) {
        if (separators.length == 0) {
            throw new IllegalArgumentException("No separator to read until; give at least one");
        }
        int longest = 0;
        for (byte[] separator : separators) {
            if (separator.length == 0) {
                throw new IllegalArgumentException("A separator must have at least one byte");
            }
            longest = Math.max(longest, separator.length);
        }
        return longest;
    }

    private record Match(int start, int end) {}

    private @Nullable Match find(byte[][] separators, int from) {
        Match first = null;
        for (byte[] separator : separators) {
            int start = buffer.indexOf(separator, from);
            int end = start + separator.length;
            if (start >= 0 && (first == null || end < first.end || end == first.end && start > first.start)) {
                first = new Match(start, end);
            }
        }
        return first;
    }

    /**
     * Returns a line in UTF-8 without its end ({@code \n} or {@code \r\n}), the rest if the stream ends without one, or null at the end.
     *
     * @throws IOException if a line passes the limit; it is dropped, so that the next call reads the next line
     */
    public @Nullable String readLine() throws IOException {
        byte[] line = readLineBytes();
        if (line.length == 0) {
            return null;
        }
        int length = line.length;
        if (line[length - 1] == '\n') {
            length--;
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
        }
        return new String(line, 0, length, UTF_8);
    }

    /** Returns a line with its {@code \n}, the rest if the stream ends without one, or nothing at the end; as {@link #readLine}. */
    public byte[] readLineBytes() throws IOException {
        try {
            return readUntil(NEW_LINE);
        } catch (IncompleteReadException e) {
            return e.partial();
        } catch (LimitOverrunException e) {
            int end = buffer.indexOf(NEW_LINE, e.consumed());
            if (end == e.consumed()) {
                buffer.skip(end + 1);
            } else {
                buffer.clear();
            }
            resumeIfLow();
            throw new IOException(
                    "A line is longer than the limit of " + limit
                            + " bytes and was dropped; choose a larger one with o -> o.limit(…)",
                    e);
        }
    }

    /**
     * Returns the lines to come, as {@link #readLine} does, for a plain {@code for}.
     *
     * @throws IOException from the iteration; declared here, so that a {@code catch} around the loop compiles
     */
    @SuppressWarnings("RedundantThrows")
    public AsyncIterable<String> lines() throws IOException {
        return () -> () -> {
            String line = readLine();
            if (line == null) {
                throw new jasyncio.StopAsyncIteration();
            }
            return line;
        };
    }

    /** Tells whether the stream has ended and everything was read. Never suspends. */
    public boolean atEof() {
        return eof && buffer.size() == 0;
    }

    private byte[] takeAll() {
        byte[] all = buffer.take(buffer.size());
        resumeIfLow();
        return all;
    }

    private void throwIfBroken() throws IOException {
        if (exception != null) {
            throw exception;
        }
    }

    private void resumeIfLow() {
        if (paused && buffer.size() <= limit) {
            paused = false;
            link.setReading(true);
        }
    }

    private void waitForData(String operation) throws IOException {
        if (waiter != null) {
            throw new IllegalStateException("Cannot " + operation
                    + "(): another task is already waiting for data from this reader; let one task read");
        }
        if (paused) { // what is asked for is larger than what is buffered at most
            paused = false;
            link.setReading(true);
        }
        Future<@Nullable Void> arrival = loop.createFuture();
        waiter = arrival;
        try {
            Asyncio.await(arrival);
        } finally {
            if (waiter == arrival) {
                waiter = null;
            }
        }
        throwIfBroken();
    }

    @Override
    public String toString() {
        return "<StreamReader" + (buffer.size() > 0 ? " " + buffer.size() + " bytes" : "") + (eof ? " eof" : "")
                + " limit=" + limit + (waiter != null ? " waiter=" + List.of(waiter) : "")
                + (exception != null ? " exception=" + exception : "") + (paused ? " paused" : "") + ">";
    }
}
