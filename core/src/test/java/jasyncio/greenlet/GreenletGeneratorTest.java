package jasyncio.greenlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.generator.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generators inside greenlets, greenlets inside generators. */
class GreenletGeneratorTest {
    private final List<String> log = new ArrayList<>();
    private final Greenlet main = Greenlet.current();

    @Test
    void generator_advancedByAGreenlet_yieldsToThatOne() {
        Greenlet greenlet = Greenlet.of(() -> {
            Generator<Integer> numbers = Generator.of(y -> {
                y.yield(1);
                y.yield(2);
            });
            for (int number : numbers) {
                log.add("got " + number + ", " + main.switchTo());
            }
            return "end";
        });
        greenlet.switchTo();
        greenlet.switchTo("a");
        assertEquals("end", greenlet.switchTo("b"));
        assertEquals(List.of("got 1, a", "got 2, b"), log);
    }

    /** As in Python: the generator waits in the middle of its body, together with the greenlet that advances it. */
    @Test
    void switchTo_inAGeneratorsBody_suspendsTheGreenletThatAdvancesIt() {
        Greenlet greenlet = Greenlet.of(() -> {
            Generator<Object> items = Generator.of(y -> {
                log.add("body");
                Object received = main.switchTo("from the body");
                y.yield(received);
                y.yield(main.switchTo("again"));
            });
            for (Object item : items) {
                log.add("item " + item);
            }
            return "end";
        });
        assertEquals("from the body", greenlet.switchTo());
        assertEquals("again", greenlet.switchTo(1));
        assertEquals("end", greenlet.switchTo(2));
        assertEquals(List.of("body", "item 1", "item 2"), log);
    }

    @Test
    void switchTo_inAGeneratorsBody_compiled() {
        Greenlet greenlet = Greenlet.of(() -> {
            Generator<Object> items = Generator.of(y -> {
                while (true) {
                    y.yield(main.switchTo());
                }
            });
            long sum = 0;
            for (Object item : items) {
                if ((int) item < 0) {
                    break;
                }
                sum += (int) item;
            }
            return sum;
        });
        int count = "portable".equals(System.getProperty("jasyncio.backend")) ? 500 : 50_000;
        greenlet.switchTo();
        for (int i = 0; i < count; i++) {
            greenlet.switchTo(i);
        }
        assertEquals((long) count * (count - 1) / 2, greenlet.switchTo(-1));
    }

    @Test
    void greenlet_startedInAGeneratorsBody_isAGreenletOfTheThread() {
        var started = new Greenlet[1];
        Generator<Object> items = Generator.of(y -> {
            started[0] = Greenlet.of(() -> {
                log.add("greenlet");
                log.add("got " + main.switchTo("to main"));
                return "end";
            });
            y.yield(started[0].switchTo());
        });
        assertEquals("to main", items.next());
        assertSame(main, Greenlet.current());
        assertSame(main, started[0].parent());
        assertEquals("end", started[0].switchTo("back"));
        assertEquals(List.of("greenlet", "got back"), log);
    }

    @Test
    void next_ofAGeneratorThatWaitsInAnotherGreenlet_isRefused() {
        var items = new ArrayList<Generator<Integer>>();
        Greenlet greenlet = Greenlet.of(() -> {
            items.add(Generator.of(y -> {
                main.switchTo();
                y.yield(1);
            }));
            return items.getFirst().next();
        });
        greenlet.switchTo();
        assertThrows(IllegalStateException.class, () -> items.getFirst().next());
        assertEquals(1, greenlet.switchTo());
    }

    /** In Python the yield belongs to the generator's own body; here its yielder can be carried elsewhere. */
    @Test
    void yield_ofAGeneratorFromAGreenletThatItsBodyStarted_isRefused() {
        Generator<Integer> items = Generator.of(y -> {
            Greenlet greenlet = Greenlet.of(() -> y.yield(1));
            var refusal = assertThrows(IllegalStateException.class, greenlet::switchTo);
            log.add(refusal.getMessage());
            y.yield(2);
        });
        assertEquals(2, items.next());
        assertSame(main, Greenlet.current());
        assertEquals(1, log.size());
        assertTrue(log.getFirst().startsWith("Cannot yield from here"), log::toString);
    }
}
