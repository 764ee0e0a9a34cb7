package jasyncio.corpus;

import static jasyncio.Asyncio.asCompleted;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jasyncio.AsyncIterator;
import jasyncio.Asyncio;
import jasyncio.Task;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code wait} and {@code asCompleted} with what is unusual to give them or to do with them. */
class WaitingTest {

    private static Task<String> after(int millis, String value) {
        return createTask(value, () -> {
            sleep(ofMillis(millis));
            return value;
        });
    }

    /** A collection that makes its elements when it is iterated, and can be iterated once. */
    private static final class Once<T> extends AbstractCollection<T> {
        private final int size;
        private final Supplier<T> source;
        private boolean used;

        Once(int size, Supplier<T> source) {
            this.size = size;
            this.source = source;
        }

        @Override
        public Iterator<T> iterator() {
            assertFalse(used, "iterated twice");
            used = true;
            return IntStream.range(0, size).mapToObj(_ -> source.get()).iterator();
        }

        @Override
        public int size() {
            return size;
        }
    }

    @Test
    void wait_forACollectionThatCanBeReadOnce_waitsForAllOfIt() {
        virtually(v -> {
            var tasks = List.of(after(150, "b"), after(100, "a")).iterator();
            var result = Asyncio.wait(new Once<>(2, tasks::next));
            assertEquals(
                    List.of("b", "a"), result.done().stream().map(Task::result).toList());
            assertEquals(Set.of(), result.pending());
            assertEquals(ofMillis(150), v.elapsed());
        });
    }

    @Test
    void wait_forTasksThatAreMadeWhileItReads_waitsForAllOfThem() {
        virtually(v -> {
            var made = new ArrayList<Task<Integer>>();
            var result = Asyncio.wait(new Once<>(10, () -> {
                int number = made.size();
                made.add(createTask(() -> number));
                return made.getLast();
            }));
            assertEquals(made, List.copyOf(result.done()));
            assertEquals(Set.of(), result.pending());
            assertEquals(10, made.size());
        });
    }

    @Test
    void asCompleted_leftAndIteratedAgain_goesOnWhereItWas() {
        virtually(v -> {
            var tasks = IntStream.range(0, 4).mapToObj(i -> createTask(() -> i)).toList();
            AsyncIterator<Task<Integer>> iterator = asCompleted(tasks).aiter();
            for (var task : iterator) {
                v.log(await(task));
                if (v.log().size() == 2) {
                    break;
                }
            }
            assertEquals(List.of("0", "1"), v.log());
            for (var task : iterator) {
                v.log(await(task));
            }
            assertEquals(List.of("0", "1", "2", "3"), v.log());
        });
    }

    @Test
    void asCompleted_askedByTwoTasks_givesTheFirstToWhoAskedFirst() {
        virtually(v -> {
            var iterator =
                    asCompleted(List.of(after(100, "late"), after(50, "early"))).aiter();
            var first = createTask(() -> iterator.anext().name() + " at " + v.elapsed());
            var second = createTask(() -> iterator.anext().name() + " at " + v.elapsed());
            assertEquals("late at PT0.1S", await(second));
            assertEquals("early at PT0.05S", await(first));
        });
    }

    @Test
    void asCompleted_askedByTwoTasksAtOnce_givesEachAnother() {
        virtually(v -> {
            var tasks = Set.of(after(50, "a"), after(50, "b"));
            var iterator = asCompleted(tasks).aiter();
            var first = createTask(iterator::anext);
            var second = createTask(iterator::anext);
            Asyncio.wait(List.of(first, second));
            assertEquals(tasks, Set.of(await(first), await(second)));
            assertEquals(ofMillis(50), v.elapsed());
        });
    }
}
