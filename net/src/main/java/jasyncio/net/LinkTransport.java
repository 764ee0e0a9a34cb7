package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
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

    private Protocol protocol;
    private WaterMarks marks = WaterMarks.DEFAULT;
    private boolean reading = true;
    private boolean paused;
    private boolean closing;
    private boolean ended;
    private boolean lost;
    private @Nullable IOException cause;

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
        if (paused) {
            add(Event.RESUME);
        }
    }

    @Override
    public void lost(@Nullable IOException cause) {
        this.cause = cause;
        add(Event.LOST);
    }

    private void add(Object event) {
        news.add(event);
        if (news.size() == 1) {
            loop.callSoon(this::tell);
        }
    }

    // ---- to the protocol, in a callback

    private void tell() {
        Object event;
        while ((event = news.peek()) != null) {
            if (event instanceof Bytes && !reading && !lost) {
                return; // told on when reading is resumed
            }
            try {
                if (event instanceof Bytes data) {
                    tellData(data);
                } else {
                    tell((Event) event);
                }
            } catch (RuntimeException | Error e) {
                fail(event, e);
            } finally {
                news.remove(event);
            }
        }
    }

    private void tellData(Bytes data) {
        try (var chunk = new Chunk(link, data)) {
            if (!closing) {
                protocol.dataReceived(chunk);
            }
        }
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
        if (ended) {
            throw new IllegalStateException("Cannot write after writeEof()");
        }
    }

    @Override
    public void writeEof() {
        if (!ended) {
            link.end();
            ended = true;
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            link.close();
        }
    }

    @Override
    public void abort() {
        closing = true;
        link.abort();
    }

    @Override
    public boolean closing() {
        return closing;
    }

    @Override
    public void pauseReading() {
        reading = false;
        link.setReading(false);
    }

    @Override
    public void resumeReading() {
        if (!reading && !closing) {
            reading = true;
            link.setReading(true);
            if (!news.isEmpty()) {
                loop.callSoon(this::tell);
            }
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
    public @Nullable SSLSession sslSession() {
        SSLEngine engine = link.tls();
        return engine == null ? null : engine.getSession();
    }

    @Override
    public String toString() {
        return "<Transport to " + Net.describe(peerAddress()) + (lost ? " closed" : closing ? " closing" : "") + ">";
    }
}
