package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Action;
import jasyncio.Task;
import jasyncio.sync.Barrier;
import jasyncio.testing.VirtualLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;

/** Five tasks at a barrier that is used again, reset or aborted while some of them are on their way out. */
class BarrierRoundsTest {
    private static final int PARTIES = 5;
    private static final int HALF = PARTIES / 2;

    private static List<Task<Void>> tasks(int count, Action<?> body) {
        var tasks = new ArrayList<Task<Void>>();
        for (int i = 0; i < count; i++) {
            tasks.add(createTask(body));
        }
        return tasks;
    }

    private static void runAll(Action<?> body) {
        await(gather(tasks(PARTIES, body)));
    }

    private static long count(VirtualLoop v, String line) {
        return v.log().stream().filter(line::equals).count();
    }

    private static void assertReusable(Barrier barrier) {
        assertEquals(0, barrier.waiting());
        assertFalse(barrier.broken());
        assertTrue(barrier.toString().contains("filling"), barrier.toString());
    }

    @Test
    void await_inTwoRounds_givesEachPlaceOnceInEachRound() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var first = new ArrayList<Integer>();
            var second = new ArrayList<Integer>();
            runAll(() -> {
                first.add(barrier.await());
                assertTrue(first.size() <= PARTIES);
                int place = barrier.await();
                assertEquals(PARTIES, first.size());
                second.add(place);
            });
            Collections.sort(first);
            Collections.sort(second);
            assertEquals(List.of(0, 1, 2, 3, 4), first);
            assertEquals(List.of(0, 1, 2, 3, 4), second);
            assertReusable(barrier);
        });
    }

    @Test
    void state_whileTasksLeave_isDrainingForAllButTheLast() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            runAll(() -> {
                barrier.await();
                v.log(barrier.toString().contains("draining"));
            });
            assertEquals(List.of("true", "true", "true", "true", "false"), v.log());
            assertReusable(barrier);
        });
    }

    @Test
    void await_againWhileItDrains_waitsForTheNextRound() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var others = new Barrier(PARTIES - HALF);
            var again = new int[] {HALF};
            runAll(() -> {
                barrier.await();
                if (again[0]-- > 0) {
                    barrier.await();
                    v.log("again");
                } else {
                    others.await();
                    v.log("other");
                    barrier.await();
                }
            });
            assertEquals("other", v.log().getFirst()); // who came again has not got through before them
            assertEquals(PARTIES - HALF, count(v, "other"));
            assertEquals(HALF, count(v, "again"));
            assertReusable(barrier);
            assertReusable(others);
        });
    }

    @Test
    void reset_whenHalfHaveLeft_breaksTheOtherHalf() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            runAll(() -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException _) {
                    v.log("broken");
                    return;
                }
                v.log("through");
                if (count(v, "through") == PARTIES - HALF) {
                    barrier.reset();
                }
            });
            assertEquals(HALF, count(v, "broken"));
            assertEquals(PARTIES - HALF, count(v, "through"));
            assertReusable(barrier);
        });
    }

    @Test
    void reset_whenHalfHaveLeftAndCameAgain_leavesThoseThatCameAgainWaiting() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var left = new int[1];
            runAll(() -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException _) {
                    v.log("broken on the way out");
                    barrier.await();
                    return;
                }
                if (++left[0] > HALF) {
                    barrier.reset();
                    barrier.await();
                    return;
                }
                try {
                    barrier.await();
                } catch (BrokenBarrierException _) {
                    v.log("broken on the way in");
                }
            });
            assertEquals(HALF, count(v, "broken on the way out"));
            assertEquals(0, count(v, "broken on the way in"));
            assertReusable(barrier);
        });
    }

    @Test
    void reset_whileAllButOneWait_letsThemFillItAgain() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var waiting = tasks(PARTIES - 1, () -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException _) {
                    v.log("broken");
                }
                barrier.await();
                v.log("through");
            });
            createTask(barrier::reset);
            sleep(ZERO);
            Task<Void> last = createTask(() -> {
                barrier.await();
                v.log("through");
            });
            await(gather(waiting));
            await(last);
            assertEquals(PARTIES - 1, count(v, "broken"));
            assertEquals(PARTIES, count(v, "through"));
            assertReusable(barrier);
        });
    }

    @Test
    void reset_byTheLastThatLeaves_breaksNobody() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var left = new int[1];
            runAll(() -> {
                barrier.await();
                if (++left[0] == PARTIES) {
                    barrier.reset();
                }
                barrier.await();
                v.log("second round");
                barrier.await();
                v.log("third round");
            });
            assertEquals(PARTIES, count(v, "second round"));
            assertEquals(PARTIES, count(v, "third round"));
            assertReusable(barrier);
        });
    }

    @Test
    void abort_whenHalfHaveLeftAndCameAgain_breaksBothHalves() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var left = new int[1];
            runAll(() -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException _) {
                    v.log("broken on the way out");
                    return;
                }
                if (++left[0] > HALF) {
                    barrier.abort();
                    return;
                }
                try {
                    barrier.await();
                } catch (BrokenBarrierException _) {
                    v.log("broken on the way in");
                }
            });
            assertTrue(barrier.broken());
            assertEquals(HALF, count(v, "broken on the way out"));
            assertEquals(PARTIES - HALF - 1, count(v, "broken on the way in"));
            assertEquals(0, barrier.waiting());
        });
    }

    /** One of the five fails between two rounds and aborts the barrier. */
    private static void failAndAbort(VirtualLoop v, Barrier barrier) {
        try {
            if (barrier.await() == HALF) {
                throw new IllegalStateException("boom");
            }
            barrier.await();
            v.log("through");
        } catch (BrokenBarrierException _) {
            v.log("broken");
        } catch (IllegalStateException _) {
            barrier.abort();
        }
    }

    @Test
    void abort_byATaskThatFailed_breaksTheOthers() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            runAll(() -> failAndAbort(v, barrier));
            assertTrue(barrier.broken());
            assertEquals(0, count(v, "through"));
            assertEquals(PARTIES - 1, count(v, "broken"));
            assertEquals(0, barrier.waiting());
        });
    }

    @Test
    void reset_afterAnAbort_opensItForTheNextRound() {
        virtually(v -> {
            var barrier = new Barrier(PARTIES);
            var meeting = new Barrier(PARTIES);
            runAll(() -> {
                failAndAbort(v, barrier);
                if (meeting.await() == HALF) {
                    barrier.reset();
                }
                meeting.await();
                barrier.await();
                v.log("afterwards");
            });
            assertEquals(0, count(v, "through"));
            assertEquals(PARTIES - 1, count(v, "broken"));
            assertEquals(PARTIES, count(v, "afterwards"));
            assertReusable(barrier);
        });
    }
}
