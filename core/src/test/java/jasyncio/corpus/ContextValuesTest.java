package jasyncio.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Context;
import jasyncio.ContextVar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The values of a context as a map: complete, and never changed by what is set in a copy. */
class ContextValuesTest {

    private static List<ContextVar<Object>> variables(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new ContextVar<Object>("v" + number))
                .toList();
    }

    /** Returns a copy of the context, with one more value. */
    private static Context with(Context context, ContextVar<Object> variable, Object value) {
        Context copy = context.copy();
        copy.run(() -> {
            var _ = variable.set(value);
        });
        return copy;
    }

    @Test
    void emptyContext_hasNoValues() {
        assertEquals(Map.of(), Context.empty().values());
        assertEquals(0, Context.empty().values().entrySet().size());
    }

    @Test
    void copies_withMoreValues_leaveTheOriginalsAsTheyWere() {
        var variables = variables(2);
        Context none = Context.empty();
        Context one = with(none, variables.get(0), "b");
        Context two = with(one, variables.get(1), 10);
        assertEquals(Map.of(), none.values());
        assertEquals(Map.of(variables.get(0), "b"), one.values());
        assertEquals(Map.of(variables.get(0), "b", variables.get(1), 10), two.values());
    }

    @Test
    void valueThatEqualsTheOldOne_replacesIt() {
        var variable = variables(1).getFirst();
        var first = new ArrayList<String>();
        var second = new ArrayList<String>();
        Context one = with(Context.empty(), variable, first);
        Context other = with(one, variable, second);
        assertSame(first, one.values().get(variable));
        assertSame(second, other.values().get(variable));
    }

    @Test
    void values_listEveryVariableThatIsSet() {
        var variables = variables(6);
        Context context = Context.empty();
        for (int i = 0; i < 6; i++) {
            context = with(context, variables.get(i), i);
        }
        assertEquals(Set.copyOf(variables), context.values().keySet());
        assertEquals(
                List.of(0, 1, 2, 3, 4, 5),
                context.values().values().stream().sorted().toList());
        for (int i = 0; i < 6; i++) {
            assertEquals(i, context.values().get(variables.get(i)));
        }
        var absent = variables(1).getFirst();
        assertFalse(context.values().containsKey(absent));
        assertNull(context.values().get(absent));
        assertTrue(context.values().containsKey(variables.getFirst()));
    }

    @Test
    void values_ofTwoContexts_areEqualIfAllOfThemAre() {
        var variables = variables(3);
        Context one = with(with(Context.empty(), variables.get(0), "a"), variables.get(1), "b");
        Context other = with(Context.empty(), variables.get(0), "a");
        assertNotEquals(one.values(), other.values());
        other = with(other, variables.get(1), "b2");
        assertNotEquals(one.values(), other.values());
        other = with(other, variables.get(1), "b");
        assertEquals(one.values(), other.values());
        other = with(other, variables.get(2), "c");
        assertNotEquals(one.values(), other.values());
    }

    @Test
    void twoThousandVariables_setAndResetInAnyOrder_areAsInAMap() {
        int count = 2_000;
        var variables = variables(count);
        var expected = new HashMap<ContextVar<?>, Object>();
        var context = Context.empty();
        context.run(() -> {
            var tokens = new ArrayList<Runnable>();
            for (int i = 0; i < count; i++) {
                var variable = variables.get(i);
                var token = variable.set(i);
                expected.put(variable, i);
                tokens.add(() -> {
                    variable.reset(token);
                    expected.remove(variable);
                });
                if (i % 197 == 0) {
                    assertEquals(expected, context.values());
                }
            }
            Collections.shuffle(tokens, new Random(5));
            for (int i = 0; i < count / 2; i++) {
                tokens.get(i).run();
            }
            Context half = context.copy();
            var expectedHalf = Map.copyOf(expected);
            for (int i = count / 2; i < count; i++) {
                tokens.get(i).run();
                if (i % 197 == 0) {
                    assertEquals(expected, context.values());
                }
            }
            assertEquals(Map.of(), context.values());
            assertEquals(expectedHalf, half.values());
            assertEquals(count / 2, half.values().size());
        });
    }
}
