package jasyncio.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.greenlet.Greenlet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Greenlets that nobody refers to any more while they are suspended. On the portable backend the JVM keeps their threads. */
@DisabledIfSystemProperty(named = "jasyncio.backend", matches = "portable")
class AbandonedGreenletsTest {
    private static final int MANY = 100_000;
    private static final long FEW_BYTES = 8L << 20;

    @Test
    void greenlets_abandonedHalfWay_leaveNothing() {
        abandon(1_000);
        long before = Garbage.usedHeap();
        abandon(MANY);
        long growth = Garbage.usedHeap() - before;
        assertTrue(growth < FEW_BYTES, growth + " bytes more after " + MANY + " abandoned greenlets");
    }

    private static void abandon(int count) {
        Greenlet main = Greenlet.current();
        for (int i = 0; i < count; i++) {
            byte[] held = new byte[256];
            Greenlet greenlet = Greenlet.of(() -> {
                main.switchTo();
                return held.length;
            });
            greenlet.switchTo();
            assertFalse(greenlet.dead());
        }
    }

    @Test
    void greenlets_thatReferToEachOther_areCollectedTogether() throws InterruptedException {
        var garbage = new Garbage();
        for (int i = 0; i < 1_000; i++) {
            expectRing(garbage);
        }
        garbage.awaitAll();
    }

    private static void expectRing(Garbage garbage) {
        Greenlet main = Greenlet.current();
        var ring = new Greenlet[3];
        List<Integer> places = IntStream.range(0, ring.length).boxed().toList();
        for (int place : places) {
            ring[place] = Greenlet.of(() -> {
                while (true) {
                    (place + 1 < ring.length ? ring[place + 1] : main).switchTo();
                }
            });
            garbage.expect(ring[place]);
        }
        ring[0].switchTo();
    }

    /** A switchboard is kept by the thread it belongs to, and by nothing else. */
    @Test
    void threads_thatUsedGreenlets_areGarbageAfterTheirEnd() throws InterruptedException {
        var garbage = new Garbage();
        for (int i = 0; i < 50; i++) {
            Thread thread = i % 2 == 0
                    ? Thread.ofPlatform().unstarted(AbandonedGreenletsTest::useGreenlets)
                    : Thread.ofVirtual().unstarted(AbandonedGreenletsTest::useGreenlets);
            garbage.expect(thread);
            thread.start();
            thread.join();
        }
        garbage.awaitAll();
    }

    private static void useGreenlets() {
        Greenlet main = Greenlet.current();
        Greenlet.of(() -> main.switchTo()).switchTo();
    }
}
