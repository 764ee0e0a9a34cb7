package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection with a protocol of the user's.
 *
 * <p>The events come on the bare loop thread, where no user code may run. They are kept in {@code news}, and one callback of the loop, on
 * which the protocol's methods run, tells all that are there when its turn comes.
 */
final class LinkTransport implements Transport, WireEvents {
    private enum Event {
        MADE,
        EOF,
        RESUME,
        LOST
    }

    private final EventLoop loop;
    private final Link link;
    private final @Nullable Runnable onLost;

    /** {@link Bytes} or {@link Event}, in the order they came. */
    private final ArrayDeque<Object> news = new ArrayDeque<>();

    /** A callback that tells the news is due or running. */
    private boolean telling;

    private Protocol protocol;
    private WaterMarks marks = WaterMarks.DEFAULT;
    private boolean reading = true;
    private boolean paused;
    private boolean closing;
    private boolean ended;
    private boolean lost;
    private @Nullable IOException cause;
    private boolean sendingFile;

    /** What {@link #sendFile} waits for: room, or that the connection is gone. */
    private @Nullable Future<@Nullable Void> room;

    /** The one that startTls has returned, which this connection belongs to since then. */
    private @Nullable LinkTransport successor;

    /** @param onLost called when the protocol was told the end, or null */
    LinkTransport(EventLoop loop, Link link, Protocol protocol, @Nullable Runnable onLost) {
        this.loop = loop;
        this.link = link;
        this.protocol = Objects.requireNonNull(protocol, "No protocol: the factory returned null");
        this.onLost = onLost;
    }

    /** Tells the protocol of the connection, and begins to receive. */
    void start() {
        add(Event.MADE);
        link.start(this);
    }

    // ---- start_tls

    /**
     * Lets TLS cover the connection, and begins the handshake. What came and was not told goes to TLS.
     *
     * @param next the protocol that will hear of what happens
     */
    TlsHandover handOver(TlsSetup setup, boolean server, Protocol next) throws IOException {
        checkMine();
        checkOpen();
        if (closing) {
            throw new SocketException("Cannot start TLS on " + this + ", which is closed or being closed");
        }
        TlsLink tls = server ? TlsLink.server(loop, link, setup) : TlsLink.client(loop, link, setup);
        var covered = new LinkTransport(loop, tls, next, onLost);
        covered.paused = paused;
        covered.setWriteBufferLimits(marks.low(), marks.high());
        Future<@Nullable Void> handshake = tls.handshake();
        successor = covered;
        for (Object event; (event = news.poll()) != null; ) {
            if (event instanceof Bytes data) {
                tls.received(data);
            } else if (event == Event.EOF) {
                tls.ended();
            } else if (event == Event.LOST) {
                tls.lost(cause);
            }
        }
        return new TlsHandover(tls, handshake, covered);
    }

    /** Goes on with a connection that the protocol has heard of. */
    void goOn() {
        link.start(this);
        if (paused) {
            add(Event.RESUME); // if it has drained meanwhile
        }
    }

    /** Data that came before TLS was started. */
    private void uncovered(Bytes data) {
        ((TlsLink) link).received(data);
    }

    private void checkMine() {
        if (successor != null) {
            throw new IllegalStateException(
                    "Cannot use this transport any more: startTls(…) has returned another one for its connection");
        }
    }

    // ---- from the connection, on the bare loop thread

    @Override
    public void received(Bytes data) {
        add(data);
    }

    @Override
    public void ended() {
        add(Event.EOF);
    }

    @Override
    public void drained() {
        if (room != null && !room.done()) {
            room.setResult(null);
        }
        if (paused) {
            add(Event.RESUME);
        }
    }

    @Override
    public void lost(@Nullable IOException cause) {
        if (this.cause == null) { // it was not the protocol
            this.cause = cause;
        }
        if (room != null && !room.done()) {
            room.setException(cause == null ? new SocketException("Connection lost") : cause);
        }
        add(Event.LOST);
    }

    private void add(Object event) {
        news.add(event);
        schedule();
    }

    private void schedule() {
        if (!telling) {
            telling = true;
            loop.callSoon(this::tell);
        }
    }

    // ---- to the protocol, in a callback

    private void tell() {
        Object event;
        while ((event = news.poll()) != null) {
            if (event instanceof Bytes && !reading && !closing) {
                news.addFirst(event);
                break; // told on when reading is resumed, or the connection closed
            }
            boolean done = true;
            try {
                if (event instanceof Bytes data) {
                    done = tellData(data);
                } else {
                    tell((Event) event);
                }
            } catch (RuntimeException | Error e) {
                fail(event, e);
            } finally {
                if (!done) {
                    keep(event);
                }
            }
        }
        telling = false;
        if (event != null && news.remove(Event.RESUME)) { // which does not wait for reading
            loop.callSoon(this::tellResume);
        }
    }

    private void keep(Object event) {
        if (successor != null) { // the protocol has started TLS
            successor.uncovered((Bytes) event);
        } else {
            news.addFirst(event);
        }
    }

    private void tellResume() {
        try {
            tell(Event.RESUME);
        } catch (RuntimeException | Error e) {
            fail(Event.RESUME, e);
        }
    }

    /** Returns false if a part is left. */
    private boolean tellData(Bytes data) {
        if (protocol instanceof BufferedProtocol buffered && !closing) {
            return fill(buffered, data);
        }
        try (var chunk = new Chunk(link, data)) {
            if (!closing) {
                protocol.dataReceived(chunk);
            }
        }
        return true;
    }

    /** One buffer of the protocol's at a time: it may pause, close or hand over to another protocol in between. */
    private boolean fill(BufferedProtocol buffered, Bytes data) {
        boolean whole = true;
        try {
            data.skip(OwnBuffers.feed(buffered, data.view()));
            whole = data.size() == 0;
        } finally {
            if (whole) {
                link.release(data);
            }
        }
        return whole;
    }

    private void tell(Event event) {
        switch (event) {
            case MADE -> protocol.connectionMade(this);
            case EOF -> {
                if (!closing && !protocol.eofReceived()) {
                    close();
                }
            }
            case RESUME -> {
                if (paused && link.unsent() <= marks.low()) {
                    paused = false;
                    protocol.resumeWriting();
                }
            }
            case LOST -> {
                lost = true;
                closing = true;
                if (onLost != null) {
                    onLost.run();
                }
                protocol.connectionLost(cause);
            }
        }
    }

    private void fail(Object event, Throwable e) {
        String method =
                event instanceof Bytes ? "dataReceived" : event.toString().toLowerCase(java.util.Locale.ROOT);
        loop.callExceptionHandler(
                new EventLoop.Failure("Fatal error: a call of the protocol failed (" + method + ")", e, null));
        if (!lost) {
            cause = new IOException("The protocol failed", e);
            abort();
        }
    }

    // ---- Transport

    @Override
    public void write(byte[] data) {
        checkOpen();
        if (data.length > 0) {
            written(link.copyOf(data, 0, data.length));
        }
    }

    @Override
    public void write(ByteBuffer data) {
        checkOpen();
        if (data.hasRemaining()) {
            written(link.copyOf(data));
        }
    }

    @Override
    public void write(Chunk chunk) {
        checkOpen();
        written(chunk.take());
    }

    private void written(Bytes data) {
        link.write(data);
        if (!paused && link.unsent() > marks.high()) {
            paused = true;
            protocol.pauseWriting();
        }
    }

    private void checkOpen() {
        checkMine();
        if (ended) {
            throw new IllegalStateException("Cannot write after writeEof()");
        }
        if (sendingFile) {
            throw new IllegalStateException("Cannot write while a file is being sent over " + this);
        }
    }

    /** See {@link Net#sendFile(Transport, FileChannel, long, long, boolean)}. */
    long sendFile(FileChannel file, long offset, long count, boolean fallback) throws IOException {
        FileSending.checkRange(offset, count);
        checkOpen();
        if (closing) {
            throw new IllegalStateException(
                    "Cannot send a file over a transport that is closed or being closed: " + this);
        }
        sendingFile = true;
        try {
            return FileSending.send(link, this::awaitRoom, file, offset, count, fallback);
        } finally {
            sendingFile = false;
        }
    }

    private void awaitRoom() throws IOException {
        if (closing) {
            throw cause != null ? cause : new SocketException("The connection was closed while a file was being sent");
        }
        if (link.unsent() > marks.high()) {
            Future<@Nullable Void> room = loop.createFuture();
            this.room = room;
            try {
                Asyncio.await(room, IOException.class);
            } finally {
                this.room = null;
            }
        }
    }

    @Override
    public void writeEof() {
        if (!ended) {
            checkOpen();
            link.end();
            ended = true;
        }
    }

    @Override
    public void close() {
        if (successor != null) {
            successor.close();
        } else if (!closing) {
            closing = true;
            link.close();
            tellRest();
        }
    }

    @Override
    public void abort() {
        if (successor != null) {
            successor.abort();
            return;
        }
        closing = true;
        link.abort();
        tellRest();
    }

    @Override
    public boolean closing() {
        return successor != null ? successor.closing() : closing;
    }

    @Override
    public void pauseReading() {
        checkMine();
        reading = false;
        link.setReading(false);
    }

    @Override
    public void resumeReading() {
        checkMine();
        if (!reading && !closing) {
            reading = true;
            link.setReading(true);
            tellRest();
        }
    }

    /** What was held back while reading was paused. */
    private void tellRest() {
        if (!news.isEmpty()) {
            schedule();
        }
    }

    @Override
    public boolean reading() {
        return reading && !closing;
    }

    @Override
    public long writeBufferSize() {
        return link.unsent();
    }

    @Override
    public void setWriteBufferLimits(int low, int high) {
        marks = new WaterMarks(low, high);
        link.setWaterMarks(low, high);
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
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public void setProtocol(Protocol protocol) {
        this.protocol = Objects.requireNonNull(protocol, "No protocol: the argument is null");
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public @Nullable SocketAddress peerAddress() {
        return link.peerAddress();
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return link.option(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        link.setOption(option, value);
    }

    @Override
    public @Nullable SSLSession sslSession() {
        SSLEngine engine = link.tls();
        return engine == null ? null : engine.getSession();
    }

    @Override
    public String toString() {
        return "<Transport to " + Net.describe(peerAddress()) + (lost ? " closed" : closing ? " closing" : "") + ">";
    }
}
