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

    StreamEvents(StreamReader reader, StreamWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Makes a stream of a connection that has no name. */
    static StreamConnection open(EventLoop loop, Link link, int limit) {
        return open(loop, link, limit, null);
    }

    /**
     * Makes a stream of a connection to a server.
     *
     * @param host the name that was connected to, or null if there is none
     */
    static StreamConnection open(EventLoop loop, Link link, int limit, @Nullable String host) {
        var reader = new StreamReader(loop, link, limit);
        return start(link, reader, new StreamWriter(loop, link, reader, new StreamWriter.Side(false, host, null)));
    }

    /**
     * Makes a stream of a connection that a server has accepted.
     *
     * @param onLost called when the connection is gone
     */
    static StreamConnection serve(EventLoop loop, Link link, int limit, Runnable onLost) {
        var reader = new StreamReader(loop, link, limit);
        return start(link, reader, new StreamWriter(loop, link, reader, new StreamWriter.Side(true, null, onLost)));
    }

    private static StreamConnection start(Link link, StreamReader reader, StreamWriter writer) {
        link.start(new StreamEvents(reader, writer));
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
    }
}
