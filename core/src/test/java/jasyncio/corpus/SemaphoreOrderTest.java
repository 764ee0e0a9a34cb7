package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.sync.Semaphore;
import jasyncio.testing.VirtualLoop;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SemaphoreOrderTest {

    private static Task<Void> taker(VirtualLoop v, Semaphore semaphore, String name) {
        return createTask(name, () -> {
            semaphore.acquire();
            v.log(name);
        });
    }

    @Test
    void constructor_withNoPermits_isLocked() {
        assertTrue(new Semaphore(0).locked());
        assertFalse(new Semaphore(1).locked());
    }

    @Test
    void release_twiceWithANewcomerAboutToBegin_letsExactlyTwoIn() {
        virtually(v -> {
            var semaphore = new Semaphore(3);
            semaphore.acquire();
            semaphore.acquire();
            assertFalse(semaphore.locked());
            var a = taker(v, semaphore, "a");
            var b = taker(v, semaphore, "b");
            var c = taker(v, semaphore, "c");
            sleep(ZERO);
            assertEquals(List.of("a"), v.log());
            assertEquals(new Semaphore.Statistics(0, 2), semaphore.statistics());
            var newcomer = taker(v, semaphore, "newcomer");
            semaphore.release();
            semaphore.release();
            assertEquals(0, semaphore.statistics().permits());
            sleep(ZERO);
            assertEquals(new Semaphore.Statistics(0, 1), semaphore.statistics());
            assertEquals(List.of("a", "b", "c"), v.log());
            assertTrue(a.done() && b.done() && c.done() && semaphore.locked());
            assertFalse(newcomer.done());
            semaphore.release();
            await(newcomer);
        });
    }

    @Test
    void release_afterTwoCancellations_letsTheThirdIn() {
        virtually(v -> {
            var semaphore = new Semaphore(0);
            var tasks = Stream.of("a", "b", "c", "d")
                    .map(name -> taker(v, semaphore, name))
                    .toList();
            sleep(ZERO);
            tasks.get(0).cancel();
            tasks.get(1).cancel();
            semaphore.release();
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(List.of("c"), v.log());
            assertTrue(tasks.get(2).done());
            assertFalse(tasks.get(3).done());
            tasks.get(3).cancel();
            assertThrows(CancelledError.class, () -> await(tasks.get(3)));
        });
    }

    @Test
    void acquire_againAfterRelease_queuesBehindTheOthers() {
        virtually(v -> {
            var semaphore = new Semaphore(1);
            taskGroup(group -> {
                for (var name : List.of("a", "b", "c")) {
                    group.createTask(() -> {
                        for (int round = 1; round <= 2; round++) {
                            semaphore.acquire();
                            v.log(name + round);
                            sleep(ofSeconds(1));
                            semaphore.release();
                        }
                    });
                }
            });
            assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "c2"), v.log());
        });
    }

    @Test
    void acquire_byATaskThatHadAPermitAndGaveItBack_comesLast() {
        virtually(v -> {
            var semaphore = new Semaphore(1);
            var a = taker(v, semaphore, "a");
            Task<Void> b = createTask(() -> {
                semaphore.acquire();
                v.log("b");
                semaphore.release();
                semaphore.acquire();
                v.log("b again");
            });
            var c = taker(v, semaphore, "c");
            sleep(ZERO);
            semaphore.release();
            semaphore.release();
            await(gather(a, b, c));
            assertEquals(List.of("a", "b", "c", "b again"), v.log());
        });
    }

    @Test
    void release_afterTheFirstHasGoneAway_servesTheOthersInOrder() {
        virtually(v -> {
            var semaphore = new Semaphore(0);
            var a = taker(v, semaphore, "a");
            var b = taker(v, semaphore, "b");
            var c = taker(v, semaphore, "c");
            sleep(ZERO);
            a.cancel();
            sleep(ZERO);
            semaphore.release();
            semaphore.release();
            await(gatherOutcomes(a, b, c));
            assertEquals(List.of("b", "c"), v.log());
            assertTrue(a.cancelled());
        });
    }

    @Test
    void acquire_thatGetsItsTurn_wakesThoseThatQueuedBehindIt() {
        virtually(v -> {
            var semaphore = new Semaphore(0);
            var late = new Task<?>[1];
            Task<Void> a = createTask(() -> {
                semaphore.acquire();
                assertEquals(0, semaphore.statistics().permits());
                late[0] = createTask(() -> v.log("late"));
                v.log("a");
            });
            Task<Void> b = createTask(() -> {
                semaphore.release();
                semaphore.release();
                semaphore.release();
                assertEquals(2, semaphore.statistics().permits());
                assertTrue(semaphore.locked()); // the one that was woken has not run yet
                semaphore.acquire();
                v.log("b");
            });
            Task<Void> c = createTask(() -> {
                semaphore.acquire();
                assertTrue(semaphore.locked());
                v.log("c");
            });
            sleep(ZERO);
            assertEquals(new Semaphore.Statistics(2, 3), semaphore.statistics());
            sleep(ZERO);
            await(gather(a, b, c));
            await(late[0]);
            assertEquals(List.of("a", "b", "c", "late"), v.log());
        });
    }
}
