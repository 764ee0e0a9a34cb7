package jasyncio.bench.echo;

import java.util.Arrays;

/** Counts durations in buckets that are an eighth of a power of two wide or narrower, so that a quantile is off by a sixteenth at most. */
final class Latencies {
    private static final int STEPS = 8;
    private static final int STEP_BITS = 3;

    private final long[] counts = new long[Long.SIZE * STEPS];
    private long total;

    void add(long nanos) {
        counts[bucket(Math.max(STEPS, nanos))]++;
        total++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /** The duration that {@code part} (0 to 1) of those counted did not exceed, as the middle of its bucket in nanoseconds. */
    long quantile(double part) {
        long wanted = (long) Math.ceil(part * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return middle(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int step = (int) (nanos >>> (power - STEP_BITS)) - STEPS;
        return power * STEPS + step;
    }

    private static long middle(int bucket) {
        int power = bucket / STEPS;
        long width = 1L << (power - STEP_BITS);
        return (STEPS + bucket % STEPS) * width + width / 2;
    }
}
