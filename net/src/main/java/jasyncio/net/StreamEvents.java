package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Feeds a reader and a writer from a connection. Nothing of the user's runs here, so nothing goes through a callback. */
final class StreamEvents implements WireEvents {
    private final StreamReader reader;
    private final StreamWriter writer;
    private @Nullable Runnable onLost;

    private StreamEvents(StreamReader reader, StreamWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Makes a stream of a connection. */
    static StreamConnection open(EventLoop loop, Link link, int limit) {
        return open(loop, link, limit, null);
    }

    /** @param onLost called when the connection is gone, on the bare loop thread */
    static StreamConnection open(EventLoop loop, Link link, int limit, @Nullable Runnable onLost) {
        var reader = new StreamReader(loop, link, limit);
        var writer = new StreamWriter(loop, link, reader);
        var events = new StreamEvents(reader, writer);
        events.onLost = onLost;
        link.start(events);
        return new StreamConnection(reader, writer);
    }

    @Override
    public void received(Bytes data) {
        reader.feed(data);
    }

    @Override
    public void ended() {
        reader.feedEof();
    }

    @Override
    public void drained() {
        writer.drained();
    }

    @Override
    public void lost(@Nullable IOException cause) {
        if (cause == null) {
            reader.feedEof();
        } else {
            reader.fail(cause);
        }
        reader.detach();
        writer.lost(cause);
        if (onLost != null) {
            onLost.run();
        }
    }
}
