package jasyncio.bench.peer;

/** Checks that a peer did its work: a benchmark of work not done says nothing. */
public final class Expect {

    private Expect() {}

    /** Checks a sum of the numbers from 0 to {@code n - 1}. */
    public static void sumBelow(int n, long sum) {
        equal(n * (n - 1L) / 2, sum);
    }

    public static void equal(long expected, long actual) {
        if (expected != actual) {
            throw new IllegalStateException(
                    "The work came to %d instead of %d; the peer did not do its job".formatted(actual, expected));
        }
    }
}
