package jasyncio.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Iterators, streams, results: what Java asks of a generator and Python does not. */
class GeneratorTest {
    private final List<String> log = new ArrayList<>();

    private Generator<Integer> upTo(int limit) {
        return Generator.of(y -> {
            try {
                for (int i = 1; i <= limit; i++) {
                    log.add("yield " + i);
                    y.yield(i);
                }
            } finally {
                log.add("finally");
            }
        });
    }

    @Test
    void iterator_hasNextTwice_runsTheBodyOnce() {
        Iterator<Integer> iterator = upTo(2).iterator();
        assertTrue(iterator.hasNext());
        assertTrue(iterator.hasNext());
        assertEquals(List.of("yield 1"), log);
        assertEquals(1, iterator.next());
        assertEquals(2, iterator.next());
        assertFalse(iterator.hasNext());
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
        assertEquals(List.of("yield 1", "yield 2", "finally"), log);
    }

    @Test
    void next_afterHasNext_takesTheValueThatIsThere() {
        Generator<Integer> generator = upTo(2);
        Iterator<Integer> iterator = generator.iterator();
        assertTrue(iterator.hasNext());
        assertEquals(1, generator.next());
        assertEquals(2, generator.iterator().next());
        assertFalse(iterator.hasNext());
    }

    @Test
    void hasNext_onOneIterator_isSeenByTheOther() {
        Generator<Integer> generator = upTo(3);
        Iterator<Integer> first = generator.iterator();
        Iterator<Integer> second = generator.iterator();
        assertTrue(first.hasNext());
        assertEquals(1, second.next());
        assertEquals(2, first.next());
        assertEquals(3, second.next());
    }

    @Test
    void sendAndThrow_afterHasNext_areRefused() {
        SendGenerator<String, String, String> generator = SendGenerator.of(y -> {
            while (true) {
                y.yield("got " + y.yield("ready"));
            }
        });
        assertTrue(generator.iterator().hasNext());
        var send = assertThrows(IllegalStateException.class, () -> generator.send("x"));
        assertEquals(
                "Cannot send to <Generator GeneratorTest lambda SUSPENDED>: hasNext() of an iterator has run the body to its next"
                        + " yield, whose value nobody has taken; take it with next()",
                send.getMessage());
        var thrown = assertThrows(IllegalStateException.class, () -> generator.throwIn(new IOException()));
        assertTrue(thrown.getMessage().startsWith("Cannot throw into <Generator"), thrown.getMessage());
        assertEquals("ready", generator.next());
        assertEquals("got x", generator.send("x"));
    }

    @Test
    void close_afterHasNext_dropsTheValue() {
        Generator<Integer> generator = upTo(3);
        assertTrue(generator.iterator().hasNext());
        generator.close();
        assertEquals(List.of("yield 1", "finally"), log);
        assertThrows(StopIteration.class, generator::next);
    }

    @Test
    void hasNext_whereTheBodyFails_throwsThat() {
        var failure = new IOException("disk");
        Iterator<Integer> iterator = Generator.<Integer>of(y -> {
                    y.yield(1);
                    throw failure;
                })
                .iterator();
        assertEquals(1, iterator.next());
        assertSame(failure, assertThrows(IOException.class, iterator::hasNext));
        assertFalse(iterator.hasNext());
    }

    @Test
    void forEach_givesTheValuesToCome_andRethrowsWhatTheActionThrows() {
        Generator<Integer> generator = upTo(4);
        assertEquals(1, generator.next());
        var failure = new IllegalArgumentException("enough");
        List<Integer> seen = new ArrayList<>();
        assertSame(
                failure,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> generator.forEach(each -> {
                            seen.add(each);
                            if (each == 3) {
                                throw failure;
                            }
                        })));
        assertEquals(List.of(2, 3), seen);
        assertEquals(4, generator.next());
    }

    @Test
    void forEach_whoseActionAdvancesTheGenerator_goesOnBehind() {
        Generator<Integer> generator = upTo(5);
        List<Integer> seen = new ArrayList<>();
        generator.forEach(each -> {
            seen.add(each);
            if (each == 2) {
                assertEquals(3, generator.next());
            }
        });
        assertEquals(List.of(1, 2, 4, 5), seen);
    }

    @Test
    void stream_limit_runsTheBodyNoFurtherThanNeeded() {
        assertEquals(List.of(1, 2), upTo(100).stream().limit(2).toList());
        assertEquals(List.of("yield 1", "yield 2"), log);
    }

    @Test
    void stream_closed_closesTheGenerator() {
        try (Stream<Integer> stream = upTo(100).stream()) {
            assertEquals(6, stream.filter(each -> each > 5).findFirst().orElseThrow());
        }
        assertEquals("finally", log.getLast());
    }

    @Test
    void stream_parallel_staysOnTheCallersThread() {
        Thread caller = Thread.currentThread();
        Generator<Boolean> generator = Generator.of(y -> {
            for (int i = 0; i < 1000; i++) {
                y.yield(Thread.currentThread() == caller || Backends.portable());
            }
        });
        assertEquals(1000, generator.stream().parallel().filter(each -> each).count());
    }

    @Test
    void stream_afterNext_hasTheRest() {
        Generator<Integer> generator = upTo(3);
        generator.next();
        assertEquals(List.of(2, 3), generator.stream().toList());
        assertEquals(List.of(), generator.stream().toList());
    }

    @Test
    void nulls_areValuesLikeOthers() {
        Generator<Integer> generator = Generator.of(y -> {
            y.yield(null);
            y.yieldFrom(Arrays.asList(1, null));
        });
        List<Integer> seen = new ArrayList<>();
        generator.forEach(seen::add);
        assertEquals(Arrays.asList(null, 1, null), seen);
    }

    @Test
    void result_isThereAfterTheEnd_andStays() {
        SendGenerator<Integer, Void, String> generator = SendGenerator.of(y -> {
            y.yield(1);
            return "result";
        });
        var early = assertThrows(IllegalStateException.class, generator::result);
        assertEquals(
                "Cannot get the result of <Generator GeneratorTest lambda CREATED>: its body has not returned one",
                early.getMessage());
        generator.next();
        assertEquals(
                "result", assertThrows(StopIteration.class, generator::next).value());
        assertNull(assertThrows(StopIteration.class, generator::next).value());
        assertEquals("result", generator.result());
        assertEquals("result", generator.result());
    }

    @Test
    void result_ofABodyThatThrewOrWasClosed_isRefused() {
        SendGenerator<Integer, Void, String> closed = SendGenerator.of(_ -> "never");
        closed.close();
        assertThrows(IllegalStateException.class, closed::result);
        SendGenerator<Integer, Void, String> failed = SendGenerator.of(_ -> {
            throw new IOException();
        });
        assertThrows(IOException.class, failed::next);
        assertThrows(IllegalStateException.class, failed::result);
    }

    @Test
    void primed_dropsTheFirstValue_andFailsWithTheBody() {
        SendGenerator<String, String, Void> echo = SendGenerator.primed(y -> {
            for (String got = y.yield("dropped"); ; ) {
                got = y.yield("echo " + got);
            }
        });
        assertEquals("echo a", echo.send("a"));
        assertThrows(StopIteration.class, () -> SendGenerator.<String, String, Integer>primed(_ -> 1));
    }

    @Test
    void exceptions_keepIdentityAndStackTrace_throughTenLevels() {
        SendGenerator<Integer, Void, Void> generator = failing();
        for (int i = 0; i < 10; i++) {
            SendGenerator<Integer, Void, Void> inner = generator;
            generator = SendGenerator.of(y -> y.yieldFrom(inner));
        }
        SendGenerator<Integer, Void, Void> outermost = generator;
        outermost.next();
        var failure = assertThrows(IOException.class, outermost::next);
        assertEquals("deep", failure.getMessage());
        assertTrue(
                Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("throwDeep")),
                () -> Arrays.toString(failure.getStackTrace()));
        assertEquals(0, failure.getSuppressed().length);
    }

    private static SendGenerator<Integer, Void, Void> failing() {
        return SendGenerator.of(y -> {
            y.yield(1);
            throwDeep();
            return null;
        });
    }

    private static void throwDeep() throws IOException {
        throw new IOException("deep");
    }

    @Test
    void stackOverflow_inABody_reachesTheCaller() {
        Generator<Integer> generator = Generator.of(y -> {
            y.yield(1);
            y.yield(endless(1));
        });
        generator.next();
        assertThrows(StackOverflowError.class, generator::next);
        assertEquals(Generator.State.CLOSED, generator.state());
        assertEquals(List.of(1, 2), upTo(2).stream().toList());
    }

    private static int endless(int depth) {
        return depth == 0 ? 0 : 1 + endless(depth + 1);
    }

    @Test
    void delegation_twoThousandLevelsDeep_takesNoStack() {
        assertEquals(2_000, down(2_000).stream().count());
    }

    private static Generator<Integer> down(int number) {
        return Generator.of(y -> {
            if (number > 0) {
                y.yield(number);
                y.yieldFrom(down(number - 1));
            }
        });
    }
}
