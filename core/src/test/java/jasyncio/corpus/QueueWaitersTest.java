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

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.queue.Queue;
import jasyncio.testing.VirtualLoop;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueWaitersTest {

    private static Task<Void> producer(VirtualLoop v, Queue<Integer> queue, int count) {
        return createTask(() -> {
            for (int i = 0; i < count; i++) {
                queue.put(i);
                v.log("put " + i);
            }
        });
    }

    @Test
    void put_moreThanItHolds_waitsUntilOneIsTaken() {
        virtually(v -> {
            var queue = new Queue<Integer>(2);
            assertEquals(2, queue.maxSize());
            var producer = producer(v, queue, 3);
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(List.of("put 0", "put 1"), v.log());
            assertTrue(queue.full());
            assertEquals(0, queue.get());
            sleep(ZERO);
            assertEquals(List.of("put 0", "put 1", "put 2"), v.log());
            assertTrue(producer.done());
            assertEquals(1, queue.get());
            assertEquals(2, queue.get());
            assertTrue(queue.empty());
        });
    }

    @Test
    void producerAndConsumer_ofAQueueOfOne_bothEnd() {
        virtually(v -> {
            var queue = new Queue<Integer>(1);
            taskGroup(group -> {
                group.createTask(() -> {
                    for (int i = 0; i < 5; i++) {
                        queue.put(i);
                    }
                });
                group.createTask(() -> {
                    for (int i = 0; i < 5; i++) {
                        v.log(queue.get());
                    }
                });
            });
            assertEquals(List.of("0", "1", "2", "3", "4"), v.log());
            assertEquals(new Queue.Statistics(0, 1, 5, 0, 0, false), queue.statistics());
        });
    }

    @Test
    void put_byATask_isDoneWhenAWaitingGetHasItsItem() {
        virtually(v -> {
            var queue = new Queue<Integer>();
            var producer = producer(v, queue, 1);
            assertEquals(0, queue.get());
            assertTrue(producer.done());
        });
    }

    @Test
    void cancelledGetter_whoseItemIsThere_leavesItToTheOthers() {
        virtually(v -> {
            var queue = new Queue<Integer>();
            taskGroup(group -> {
                var cancelled = group.createTask(queue::get);
                var second = group.createTask(queue::get);
                var third = group.createTask(queue::get);
                sleep(ZERO);
                queue.putNowait(1);
                queue.putNowait(2);
                cancelled.cancel();
                assertThrows(CancelledError.class, () -> await(cancelled));
                assertEquals(Set.of(1, 2), Set.of(await(second), await(third)));
            });
        });
    }

    @Test
    void cancelledPutter_amongSeveral_leavesTheRoomToTheOthers() {
        virtually(v -> {
            var queue = new Queue<String>(1);
            Task<Void> a = createTask(() -> queue.put("a"));
            Task<Void> b = createTask(() -> queue.put("b"));
            Task<Void> c = createTask(() -> queue.put("c"));
            sleep(ZERO);
            assertTrue(a.done());
            assertFalse(b.done());
            c.cancel();
            sleep(ZERO);
            assertTrue(c.done());
            assertEquals("a", queue.getNowait());
            sleep(ZERO);
            assertEquals("b", queue.getNowait());
            await(b);
            assertThrows(CancelledError.class, () -> await(c));
            assertTrue(queue.empty());
        });
    }

    @Test
    void putters_whenSeveralItemsAreTakenAtOnce_allGetTheirTurn() {
        virtually(v -> {
            var queue = new Queue<Integer>(2);
            taskGroup(group -> {
                group.createTask(() -> {
                    sleep(ZERO);
                    for (int left = queue.size(); left > 0; left--) {
                        v.log(queue.getNowait());
                    }
                });
                for (int i = 0; i < 4; i++) {
                    int item = i;
                    group.createTask(() -> queue.put(item));
                }
            });
            assertEquals(List.of("0", "1"), v.log());
            assertEquals(new Queue.Statistics(2, 2, 4, 0, 0, false), queue.statistics());
        });
    }
}
