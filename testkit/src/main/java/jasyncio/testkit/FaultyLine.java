package jasyncio.testkit;

import jasyncio.net.Line;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A line between two streams in memory that cuts, delays and breaks, as a seed says: the same seed makes the same trouble.
 *
 * {@snippet :
 * var line = FaultyLine.seeded(42).resetAfter(1000);
 * var pair = MemoryStreams.pair(o -> o.line(line));
 * }
 *
 * <p>Unless told otherwise, pieces of 1 byte up to everything that there is arrive after 0 to 20 ms of the loop's clock, small pieces as
 * often as large ones, and nothing breaks. One line serves one pair, both directions; what it decides depends on what was sent before. Never suspends; for
 * the tasks and callbacks of one loop.
 */
public final class FaultyLine implements Line {
    private final long seed;
    private final Random random;
    private int maxPiece = Integer.MAX_VALUE;
    private Duration maxDelay = Duration.ofMillis(20);
    private long resetAfter = Long.MAX_VALUE;
    private double resetChance;
    private long carried;

    private FaultyLine(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Creates a line; tests try many seeds and name the one that fails, which {@code toString} tells. */
    public static FaultyLine seeded(long seed) {
        return new FaultyLine(seed);
    }

    /**
     * Sets how many bytes arrive together at most.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public FaultyLine maxPiece(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("Piece of " + bytes + " bytes is not positive");
        }
        maxPiece = bytes;
        return this;
    }

    /**
     * Sets how long a piece takes at most; zero for no delay.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public FaultyLine maxDelay(Duration delay) {
        if (Objects.requireNonNull(delay, "A length of time is needed; it is null")
                .isNegative()) {
            throw new IllegalArgumentException("Delay " + delay + " is negative; zero is none");
        }
        maxDelay = delay;
        return this;
    }

    /**
     * Breaks the connection when so many bytes have arrived, of both directions together, and more is to come. With each number from 0 on, a
     * conversation is broken at each of its points.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public FaultyLine resetAfter(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("Cannot break the connection after " + bytes + " bytes");
        }
        resetAfter = bytes;
        return this;
    }

    /**
     * Breaks the connection before a piece with this probability.
     *
     * @throws IllegalArgumentException unless it is within 0 to 1
     */
    public FaultyLine resetChance(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("Probability " + probability + " is not within 0 to 1");
        }
        resetChance = probability;
        return this;
    }

    @Override
    public Passage next(int available) {
        if (carried >= resetAfter || (resetChance > 0 && random.nextDouble() < resetChance)) {
            return new Reset();
        }
        int most = (int) Math.min(Math.min(available, maxPiece), resetAfter - carried);
        int bytes = random.nextBoolean() ? 1 + random.nextInt(Math.min(most, 16)) : 1 + random.nextInt(most);
        carried += bytes;
        long nanos = Math.min(TimeUnit.NANOSECONDS.convert(maxDelay), Long.MAX_VALUE - 1); // one of 0 to nanos
        return new Piece(bytes, nanos == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(nanos + 1)));
    }

    @Override
    public String toString() {
        return "<FaultyLine seed=" + seed + " carried=" + carried + ">";
    }
}
