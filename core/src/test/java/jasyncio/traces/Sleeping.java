package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Asyncio;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/** Sleeping, and how tasks interleave. */
final class Sleeping {
    private Sleeping() {}

    static void sleepZeroIsOneIteration(Trace t) {
        t.ticks(4);
        for (int number = 0; number < 3; number++) {
            sleep(ZERO);
            t.log("main " + number);
        }
    }

    static void negativeSleepIsOneIteration(Trace t) {
        t.ticks(3);
        sleep(seconds(-1));
        t.log("main");
        sleep(seconds(-0.001));
        t.log("main");
    }

    static void sleepTakesItsTime(Trace t) {
        for (double delay : new double[] {1, 0.5, 0, 2.25}) {
            sleep(seconds(delay));
            t.log("awake");
        }
    }

    static void sleepersInOrderOfDeadline(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        for (double delay : new double[] {3, 1, 2, 0, 0.5}) {
            tasks.add(createTask(() -> t.worker("sleeper of " + show(delay), delay)));
        }
        Asyncio.wait(tasks);
    }

    static void sleepersWithOneDeadline(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            String name = "sleeper " + number;
            tasks.add(createTask(() -> t.worker(name, 1)));
        }
        Asyncio.wait(tasks);
    }

    static void timerWakesSleeperOneIterationLater(Trace t) {
        Task<String> sleeper = createTask(() -> t.worker("a", 1));
        sleep(ZERO);
        t.loop().callLater(seconds(1), t.logger("timer"));
        t.loop().callLater(seconds(1), () -> t.ticks(3));
        await(sleeper);
        t.log("main");
    }

    static void tasksInterleaveAtSleepZero(Trace t) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            tasks.add(createTask(() -> {
                for (int number = 0; number < 3; number++) {
                    t.log(name + " " + number);
                    sleep(ZERO);
                }
            }));
        }
        Asyncio.wait(tasks);
    }

    static void taskWithoutSuspensionIsNotInterleaved(Trace t) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            tasks.add(createTask(() -> {
                for (int number = 0; number < 3; number++) {
                    t.log(name + " " + number);
                }
            }));
        }
        Asyncio.wait(tasks);
    }
}
