package jasyncio.testkit;

import jasyncio.spi.Picker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An order of execution that a seed determines: which of the ready entries runs next. The same program on a {@link VirtualClock} runs the
 * same way for the same seed, and the schedule remembers who ran.
 *
 * {@snippet :
 * var schedule = new Schedule(17);
 * var loop = new VirtualClock().newEventLoop(o -> o.picker(schedule));
 * }
 *
 * <p>Seed 0 is the order of every loop, first in, first out. An odd seed takes one of the ready entries, each as likely as the others. Another
 * even seed gives each task a rank and runs the highest that is ready, so that some tasks get far ahead of others; now and then the one that
 * runs falls to the lowest rank. Nobody is passed over for ever.
 *
 * <p>Each schedule is one that a program may meet when answers come from elsewhere in another order. Callbacks keep their order among each
 * other, as {@code callSoon} and {@code addDoneCallback} promise. For one loop.
 */
public final class Schedule implements Picker {
    private static final String CALLBACK = "callback";

    /** How often the oldest entry may be passed over. */
    private static final int MAX_PASSED_OVER = 50;

    private static final double FALL = 0.1;
    private static final int REMEMBERED = 200;
    private static final int NAMED = 4;

    private final long seed;
    private final SplittableRandom random;
    private final Supplier<Duration> clock;
    private final Map<String, Double> ranks = new HashMap<>();
    private double lowest;
    private int passedOver;

    private final ArrayDeque<String> ran = new ArrayDeque<>();
    private long count;
    private Duration last = Duration.ZERO;
    private boolean ended;

    /** Creates the schedule of a seed. */
    public Schedule(long seed) {
        this(seed, () -> Duration.ZERO);
    }

    /** @param clock tells the time to be remembered with what ran */
    Schedule(long seed, Supplier<Duration> clock) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.clock = clock;
    }

    public long seed() {
        return seed;
    }

    @Override
    public int pick(Ready ready) {
        int picked = choose(ready);
        passedOver = picked == 0 ? 0 : passedOver + 1;
        if (!ended) {
            remember(ready, picked);
        }
        return picked;
    }

    private int choose(Ready ready) {
        if (seed == 0 || ready.size() == 1 || passedOver >= MAX_PASSED_OVER) {
            return 0;
        }
        int picked = seed % 2 != 0 ? random.nextInt(ready.size()) : highest(ready);
        return ready.describe(picked).equals(CALLBACK) ? firstCallback(ready) : picked;
    }

    private int highest(Ready ready) {
        int highest = IntStream.range(0, ready.size())
                .boxed()
                .max((a, b) -> Double.compare(rank(ready.describe(a)), rank(ready.describe(b))))
                .orElse(0);
        if (random.nextDouble() < FALL) {
            ranks.put(ready.describe(highest), --lowest);
        }
        return highest;
    }

    private double rank(String name) {
        return ranks.computeIfAbsent(name, _ -> random.nextDouble());
    }

    private static int firstCallback(Ready ready) {
        return IntStream.range(0, ready.size())
                .filter(i -> ready.describe(i).equals(CALLBACK))
                .findFirst()
                .orElse(0);
    }

    private void remember(Ready ready, int picked) {
        Duration now = clock.get();
        String time =
                now.equals(last) ? "" : "  at " + now.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        last = now;
        ran.add(++count + "  " + ready.describe(picked) + others(ready, picked) + time);
        if (ran.size() > REMEMBERED) {
            ran.remove();
        }
    }

    private static String others(Ready ready, int picked) {
        int size = ready.size();
        if (size == 1) {
            return "";
        }
        String names = IntStream.range(0, size)
                .filter(i -> i != picked)
                .limit(NAMED)
                .mapToObj(ready::describe)
                .collect(Collectors.joining(", "));
        return ", while ready: " + names + (size > NAMED + 1 ? ", and " + (size - NAMED - 1) + " more" : "");
    }

    /** Remembers nothing from here on: the test is over, what follows is the look at what it left. */
    void end() {
        ended = true;
    }

    /** Returns who ran, one line each, the oldest first: at most the last two hundred. */
    public List<String> ran() {
        return List.copyOf(ran);
    }

    @Override
    public String toString() {
        return "<Schedule seed=" + seed + ">";
    }
}
