package jasyncio.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.generator.Generator;
import jasyncio.generator.StopIteration;
import jasyncio.testing.LogCapture;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Generators that are dropped half-way. On the portable backend the JVM keeps every parked virtual thread, and with it the generator. */
@DisabledIfSystemProperty(named = "jasyncio.backend", matches = "portable")
class AbandonedGeneratorsTest {
    private static final long FEW_BYTES = 8L << 20;
    private static final int ROUNDS = 200;

    @Test
    void generators_droppedHalfWay_leaveNothing() {
        assertGrowsByLittle(100_000);
    }

    @Test
    @Tag("load")
    @Timeout(120)
    void aMillionGenerators_droppedHalfWay_leaveNothing() {
        assertGrowsByLittle(1_000_000);
    }

    private static void assertGrowsByLittle(int count) {
        drop(10_000);
        long before = Garbage.usedHeap();
        drop(count);
        long growth = Garbage.usedHeap() - before;
        assertTrue(growth < FEW_BYTES, growth + " bytes more after " + count + " generators");
    }

    private static void drop(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            Generator<Integer> outer = Generator.of(y -> y.yieldFrom(Generator.<Integer>of(z -> {
                z.yield(number);
                z.yield(number + 1);
            })));
            assertEquals(number, outer.next());
        }
    }

    @Test
    void generator_droppedHalfWay_isGarbageWithItsDelegate() throws InterruptedException {
        var garbage = new Garbage();
        dropTogether(garbage);
        garbage.awaitAll();
    }

    private static void dropTogether(Garbage garbage) {
        Generator<Integer> inner = Generator.of(y -> {
            Object local = new Object();
            garbage.expect(local);
            y.yield(1);
            y.yield(local.hashCode());
        });
        Generator<Integer> outer = Generator.of(y -> y.yieldFrom(inner));
        assertEquals(1, outer.next());
        garbage.expect(inner);
        garbage.expect(outer);
    }

    private record Body(int count) implements Generator.Body<Integer> {
        @Override
        public void run(Generator.Yielder<Integer> y) {
            for (int i = 0; i < count; i++) {
                y.yield(i);
            }
        }
    }

    /** The last of those in debug mode is a mark: what is reported is reported by then, whatever the order. */
    @Test
    void generator_droppedHalfWay_isReportedInDebugModeAlone() throws InterruptedException {
        try (var captured = new LogCapture();
                EventLoop loop = Asyncio.newEventLoop()) {
            loop.runUntilComplete(AbandonedGeneratorsTest::dropOne);
            awaitGarbageOf(AbandonedGeneratorsTest::dropOne);
            loop.setDebug(true);
            loop.runUntilComplete(AbandonedGeneratorsTest::dropTidily);
            awaitGarbageOf(() -> loop.runUntilComplete(AbandonedGeneratorsTest::dropTidily));
            loop.runUntilComplete(AbandonedGeneratorsTest::dropOne);
            for (int round = 0; captured.messages().isEmpty() && round < ROUNDS; round++) {
                awaitGarbageOf(() -> {});
            }
            assertEquals(
                    List.of(
                            "WARNING: generator 'AbandonedGeneratorsTest$Body' was dropped half-way, so its finally blocks never run;"
                                    + " close() it, as try-with-resources does"),
                    captured.messages().stream()
                            .map(message -> message.replace("jasyncio.load.", ""))
                            .toList());
            assertEquals(
                    "It was created here",
                    captured.records().getFirst().getThrown().getMessage());
        }
    }

    private static void dropOne() {
        assertEquals(0, Generator.of(new Body(2)).next());
    }

    /** Ended, closed, failed and never begun. */
    private static void dropTidily() {
        assertEquals(1, Generator.of(new Body(1)).stream().count());
        Generator<Integer> closed = Generator.of(new Body(2));
        closed.next();
        closed.close();
        Generator<Integer> failed = Generator.of(new Body(2));
        failed.next();
        assertThrows(ArithmeticException.class, () -> failed.throwIn(new ArithmeticException()));
        assertThrows(StopIteration.class, Generator.of(new Body(0))::next);
        assertEquals(Generator.State.CREATED, Generator.of(new Body(1)).state());
    }

    private static void awaitGarbageOf(Runnable body) throws InterruptedException {
        body.run();
        var garbage = new Garbage();
        garbage.expect(new Object());
        garbage.awaitAll();
    }
}
