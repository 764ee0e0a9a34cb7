package jasyncio.net;

import java.time.Duration;

/**
 * What lies between the two ends of a {@link MemoryStreams#pair pair of streams in memory}: how data is cut, how long it takes, whether it
 * arrives at all. A test gives one that is as bad as networks are.
 */
@FunctionalInterface
public interface Line {
    /** Passes everything on as it was written, at once. */
    Line DIRECT = available -> new Piece(available, Duration.ZERO);

    /** What happens next in one direction. */
    sealed interface Passage {}

    /**
     * Some bytes arrive together.
     *
     * @param bytes how many, at least 1 and at most what is available
     * @param delay when, from now on, on the loop's clock; what comes behind waits
     */
    record Piece(int bytes, Duration delay) implements Passage {}

    /** The connection breaks, for both ends. */
    record Reset() implements Passage {}

    /**
     * Decides what happens next. A callback of the loop: it must not suspend.
     *
     * @param available how many bytes wait to be carried in this direction, at least 1
     */
    Passage next(int available);
}
