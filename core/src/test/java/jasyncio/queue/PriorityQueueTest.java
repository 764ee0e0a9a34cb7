package jasyncio.queue;

import static jasyncio.testing.VirtualLoop.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PriorityQueueTest {

    private static <T> List<T> drained(Queue<T> queue) {
        var items = new ArrayList<T>();
        while (!queue.empty()) {
            items.add(queue.getNowait());
        }
        return items;
    }

    @Test
    void get_ofEqualItems_keepsTheirOrderOfArrival() {
        var queue = new PriorityQueue<String>(0, Comparator.comparingInt(String::length));
        List.of("b1", "a", "b2", "b3", "c", "b4").forEach(queue::putNowait);
        assertEquals(List.of("a", "c", "b1", "b2", "b3", "b4"), drained(queue));
    }

    @Test
    void get_ofEqualItemsPutBetweenGets_keepsTheirOrderOfArrival() {
        var queue = new PriorityQueue<String>(0, Comparator.comparingInt(String::length));
        List.of("b1", "b2", "a").forEach(queue::putNowait);
        assertEquals("a", queue.getNowait());
        queue.putNowait("b3");
        assertEquals(List.of("b1", "b2", "b3"), drained(queue));
    }

    @Test
    void get_ofManyItems_sortsThem() {
        PriorityQueue<Integer> queue = PriorityQueue.natural(0);
        IntStream.range(0, 1_000).map(each -> each * 367 % 1_000).forEach(queue::putNowait);
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), drained(queue));
    }

    @Test
    void get_withAnotherOrder_followsIt() {
        var queue = new PriorityQueue<Integer>(0, Comparator.reverseOrder());
        List.of(1, 3, 2).forEach(queue::putNowait);
        assertEquals(List.of(3, 2, 1), drained(queue));
    }

    @Test
    void constructor_withoutOrder_isRefused() {
        assertThrows(NullPointerException.class, () -> new PriorityQueue<String>(0, null));
    }

    @Test
    void shutdownNow_whenTheComparatorFails_shutsDown() {
        virtually(v -> {
            var broken = new AtomicBoolean();
            var queue = new PriorityQueue<Integer>(0, (a, b) -> {
                if (broken.get()) {
                    throw new IllegalStateException("comparator");
                }
                return a - b;
            });
            for (int i = 0; i < 4; i++) {
                queue.putNowait(i);
            }
            broken.set(true);
            queue.shutdownNow();
            assertTrue(queue.empty());
            assertThrows(QueueShutDownException.class, () -> queue.putNowait(1));
            queue.join();
        });
    }
}
