package jasyncio.greenlet;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.sync.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Greenlets inside tasks. */
class GreenletTaskTest {
    private Greenlet a;
    private Greenlet b;

    @Test
    void await_inAGreenlet_suspendsTheTaskWithAllItsGreenlets() {
        virtually(v -> {
            List<String> log = new ArrayList<>();
            a = Greenlet.of(() -> {
                log.add("a");
                sleep(ofSeconds(1));
                log.add("a after 1 s");
                b.switchTo();
                sleep(ofSeconds(1));
                log.add("a after 3 s");
                return "done";
            });
            b = Greenlet.of(() -> {
                log.add("b");
                sleep(ofSeconds(1));
                log.add("b after 2 s");
                a.switchTo();
            });
            Task<Object> task = createTask(this::inTask);
            Task<Void> other = createTask(() -> {
                for (int i = 0; i < 3; i++) {
                    sleep(ofSeconds(1));
                    log.add("other");
                }
            });
            assertEquals("done", await(task));
            await(other);
            assertEquals(
                    List.of("a", "a after 1 s", "b", "other", "b after 2 s", "other", "a after 3 s", "other"), log);
        });
    }

    private Object inTask() {
        a.setParent(Greenlet.current());
        b.setParent(Greenlet.current());
        return a.switchTo();
    }

    @Test
    void eachTask_hasAMainGreenletOfItsOwn() {
        virtually(v -> {
            Greenlet here = Greenlet.current();
            Greenlet mine = Greenlet.of(() -> "mine");
            Task<Void> other = createTask(() -> {
                assertNotSame(here, Greenlet.current());
                var refusal = assertThrows(GreenletException.class, mine::switchTo);
                assertTrue(refusal.getMessage().contains("each task has greenlets of its own"), refusal.getMessage());
            });
            await(other);
            assertEquals("mine", mine.switchTo());
            assertSame(here, Greenlet.current());
        });
    }

    @Test
    void currentTask_inAGreenlet_isTheTaskThatRunsIt() {
        virtually(v -> {
            Task<?> task = currentTask();
            assertSame(task, Greenlet.of(() -> currentTask()).switchTo());
        });
    }

    @Test
    void cancel_whileAGreenletAwaits_isThrownThereAndThenInItsParent() {
        virtually(v -> {
            List<String> log = new ArrayList<>();
            var never = new Event();
            Task<Void> task = createTask(() -> {
                Greenlet greenlet = Greenlet.of(() -> {
                    try {
                        never.await();
                    } finally {
                        log.add("greenlet");
                    }
                });
                try {
                    greenlet.switchTo();
                } finally {
                    log.add("main");
                }
            });
            sleep(ZERO);
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(List.of("greenlet", "main"), log);
        });
    }

    @Test
    void timeout_aroundASwitch_reachesTheGreenletThatAwaits() {
        virtually(v -> {
            Greenlet greenlet = Greenlet.of(() -> sleep(ofSeconds(60)));
            assertThrows(
                    TimeoutException.class, () -> jasyncio.Asyncio.timeout(ofSeconds(1), () -> greenlet.switchTo()));
            assertTrue(greenlet.dead());
        });
    }

    /** Two tasks whose greenlets await and switch in turn, long enough for the compiler. */
    @Test
    void greenletsOfTwoTasks_thatAwaitAndSwitch_doNotMeet() {
        virtually(v -> {
            Task<Integer> one = createTask(() -> pingPong(3_000));
            Task<Integer> two = createTask(() -> pingPong(3_000));
            assertEquals(3_000, await(one));
            assertEquals(3_000, await(two));
        });
    }

    private static int pingPong(int rounds) {
        Task<?> task = currentTask();
        var pair = new Greenlet[2];
        pair[0] = Greenlet.of(() -> {
            int count = 0;
            for (int i = 0; i < rounds; i++) {
                sleep(ZERO);
                count = (int) pair[1].switchTo(count);
                assertSame(task, currentTask());
            }
            return count;
        });
        pair[1] = Greenlet.taking(first -> {
            int count = (int) first;
            while (true) {
                sleep(ZERO);
                assertSame(task, currentTask());
                count = (int) pair[0].switchTo(count + 1);
            }
        });
        return (int) pair[0].switchTo();
    }
}
