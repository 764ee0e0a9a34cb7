package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Streams without a network, for tests: what is written at one end arrives at the other one, with the flow control, the half-close and the
 * errors of a socket. No file descriptor and no clock but the loop's is involved, so they work in virtual time.
 *
 * {@snippet :
 * var pair = MemoryStreams.pair();
 * createTask(() -> serve(pair.second()));
 * pair.first().writer().write("hello\n");
 * }
 *
 * <p>Each direction holds 64 KiB on its way, as the buffers of the two sockets would; what is written beyond waits to be sent. An end that is closed
 * before it has received everything breaks the connection, and so does writing to an end that is closed.
 */
public final class MemoryStreams {
    private MemoryStreams() {}

    /**
     * Two ends that are connected.
     *
     * @param first one of them
     * @param second the other one
     */
    public record Pair(StreamConnection first, StreamConnection second) {}

    /** What a pair can be told. */
    public sealed interface Options permits Setup {
        /** Sets the limit of both readers in bytes; 64 KiB if not called. */
        Options limit(int bytes);

        /** Sets how many bytes are on their way at most in each direction; 64 KiB if not called. */
        Options capacity(int bytes);

        /** Sets what carries the data; {@link Line#DIRECT} if not called. */
        Options line(Line line);
    }

    private record Setup(int limit, int capacity, Line line) implements Options {
        static final Setup DEFAULT = new Setup(StreamReader.DEFAULT_LIMIT, 64 * 1024, Line.DIRECT);

        @Override
        public Options limit(int bytes) {
            StreamReader.checkLimit(bytes);
            return new Setup(bytes, capacity, line);
        }

        @Override
        public Options capacity(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("Capacity " + bytes + " is not positive");
            }
            return new Setup(limit, bytes, line);
        }

        @Override
        public Options line(Line line) {
            return new Setup(limit, capacity, Objects.requireNonNull(line));
        }
    }

    /** Creates two connected streams. Never suspends; for a task or callback of the loop. */
    public static Pair pair() {
        return pair(o -> o);
    }

    /** The same with options: {@code pair(o -> o.limit(100))}. */
    public static Pair pair(UnaryOperator<Options> options) {
        var setup = (Setup) options.apply(Setup.DEFAULT);
        EventLoop loop = Asyncio.runningLoop();
        MemoryLink one = MemoryLink.pair(loop, setup.capacity, setup.line);
        return new Pair(StreamEvents.open(loop, one, setup.limit), StreamEvents.open(loop, one.peer(), setup.limit));
    }
}
