package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Task;
import jasyncio.queue.LifoQueue;
import jasyncio.queue.PriorityQueue;
import jasyncio.queue.Queue;
import jasyncio.queue.QueueShutDownException;
import jasyncio.testing.VirtualLoop;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What all kinds of queues do alike: joining and shutting down. */
class QueueKindsTest {
    private static final List<IntFunction<Queue<Integer>>> KINDS =
            List.of(Queue::new, LifoQueue::new, PriorityQueue::natural);

    private interface Body {
        void run(VirtualLoop v, IntFunction<Queue<Integer>> kind) throws Exception;
    }

    private static void eachKind(Body body) {
        KINDS.forEach(kind -> virtually(v -> body.run(v, kind)));
    }

    private static void assertShutDown(Queue<Integer> queue) {
        assertThrows(QueueShutDownException.class, () -> queue.put(9));
        assertThrows(QueueShutDownException.class, () -> queue.putNowait(9));
        assertThrows(QueueShutDownException.class, queue::get);
        assertThrows(QueueShutDownException.class, queue::getNowait);
    }

    @Test
    void taskDone_withoutAnItem_isRefused() {
        eachKind((_, kind) ->
                assertThrows(IllegalStateException.class, () -> kind.apply(0).taskDone()));
    }

    @Test
    void join_withTwoWorkers_returnsWhenEveryItemIsDone() {
        eachKind((_, kind) -> {
            var queue = kind.apply(0);
            var sum = new int[1];
            for (int i = 0; i < 100; i++) {
                queue.putNowait(i);
            }
            taskGroup(group -> {
                for (int worker = 0; worker < 2; worker++) {
                    group.createTask(() -> {
                        for (int item : queue) {
                            sum[0] += item;
                            sleep(ZERO);
                            queue.taskDone();
                        }
                    });
                }
                queue.join();
                assertEquals(99 * 100 / 2, sum[0]);
                queue.shutdown();
            });
        });
    }

    @Test
    void join_ofAnEmptyQueue_returnsAtOnceAndAgain() {
        eachKind((v, kind) -> {
            var queue = kind.apply(0);
            v.ticks(1);
            queue.join();
            queue.join();
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void toString_tellsUnfinishedItemsAndShutdown() {
        eachKind((_, kind) -> {
            var queue = kind.apply(0);
            assertTrue(queue.toString().endsWith("Queue maxsize=0>"), queue.toString());
            queue.putNowait(1);
            queue.putNowait(2);
            queue.getNowait();
            queue.getNowait();
            assertTrue(queue.toString().endsWith("Queue maxsize=0 tasks=2>"), queue.toString());
            queue.taskDone();
            queue.taskDone();
            queue.shutdown();
            assertTrue(queue.toString().endsWith("Queue maxsize=0 shutdown>"), queue.toString());
        });
    }

    @Test
    void shutdown_whenEmpty_wakesGettersAndLetsJoinersGo() {
        eachKind((_, kind) -> {
            var queue = kind.apply(0);
            Task<Integer> getter = createTask(queue::get);
            sleep(ZERO);
            queue.shutdown();
            assertEquals(0, queue.size());
            queue.join();
            sleep(ZERO);
            assertTrue(getter.done());
            assertThrows(QueueShutDownException.class, () -> await(getter));
            assertShutDown(queue);
        });
    }

    @Test
    void shutdown_whenFull_refusesPuttersAndLetsTheRestOut() {
        eachKind((_, kind) -> {
            var queue = kind.apply(1);
            queue.putNowait(1);
            Task<Void> joiner = createTask(queue::join);
            Task<Void> putter = createTask(() -> queue.put(2));
            sleep(ZERO);
            assertFalse(putter.done());
            queue.shutdown();
            assertEquals(1, queue.size());
            sleep(ZERO);
            assertThrows(QueueShutDownException.class, putter::result);
            assertEquals(1, queue.get());
            sleep(ZERO);
            assertFalse(joiner.done());
            assertShutDown(queue);
            queue.taskDone();
            sleep(ZERO);
            assertTrue(joiner.done());
            assertThrows(IllegalStateException.class, queue::taskDone);
        });
    }

    @Test
    void shutdownNow_withItems_dropsThemAndLetsJoinersGo() {
        eachKind((_, kind) -> {
            var queue = kind.apply(0);
            queue.putNowait(1);
            Task<Void> joiner = createTask(queue::join);
            queue.shutdownNow();
            assertEquals(0, queue.size());
            sleep(ZERO);
            assertTrue(joiner.done());
            assertShutDown(queue);
            assertThrows(IllegalStateException.class, queue::taskDone);
        });
    }

    @Test
    void shutdownNow_withAnItemThatWasTaken_waitsForThatOne() {
        eachKind((_, kind) -> {
            var queue = kind.apply(0);
            queue.putNowait(1);
            queue.putNowait(2);
            Task<Void> joiner = createTask(queue::join);
            queue.get();
            queue.shutdownNow();
            assertEquals(0, queue.size());
            sleep(ZERO);
            assertFalse(joiner.done());
            assertShutDown(queue);
            queue.taskDone();
            assertThrows(IllegalStateException.class, queue::taskDone);
            sleep(ZERO);
            assertTrue(joiner.done());
        });
    }
}
