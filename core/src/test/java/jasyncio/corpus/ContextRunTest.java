package jasyncio.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Context;
import jasyncio.ContextVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Context variables and the contexts they have their values in, without a loop. */
class ContextRunTest {
    private final ContextVar<@Nullable String> variable = new ContextVar<>("variable");
    private final ContextVar<Integer> number = new ContextVar<>("number", 42);

    @Test
    void name_isWhatItWasGiven_andNoIdentity() {
        assertEquals("variable", variable.name());
        assertNotEquals(variable, new ContextVar<String>("variable"));
    }

    @Test
    void toString_showsTheDefault_exceptWhatMayHoldTheVariable() {
        assertEquals("<ContextVar name='number' default=42>", number.toString());
        assertEquals("<ContextVar name='color' default='red'>", new ContextVar<>("color", "red").toString());
        assertEquals(
                "<ContextVar name='none' default=null>", new ContextVar<@Nullable String>("none", null).toString());
        var list = new ArrayList<Object>();
        var holding = new ContextVar<List<Object>>("list", list);
        list.add(holding);
        assertEquals("<ContextVar name='list' default=ArrayList…>", holding.toString());
        assertEquals("[<ContextVar name='list' default=ArrayList…>]", list.toString());
    }

    @Test
    void toString_ofAToken_saysWhetherItWasUsed() {
        Context.empty().run(() -> {
            var token = number.set(1);
            assertEquals("<Token var=" + number + ">", token.toString());
            number.reset(token);
            assertEquals("<Token used var=" + number + ">", token.toString());
        });
    }

    @Test
    void copyCurrent_holdsWhatIsSetAndNotWhatIsSetLater() {
        Context.empty().run(() -> {
            var _ = variable.set("before");
            Context copy = Context.copyCurrent();
            var _ = variable.set("after");
            assertEquals(Map.of(variable, "before"), copy.values());
        });
    }

    @Test
    void run_insideAnotherContext_seesItsOwnValuesOnly() {
        var first = Context.empty();
        var second = Context.empty();
        Context copy = first.run(() -> {
            assertNull(variable.orElse(null));
            var _ = variable.set("spam");
            second.run(() -> assertNull(variable.orElse(null)));
            assertEquals("spam", variable.orElse(null));
            return Context.copyCurrent();
        });
        assertEquals(Map.of(variable, "spam"), copy.values());
        assertEquals(first.values(), copy.values());
        assertEquals(Map.of(), second.values());
    }

    @Test
    void values_whileItRuns_followWhatIsSet() {
        var context = Context.empty();
        context.run(() -> {
            assertEquals(42, number.get());
            assertNull(context.values().get(number));
            var _ = number.set(43);
            assertEquals(43, number.get());
            assertEquals(43, context.values().get(number));
        });
    }

    @Test
    void values_afterReset_haveTheVariableNoMore() {
        var context = Context.empty();
        context.run(() -> {
            assertFalse(context.values().containsKey(number));
            var token = number.set(1);
            assertEquals(Set.of(number), context.values().keySet());
            number.reset(token);
            assertEquals(Set.of(), context.values().keySet());
            assertEquals(42, number.get());
        });
    }

    @Test
    void reset_bringsBackEachValueOnce() {
        Context.empty().run(() -> {
            assertThrows(NoSuchElementException.class, variable::get);
            var first = variable.set("first");
            assertEquals("first", variable.get());
            assertEquals("first", variable.orElse("other"));
            var second = variable.set("second");
            assertEquals("second", variable.get());
            variable.reset(second);
            assertEquals("first", variable.get());
            var _ = variable.set("third");
            assertThrows(IllegalStateException.class, () -> variable.reset(second));
            assertEquals("third", variable.get());
            Context before = Context.copyCurrent();
            variable.reset(first);
            assertThrows(IllegalStateException.class, () -> variable.reset(first));
            assertNull(variable.orElse(null));
            assertEquals(Map.of(variable, "third"), before.values());
            assertEquals(Map.of(), Context.copyCurrent().values());
        });
    }

    @Test
    void reset_byAnotherVariableOrOutside_isRefused() {
        Context.empty().run(() -> {
            var token = number.set(1);
            assertThrows(IllegalArgumentException.class, () -> variable.reset(token));
        });
        var foreign = Context.empty().run(() -> number.set(1));
        assertThrows(IllegalArgumentException.class, () -> number.reset(foreign));
    }

    @Test
    void objects_setInACopy_areTheCopysOwn() {
        var list = new ContextVar<List<Integer>>("list");
        Context.empty().run(() -> {
            var outer = new ArrayList<Integer>();
            var _ = list.set(outer);
            Context.copyCurrent().run(() -> {
                var _ = list.set(new ArrayList<>());
                list.get().add(42);
                assertEquals(List.of(42), list.get());
            });
            assertSame(outer, list.get());
            assertTrue(outer.isEmpty());
        });
    }

    @Test
    void copy_andOriginal_changeEachForItself() {
        var original = Context.empty();
        original.run(() -> {
            var _ = number.set(10);
            Context copy = original.copy();
            assertEquals(10, copy.values().get(number));
            var _ = number.set(20);
            assertEquals(20, original.values().get(number));
            assertEquals(10, copy.values().get(number));
            copy.run(() -> {
                assertEquals(10, number.get());
                var _ = number.set(30);
            });
            assertEquals(20, original.values().get(number));
            assertEquals(30, copy.values().get(number));
        });
    }
}
