package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.Call;
import jasyncio.ContextVar;
import jasyncio.EventLoop;
import jasyncio.KeyboardInterrupt;
import jasyncio.Runner;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/** Runner: what happens around the main task, above all at the end. These cases make their own loops. */
final class Runners {
    private Runners() {}

    /** Runs as {@code Asyncio.run} does, on a virtual loop that the trace follows. */
    private static void run(Trace t, String label, Call<?, Exception> main) {
        t.attempt(label, () -> {
            try (Runner runner = runner(t)) {
                return runner.run(main);
            }
        });
        t.log("closed " + show(t.loop().closed()));
    }

    private static void run(Trace t, Action<Exception> main) {
        run(t, "run", () -> {
            main.run();
            return null;
        });
    }

    private static Runner runner(Trace t) {
        return new Runner(o -> o.loopFactory(t::replaceLoop));
    }

    static void runReturns(Trace t) {
        run(t, "run", () -> t.worker("main", 1));
    }

    static void runFails(Trace t) {
        run(t, "run", () -> t.failing("main", 1));
    }

    static void runTwice(Trace t) {
        run(t, "first", () -> t.worker("main", 1));
        run(t, "second", () -> t.worker("main", 1));
    }

    static void runCancelsWhatIsLeft(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        run(t, () -> {
            tasks.add(createTask(() -> t.worker("a", 9)));
            tasks.add(createTask(() -> t.tidy("b", 9, 1)));
            sleep(seconds(1));
            t.log("main ends");
        });
        t.outcome("a", tasks.getFirst());
        t.outcome("b", tasks.getLast());
    }

    static void runCancelsWhatIsLeftAfterFailure(Trace t) {
        run(t, () -> {
            createTask(() -> t.tidy("a", 9, 1));
            sleep(seconds(1));
            throw new Failed("main");
        });
    }

    static void runCancelsTasksNotStarted(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        run(t, () -> {
            tasks.add(createTask(() -> t.worker("a", 9)));
        });
        t.outcome("a", tasks.getFirst());
    }

    static void runWaitsForStubbornTasks(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        run(t, () -> {
            tasks.add(createTask(() -> t.stubborn("a", 9, 20)));
            sleep(seconds(1));
        });
        t.outcome("a", tasks.getFirst());
    }

    static void runReportsFailuresAtShutdown(Trace t) {
        run(t, () -> {
            createTask(() -> t.clumsy("a", 9, 2));
            createTask(() -> t.worker("b", 9));
            createTask(() -> t.clumsy("c", 9, 1));
            sleep(seconds(1));
        });
    }

    static void runCancelsShieldedTasks(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        run(t, () -> {
            tasks.add(createTask(() -> t.worker("inner", 9)));
            tasks.add(createTask(() -> await(shield(tasks.getFirst()))));
            sleep(seconds(1));
        });
        t.outcome("inner", tasks.getFirst());
        t.outcome("waiter", tasks.getLast());
    }

    static void runTaskCreatedAtShutdownIsNotAwaited(Trace t) {
        List<Task<?>> tasks = new ArrayList<>();
        run(t, () -> {
            tasks.add(createTask(() -> {
                try {
                    sleep(seconds(9));
                } finally {
                    tasks.add(createTask(() -> t.worker("late", 9)));
                    sleep(seconds(1));
                    t.log("last ends");
                }
            }));
            sleep(seconds(1));
        });
        t.outcome("late", tasks.getLast());
    }

    static void runTimersAreDropped(Trace t) {
        run(t, () -> {
            runningLoop().callLater(seconds(5), t.logger("timer"));
            sleep(seconds(1));
        });
    }

    static void runMainCancelsItself(Trace t) {
        run(t, () -> {
            currentTask().cancel("main");
            sleep(seconds(1));
        });
    }

    static void runInsideRunIsRefused(Trace t) {
        run(t, () -> t.attempt("inner", () -> Asyncio.run(() -> t.log("not reached"))));
    }

    static void runGroupIsCancelledAtShutdown(Trace t) {
        List<Task<Void>> tasks = new ArrayList<>();
        run(t, () -> {
            tasks.add(createTask(() -> taskGroup(group -> {
                group.createTask(() -> t.tidy("a", 9, 1));
                group.createTask(() -> t.worker("b", 9));
            })));
            sleep(seconds(1));
        });
        t.outcome("grouped", tasks.getFirst());
    }

    static void runKeyboardInterruptInMain(Trace t) {
        run(t, () -> {
            createTask(() -> t.tidy("a", 9, 1));
            sleep(seconds(1));
            throw new KeyboardInterrupt();
        });
    }

    static void runnerKeepsLoopAndContext(Trace t) {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        try (Runner runner = runner(t)) {
            t.attempt("first", () -> runner.run(() -> seeAndSet(t, variable, "one")));
            EventLoop loop = runner.loop();
            t.attempt("second", () -> runner.run(() -> seeAndSet(t, variable, "two")));
            t.log("same loop " + show(runner.loop() == loop));
        }
        t.log("outside " + variable.get());
    }

    private static String seeAndSet(Trace t, ContextVar<String> variable, String value) {
        t.log("sees " + variable.get());
        variable.set(value);
        sleep(seconds(1));
        return value;
    }

    static void runnerLeavesTasksBetweenRuns(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        try (Runner runner = runner(t)) {
            runner.run(() -> {
                tasks.add(createTask(() -> t.tidy("left over", 2, 1)));
                sleep(seconds(1));
                t.log("main ends");
            });
            runner.run(() -> {
                sleep(seconds(0.5));
                t.log("main ends");
            });
            t.log("closing");
        }
        t.outcome("left over", tasks.getFirst());
    }

    static void runnerClosedRefuses(Trace t) {
        Runner runner = runner(t);
        t.attempt("first", () -> runner.run(() -> "value"));
        runner.close();
        runner.close();
        t.attempt("after close", () -> runner.run(() -> "value"));
    }
}
