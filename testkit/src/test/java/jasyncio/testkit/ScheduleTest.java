package jasyncio.testkit;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScheduleTest {
    /** Runs three tasks of three steps each and returns who took a step when. */
    private static List<String> steps(Schedule schedule) {
        List<String> log = new ArrayList<>();
        try (var loop = new VirtualClock().newEventLoop(o -> o.picker(schedule))) {
            loop.runUntilComplete(() -> {
                List<Task<?>> tasks = new ArrayList<>();
                for (String name : List.of("a", "b", "c")) {
                    tasks.add(createTask(name, () -> {
                        for (int i = 1; i <= 3; i++) {
                            log.add(name + i);
                            sleep(ZERO);
                        }
                    }));
                }
                for (Task<?> task : tasks) {
                    await(task);
                }
            });
        }
        return log;
    }

    @Test
    void seed0_isFirstInFirstOut() {
        assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"), steps(new Schedule(0)));
    }

    @Test
    void sameSeed_givesTheSameOrder() {
        for (long seed = 0; seed < 50; seed++) {
            assertEquals(steps(new Schedule(seed)), steps(new Schedule(seed)), "seed " + seed);
        }
    }

    @Test
    void seeds_giveManyOrders() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            orders.add(steps(new Schedule(seed)));
        }
        assertTrue(orders.size() > 100, () -> orders.size() + " orders of 200");
        assertTrue(
                orders.stream().anyMatch(order -> order.indexOf("c3") < order.indexOf("a1")), "c never got ahead of a");
    }

    @Test
    void ran_tellsWhoRanAndWhoWasReady() {
        var schedule = new Schedule(0);
        steps(schedule);

        assertTrue(schedule.ran().contains("2  a, while ready: b, c"), () -> String.join("\n", schedule.ran()));
    }

    @Test
    void callbacks_keepTheirOrder() {
        for (long seed = 0; seed < 50; seed++) {
            var schedule = new Schedule(seed);
            List<Integer> log = new ArrayList<>();
            try (var loop = new VirtualClock().newEventLoop(o -> o.picker(schedule))) {
                loop.runUntilComplete(() -> {
                    IntStream.range(0, 10).forEach(i -> loop.callSoon(() -> log.add(i)));
                    for (int i = 0; i < 20; i++) {
                        sleep(ZERO);
                    }
                });
            }
            assertEquals(log.stream().sorted().toList(), log, "seed " + seed);
        }
    }

    @Test
    void spinningTask_doesNotKeepOthersOut() {
        for (long seed = 0; seed < 50; seed++) {
            var schedule = new Schedule(seed);
            try (var loop = new VirtualClock().newEventLoop(o -> o.picker(schedule))) {
                loop.runUntilComplete(() -> {
                    var done = new boolean[1];
                    Task<?> setter = createTask("setter", () -> {
                        done[0] = true;
                    });
                    while (!done[0]) {
                        sleep(ZERO);
                    }
                    await(setter);
                });
            }
        }
    }
}
