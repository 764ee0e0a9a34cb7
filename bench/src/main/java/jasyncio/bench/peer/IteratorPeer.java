package jasyncio.bench.peer;

import java.util.Iterator;

/** What a generator replaces: an iterator written by hand, a state machine without a stack. Works: {@code generator}. */
public final class IteratorPeer {

    private IteratorPeer() {}

    public static void main(String... arguments) {
        Meter meter = new Meter(Plan.parse(arguments));
        while (meter.more()) {
            int n = meter.batch();
            long sum = 0;
            for (Iterator<Integer> count = new Count(n); count.hasNext(); ) {
                sum += count.next();
            }
            Expect.sumBelow(n, sum);
        }
        System.out.println(meter.sample().toJson());
    }

    private static final class Count implements Iterator<Integer> {
        private final int n;
        private int next;

        Count(int n) {
            this.n = n;
        }

        @Override
        public boolean hasNext() {
            return next < n;
        }

        @Override
        public Integer next() {
            return next++;
        }
    }
}
