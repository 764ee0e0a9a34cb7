package jasyncio.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.coroutine.PinnedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitors of whoever advances a generator stay theirs, and those of the body its own, in compiled code too. */
@Timeout(120)
class MonitorsTest {
    private static final int ENOUGH_FOR_C2 = Backends.portable() ? 10_000 : 200_000;

    private static Generator<Integer> endless() {
        return Generator.of(y -> {
            for (int i = 0; ; i++) {
                y.yield(i);
            }
        });
    }

    private static SendGenerator<Integer, Void, Integer> upTo(int limit) {
        return SendGenerator.of(y -> {
            for (int i = 0; i < limit; i++) {
                y.yield(i);
            }
            return limit;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void next_underMonitors_leavesThemWithTheCaller(int depth) {
        Generator<Integer> generator = endless();
        Object[] monitors =
                IntStream.range(0, depth).mapToObj(_ -> new Object()).toArray();
        for (int i = 0; i < ENOUGH_FOR_C2 / 10; i++) {
            assertEquals(i, nextUnder(monitors, 0, generator));
        }
    }

    private static int nextUnder(Object[] monitors, int depth, Generator<Integer> generator) {
        if (depth == monitors.length) {
            int value = generator.next();
            for (Object monitor : monitors) {
                monitor.notifyAll(); // throws where it is not held
            }
            return value;
        }
        int value;
        synchronized (monitors[depth]) {
            synchronized (monitors[depth]) {
                value = nextUnder(monitors, depth + 1, generator);
            }
            assertTrue(Thread.holdsLock(monitors[depth]));
        }
        assertFalse(Thread.holdsLock(monitors[depth]));
        return value;
    }

    @Test
    void forLoop_underAMonitor_leavesItWithTheCaller() {
        Object monitor = new Object();
        long sum = 0;
        synchronized (monitor) {
            for (int each : upTo(ENOUGH_FOR_C2)) {
                monitor.notifyAll();
                sum += each;
            }
            assertTrue(Thread.holdsLock(monitor));
        }
        assertFalse(Thread.holdsLock(monitor));
        assertEquals((long) ENOUGH_FOR_C2 * (ENOUGH_FOR_C2 - 1) / 2, sum);
    }

    @Test
    void forEach_underAMonitor_andEnteringOthers_leavesAllWithTheCaller() {
        Object monitor = new Object();
        Object inner = new Object();
        var sum = new long[1];
        synchronized (monitor) {
            upTo(ENOUGH_FOR_C2).forEach(each -> {
                synchronized (inner) {
                    monitor.notifyAll();
                    inner.notifyAll();
                    sum[0] += each;
                }
            });
            assertTrue(Thread.holdsLock(monitor));
        }
        assertFalse(Thread.holdsLock(monitor));
        assertEquals((long) ENOUGH_FOR_C2 * (ENOUGH_FOR_C2 - 1) / 2, sum[0]);
    }

    @Test
    void body_thatHoldsMonitorsWhereItYields_keepsThem() {
        Object outer = new Object();
        Object inner = new Object();
        Object callers = new Object();
        Generator<Integer> generator = Generator.of(y -> {
            for (int i = 0; i < ENOUGH_FOR_C2; i++) {
                synchronized (outer) {
                    synchronized (inner) {
                        y.yield(i);
                        inner.notifyAll();
                    }
                    outer.notifyAll();
                }
            }
        });
        int count = 0;
        synchronized (callers) {
            for (int each : generator) {
                assertEquals(count++, each);
                callers.notifyAll();
            }
        }
        assertEquals(ENOUGH_FOR_C2, count);
        assertFalse(Thread.holdsLock(outer) || Thread.holdsLock(inner) || Thread.holdsLock(callers));
    }

    @Test
    void outerBody_thatHoldsAMonitorAroundYieldFrom_keepsIt() {
        Object monitor = new Object();
        Object callers = new Object();
        SendGenerator<Integer, Void, Integer> chain = SendGenerator.of(y -> {
            int total = 0;
            for (int i = 0; i < ENOUGH_FOR_C2 / 10; i++) {
                synchronized (monitor) {
                    total += y.yieldFrom(SendGenerator.<Integer, Void, Integer>of(z -> z.yieldFrom(upTo(10))));
                    monitor.notifyAll();
                }
            }
            return total;
        });
        int count = 0;
        synchronized (callers) {
            for (int each : chain) {
                assertEquals(count++ % 10, each);
                callers.notifyAll();
            }
        }
        assertEquals(ENOUGH_FOR_C2 / 10 * 10, count);
        assertEquals(count, chain.result());
        assertFalse(Thread.holdsLock(monitor));
    }

    /** While the consumer is inside nobody else is, and afterwards somebody gets in. */
    @Test
    void contenders_waitUntilTheConsumerLeaves() throws InterruptedException {
        Object monitor = new Object();
        var inside = new AtomicBoolean();
        var over = new AtomicBoolean();
        var violations = new AtomicInteger();
        var entries = new AtomicInteger();
        Thread contender = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                synchronized (monitor) {
                    violations.addAndGet(inside.get() ? 1 : 0);
                    entries.incrementAndGet();
                }
            }
        });
        Generator<Integer> generator = endless();
        for (int round = 0; round < 300 || entries.get() == 0; round++) {
            synchronized (monitor) {
                inside.set(true);
                for (int i = 0; i < 50; i++) {
                    generator.next();
                }
                inside.set(false);
            }
            Thread.onSpinWait();
        }
        over.set(true);
        contender.join();
        assertEquals(0, violations.get());
    }

    private static final class Yields {
        static final Generator<Integer> GENERATOR = Generator.of(y -> y.yield(OfItsInitialiser.VALUE));
    }

    private static final class OfItsInitialiser {
        static final int VALUE = value();

        private static int value() {
            Generator<Integer> inside = Generator.of(y -> y.yield(5));
            return inside.next(); // a whole generator inside is no problem
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "jasyncio.backend",
            matches = "portable",
            disabledReason = "the body is another thread's there, which waits for the initialiser of its class to end")
    void generator_insideAnInitialiser_works() {
        assertEquals(5, Yields.GENERATOR.next());
    }

    private static final ThreadLocal<Generator.Yielder<Integer>> YIELDER = new ThreadLocal<>();

    private static final class Pinning {
        static final int VALUE = value();

        private static int value() {
            YIELDER.get().yield(1);
            return 1;
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "jasyncio.backend",
            matches = "portable",
            disabledReason = "a virtual thread may park under a class initialiser")
    void yield_underAClassInitialiser_isAnErrorInTheBody() {
        Generator<String> generator = Generator.of(y -> {
            Generator<Integer> inner = Generator.of(z -> {
                YIELDER.set(z);
                var error = assertThrows(ExceptionInInitializerError.class, () -> assertEquals(0, Pinning.VALUE));
                assertEquals(PinnedException.class, error.getCause().getClass());
                z.yield(2);
            });
            y.yield("value " + inner.next());
        });
        assertEquals("value 2", generator.next());
    }
}
