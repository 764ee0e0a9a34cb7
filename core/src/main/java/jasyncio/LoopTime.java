package jasyncio;

import jasyncio.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** A loop's time: nanoseconds since its creation inside, {@link Instant}s outside. */
final class LoopTime {
    /** Some 146 years: a length that nobody lives to see, with room for sums. */
    static final long FOREVER = Long.MAX_VALUE / 2;

    private final Clock clock;
    private final long origin;
    private final Instant epoch;

    LoopTime(Clock clock) {
        this.clock = clock;
        this.origin = clock.nanoTime();
        this.epoch = clock.instant();
    }

    /** Returns nanoseconds since the loop's creation. */
    long now() {
        return clock.nanoTime() - origin;
    }

    Instant instantOf(long nanos) {
        return epoch.plusNanos(nanos);
    }

    long nanosOf(Instant moment) {
        return nanosOf(Duration.between(epoch, Given.given(moment, "A moment")));
    }

    /** Returns the length in nanoseconds, cut off at {@link #FOREVER}. */
    static long nanosOf(Duration length) {
        long seconds = Given.given(length, "A length of time").toSeconds();
        if (seconds >= FOREVER / 1_000_000_000 || seconds <= -FOREVER / 1_000_000_000) {
            return seconds < 0 ? -FOREVER : FOREVER;
        }
        return length.toNanos();
    }

    /** Returns the moment {@code length} from now. */
    long after(Duration length) {
        long now = now();
        long nanos = nanosOf(length);
        long then = now + nanos;
        return nanos > 0 && then < now ? Long.MAX_VALUE - 1 : then; // a clock of a test may have come far
    }
}
