package jasyncio.queue;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.StopAsyncIteration;
import jasyncio.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueTest {

    @Test
    void tryPutAndTryGet_tellInsteadOfThrowing() {
        var queue = new Queue<String>(1);
        assertEquals(Optional.empty(), queue.tryGet());
        assertTrue(queue.tryPut("a"));
        assertFalse(queue.tryPut("b"));
        assertEquals(Optional.of("a"), queue.tryGet());
        assertEquals(Optional.empty(), queue.tryGet());
    }

    @Test
    void tryPutAndTryGet_afterShutdown_areRefused() {
        var queue = new Queue<String>();
        queue.putNowait("a");
        queue.shutdown();
        assertThrows(QueueShutDownException.class, () -> assertTrue(queue.tryPut("b")));
        assertEquals(Optional.of("a"), queue.tryGet());
        assertThrows(QueueShutDownException.class, queue::tryGet);
    }

    @Test
    void put_ofNull_isRefusedWithTheReason() {
        var queue = new Queue<String>(1);
        for (var put : List.<Runnable>of(
                () -> queue.putNowait(null), () -> queue.put(null), () -> assertTrue(queue.tryPut(null)))) {
            var e = assertThrows(NullPointerException.class, put::run);
            assertTrue(e.getMessage().contains("A queue holds no null"), e.getMessage());
            assertTrue(e.getMessage().contains("shutdown()"), e.getMessage());
        }
        assertEquals(new Queue.Statistics(0, 1, 0, 0, 0, false), queue.statistics());
    }

    @Test
    void nowait_whenEmptyOrFull_saysWhatToCallInstead() {
        var queue = new Queue<String>(1);
        var empty = assertThrows(QueueEmptyException.class, queue::getNowait);
        assertEquals("The queue is empty; get() waits for an item, tryGet() tells", empty.getMessage());
        queue.putNowait("a");
        var full = assertThrows(QueueFullException.class, () -> queue.putNowait("b"));
        assertEquals("The queue is full; put(…) waits for room, tryPut(…) tells", full.getMessage());
        queue.shutdownNow();
        var shut = assertThrows(QueueShutDownException.class, () -> queue.putNowait("c"));
        assertEquals("The queue has been shut down", shut.getMessage());
    }

    @Test
    void taskDone_onceTooOften_isRefused() {
        var queue = new Queue<String>();
        queue.putNowait("a");
        queue.taskDone();
        var e = assertThrows(IllegalStateException.class, queue::taskDone);
        assertEquals("taskDone() called too many times: once for each item that was put", e.getMessage());
    }

    @Test
    void statisticsAndToString_tellItemsAndWhoWaits() {
        virtually(v -> {
            var queue = new Queue<String>(1);
            assertEquals("<Queue maxsize=1>", queue.toString());
            Task<String> getter = createTask(() -> queue.get());
            sleep(ZERO);
            assertEquals("<Queue maxsize=1 getters=1>", queue.toString());
            assertEquals(new Queue.Statistics(0, 1, 0, 1, 0, false), queue.statistics());
            queue.putNowait("a");
            Task<Void> putter = createTask(() -> queue.put("b"));
            Task<Void> other = createTask(() -> queue.put("c"));
            sleep(ZERO);
            assertEquals("a", await(getter));
            assertEquals(new Queue.Statistics(1, 1, 2, 0, 1, false), queue.statistics());
            assertEquals("<Queue maxsize=1 size=1 putters=1 tasks=2>", queue.toString());
            assertEquals("b", queue.get());
            await(gather(putter, other));
            queue.shutdown();
            assertEquals("<Queue maxsize=1 size=1 tasks=3 shutdown>", queue.toString());
            assertEquals(new Queue.Statistics(1, 1, 3, 0, 0, true), queue.statistics());
        });
    }

    @Test
    void toString_ofTheOthers_hasTheirNames() {
        assertEquals("<LifoQueue maxsize=0>", new LifoQueue<String>().toString());
        assertEquals(
                "<PriorityQueue maxsize=2>", PriorityQueue.<String>natural(2).toString());
    }

    @Test
    void getAndPut_whenCancelled_leaveNoPlaceBehind() {
        virtually(v -> {
            var empty = new Queue<String>();
            var full = new Queue<String>(1);
            full.putNowait("a");
            Task<String> getter = createTask(() -> empty.get());
            Task<Void> putter = createTask(() -> full.put("b"));
            sleep(ZERO);
            getter.cancel();
            putter.cancel();
            sleep(ZERO);
            sleep(ZERO);
            assertTrue(getter.cancelled() && putter.cancelled());
            assertEquals(new Queue.Statistics(0, 0, 0, 0, 0, false), empty.statistics());
            assertEquals(new Queue.Statistics(1, 1, 1, 0, 0, false), full.statistics());
        });
    }

    @Test
    void aiter_afterShutdown_stopsAgainAndAgain() {
        virtually(v -> {
            var queue = new Queue<String>();
            queue.putNowait("a");
            queue.shutdown();
            var items = queue.aiter();
            assertEquals("a", items.anext());
            assertThrows(StopAsyncIteration.class, items::anext);
            assertThrows(StopAsyncIteration.class, items::anext);
        });
    }

    @Test
    void iteration_leftEarly_leavesTheRestInTheQueue() {
        virtually(v -> {
            var queue = new Queue<String>();
            List.of("a", "b", "c").forEach(queue::putNowait);
            for (String item : queue) {
                if (item.equals("b")) {
                    break;
                }
            }
            assertEquals("c", queue.getNowait());
        });
    }
}
