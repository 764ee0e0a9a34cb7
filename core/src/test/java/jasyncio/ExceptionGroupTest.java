package jasyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ExceptionGroupTest {
    private final IOException io = new IOException("io");
    private final FileNotFoundException file = new FileNotFoundException("file");
    private final TimeoutException timeout = new TimeoutException("timeout");
    private final ExceptionGroup inner = new ExceptionGroup("inner", List.of(file, timeout));
    private final ExceptionGroup outer = new ExceptionGroup("outer", List.of(io, inner));

    @Test
    void message_tellsHowManyThereAre() {
        assertEquals("outer (2 sub-exceptions)", outer.getMessage());
        assertEquals("one (1 sub-exception)", new ExceptionGroup("one", List.of(io)).getMessage());
    }

    @Test
    void stackTrace_showsEveryException() {
        assertSame(io, outer.getCause());
        assertEquals(List.of(inner), List.of(outer.getSuppressed()));
    }

    @Test
    void exceptions_areAsGiven_leavesAreFlat() {
        assertEquals(List.of(io, inner), outer.exceptions());
        assertEquals(List.of(io, file, timeout), outer.leaves());
    }

    @Test
    void emptyGroup_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("empty", List.of()));
    }

    @Test
    void subgroup_ofAType_keepsTheShapeAndTheTrace() {
        var some = outer.subgroup(IOException.class);
        assertEquals(List.of(io, file), some.leaves());
        assertEquals("inner (1 sub-exception)", some.exceptions().get(1).getMessage());
        assertEquals(List.of(outer.getStackTrace()), List.of(some.getStackTrace()));
        assertNull(outer.subgroup(ArithmeticException.class));
        assertSame(outer, outer.subgroup(ExceptionGroup.class));
    }

    @Test
    void split_byCondition_givesBothHalves() {
        var halves = outer.split(e -> e == timeout);
        assertEquals(List.of(timeout), halves.match().leaves());
        assertEquals(List.of(io, file), halves.rest().leaves());
        assertNull(outer.split(_ -> true).rest());
        assertNull(outer.split(_ -> false).match());
    }

    @Test
    void on_handsEachMatchToTheFirstHandlerThatTakesIt() {
        var seen = new ArrayList<String>();
        outer.on(FileNotFoundException.class, e -> seen.add("file " + e.getMessage()))
                .on(IOException.class, e -> seen.add("io " + e.getMessage()))
                .on(TimeoutException.class, e -> seen.add("timeout " + e.getMessage()))
                .on(Throwable.class, e -> seen.add("never"))
                .orThrow();
        assertEquals(List.of("file file", "io io", "timeout timeout"), seen);
    }

    @Test
    void orThrow_withSomeLeft_throwsTheRest() {
        var handling = outer.on(IOException.class, _ -> {});
        var rest = assertThrows(ExceptionGroup.class, handling::orThrow);
        assertEquals(List.of(timeout), rest.leaves());
    }

    @Test
    void orThrow_withNothingTaken_throwsTheGroupItself() {
        var handling = outer.on(ArithmeticException.class, _ -> {});
        assertEquals(
                outer.leaves(),
                assertThrows(ExceptionGroup.class, handling::orThrow).leaves());
    }

    @Test
    void lists_areUnmodifiable() {
        assertThrows(
                UnsupportedOperationException.class, () -> outer.exceptions().clear());
    }
}
