package jasyncio.executor;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.queue.QueueEmptyException;
import jasyncio.queue.QueueFullException;
import jasyncio.queue.QueueShutDownException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue between threads and tasks. */
@Timeout(60)
class SharedQueueTest {

    @Test
    void fromAThreadToATask_itemsKeepTheirOrder() {
        virtually(v -> {
            var queue = new SharedQueue<Integer>(2);
            var got = createTask(() -> {
                var items = new ArrayList<Integer>();
                for (int item : queue.async()) {
                    items.add(item);
                }
                return items;
            });
            toThread(() -> {
                for (int i = 0; i < 1_000; i++) {
                    queue.sync().put(i);
                }
                queue.shutdown();
            });
            assertEquals(IntStream.range(0, 1_000).boxed().toList(), await(got));
        });
    }

    @Test
    void fromATaskToAThread_itemsKeepTheirOrder() {
        virtually(v -> {
            var queue = new SharedQueue<Integer>(2);
            var putting = createTask(() -> {
                for (int i = 0; i < 1_000; i++) {
                    queue.async().put(i);
                }
            });
            List<Integer> got = toThread(() -> {
                var items = new ArrayList<Integer>();
                for (int i = 0; i < 1_000; i++) {
                    items.add(queue.sync().get());
                    queue.taskDone();
                }
                queue.sync().join();
                return items;
            });
            await(putting);
            queue.async().join();
            assertEquals(IntStream.range(0, 1_000).boxed().toList(), got);
        });
    }

    @Test
    void nowait_neitherWaitsNorBlocks() {
        var queue = new SharedQueue<String>(1);
        assertThrows(QueueEmptyException.class, queue::getNowait);
        queue.putNowait("a");
        assertThrows(QueueFullException.class, () -> queue.putNowait("b"));
        assertEquals(1, queue.size());
        assertEquals("a", queue.getNowait());
        queue.taskDone();
        assertThrows(IllegalStateException.class, queue::taskDone);
        assertThrows(NullPointerException.class, () -> queue.putNowait(null));
    }

    @Test
    void syncSide_withALimit_givesUp() throws Exception {
        var queue = new SharedQueue<String>(1);
        assertThrows(QueueEmptyException.class, () -> queue.sync().get(ofMillis(1)));
        queue.sync().put("a", ZERO);
        assertThrows(QueueFullException.class, () -> queue.sync().put("b", ofMillis(1)));
        assertEquals("a", queue.sync().get(ofSeconds(10)));
        assertTrue(queue.toString().contains("getters=0 putters=0"), queue.toString());
    }

    @Test
    void cancelledGet_losesNoItem_andLeavesTheLine() {
        virtually(v -> {
            var queue = new SharedQueue<String>();
            var first = createTask(() -> queue.async().get());
            var second = createTask(() -> queue.async().get());
            sleep(ZERO);
            queue.putNowait("item"); // it is the first one's turn
            first.cancel();
            assertEquals("item", await(second));
            assertThrows(CancelledError.class, () -> await(first));
            assertTrue(queue.toString().contains("getters=0"), queue.toString());
        });
    }

    @Test
    void cancelledPut_passesTheRoomOn() {
        virtually(v -> {
            var queue = new SharedQueue<String>(1);
            queue.putNowait("a");
            var first = createTask(() -> queue.async().put("b"));
            var second = createTask(() -> queue.async().put("c"));
            sleep(ZERO);
            assertEquals("a", queue.getNowait());
            first.cancel();
            await(second);
            assertEquals("c", queue.getNowait());
            assertThrows(CancelledError.class, () -> await(first));
        });
    }

    @Test
    void interruptedThread_leavesTheLine() throws Exception {
        var queue = new SharedQueue<String>();
        var getting = new FutureTask<>(() -> queue.sync().get());
        Thread thread = Thread.ofPlatform().start(getting);
        while (!queue.toString().contains("getters=1")) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        var e = assertThrows(ExecutionException.class, getting::get);
        assertEquals(InterruptedException.class, e.getCause().getClass());
        assertTrue(queue.toString().contains("getters=0"), queue.toString());
        queue.putNowait("item");
        assertEquals("item", queue.getNowait());
    }

    @Test
    void shutdown_letsTakeWhatIsIn_andWakesWhoWaits() {
        virtually(v -> {
            var queue = new SharedQueue<String>(1);
            queue.putNowait("a");
            var putting = createTask(() -> queue.async().put("b"));
            sleep(ZERO);
            queue.shutdown();
            assertThrows(QueueShutDownException.class, () -> await(putting));
            assertThrows(QueueShutDownException.class, () -> queue.putNowait("c"));
            assertEquals("a", queue.async().get());
            assertThrows(QueueShutDownException.class, () -> queue.async().get());
            assertThrows(QueueShutDownException.class, () -> queue.sync().get());
        });
    }

    @Test
    void shutdownNow_dropsWhatIsIn_andEndsJoin() {
        virtually(v -> {
            var queue = new SharedQueue<String>();
            queue.putNowait("a");
            var joining = createTask(() -> queue.async().join());
            sleep(ZERO);
            assertFalse(joining.done());
            queue.shutdownNow();
            await(joining);
            assertThrows(QueueShutDownException.class, queue::getNowait);
        });
    }

    @Test
    void blockingCalls_ofAnyLength_countItRight() throws InterruptedException {
        for (var forever : List.of(ChronoUnit.FOREVER.getDuration(), ofDays(365_000))) {
            var queue = new SharedQueue<String>(1);
            queue.sync().put("item", forever);
            assertThrows(QueueFullException.class, () -> queue.sync().put("other", forever.negated()));
            assertEquals("item", queue.sync().get(forever));
            assertThrows(QueueEmptyException.class, () -> queue.sync().get(forever.negated()));
            Thread.ofPlatform().daemon().start(() -> queue.putNowait("late"));
            assertEquals("late", queue.sync().get(forever));
        }
    }
}
