package jasyncio.bench.peer;

import jasyncio.generator.Generator;
import jasyncio.greenlet.Greenlet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The work with jasyncio's generators and greenlets, which need no loop. */
final class GeneratorWork {

    /** How many generators delegate to each other, one inside the other, in {@code delegate}. */
    private static final int LEVELS = Integer.getInteger("jasyncio.bench.levels", 10);

    private GeneratorWork() {}

    /** Does the work of this name and returns true, or returns false if it is none of generators. */
    static boolean work(String name, Meter meter) {
        switch (name) {
            case "generator" -> generator(meter);
            case "generator-driven" -> driven(meter);
            case "delegate" -> delegate(meter);
            case "greenlet" -> greenlet(meter);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void generator(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            Expect.sumBelow(n, sum(count(n)));
        }
    }

    private static void driven(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            Total total = new Total();
            count(n).forEach(total::add);
            Expect.sumBelow(n, total.value);
        }
    }

    private static void delegate(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            Expect.sumBelow(n, sum(nested(n, LEVELS)));
        }
    }

    private static long sum(Generator<Integer> values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    private static Generator<Integer> count(int n) {
        return Generator.of(y -> {
            for (int i = 0; i < n; i++) {
                y.yield(i);
            }
        });
    }

    private static Generator<Integer> nested(int n, int levels) {
        return Generator.of(y -> y.yieldFrom(levels == 1 ? count(n) : nested(n, levels - 1)));
    }

    private static final class Total {
        private long value;

        void add(int summand) {
            value += summand;
        }
    }

    private static void greenlet(Meter meter) {
        while (meter.more()) {
            int rounds = meter.batch() / 2;
            Expect.equal(2L * rounds, new PingPong(rounds).play());
        }
    }

    /** Two greenlets that switch to each other with a number that grows by one each time. */
    private static final class PingPong {
        private final int rounds;
        private final Greenlet left = Greenlet.of(this::serve);
        private final Greenlet right = Greenlet.taking(this::reply);

        PingPong(int rounds) {
            this.rounds = rounds;
            right.setParent(left);
        }

        int play() {
            return number(left.switchTo());
        }

        private int serve() {
            int value = 0;
            for (int i = 0; i < rounds; i++) {
                value = number(right.switchTo(value + 1));
            }
            return value;
        }

        /** The last reply is the end of the body, which goes to the parent. */
        private Object reply(@Nullable Object first) {
            int value = number(first);
            for (int i = 0; i < rounds - 1; i++) {
                value = number(left.switchTo(value + 1));
            }
            return value + 1;
        }

        private static int number(@Nullable Object value) {
            return (Integer) Objects.requireNonNull(value);
        }
    }
}
