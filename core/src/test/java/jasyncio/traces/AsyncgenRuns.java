package jasyncio.traces;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Call;
import jasyncio.Runner;
import jasyncio.generator.AsyncGenerator;
import jasyncio.generator.GeneratorExit;
import java.util.ArrayList;
import java.util.List;

/** What run does with asynchronous generators that are left. These cases make their own loops. */
final class AsyncgenRuns {
    private AsyncgenRuns() {}

    private static AsyncGenerator<Integer> resource(Trace t, String name, double cleanup) {
        return AsyncGenerator.of(y -> {
            try {
                y.yield(1);
                y.yield(2);
            } finally {
                String which = currentTask().name().equals("main") ? "the main" : "another";
                t.log(name + " is closed in " + which + " task");
                sleep(seconds(cleanup));
                t.log(name + " has cleaned up");
            }
        });
    }

    private static void run(Trace t, Call<?, Exception> main) {
        t.attempt("run", () -> {
            try (var runner = new Runner(o -> o.loopFactory(t::replaceLoop))) {
                return runner.run(() -> {
                    currentTask().setName("main");
                    return main.call();
                });
            }
        });
        t.log("closed " + show(t.loop().closed()));
    }

    static void runClosesAGenerator(Trace t) {
        var generator = resource(t, "a", 1);
        run(t, () -> {
            t.log("item " + generator.anext());
            return "done";
        });
    }

    static void runClosesGeneratorsInTheOrderTheyBegan(Trace t) {
        var generators = List.of(resource(t, "a", 2), resource(t, "b", 1), resource(t, "c", 1));
        run(t, () -> {
            generators.forEach(AsyncGenerator::anext);
            return null;
        });
    }

    static void runClosesGeneratorsAfterItsTasks(Trace t) {
        var kept = new ArrayList<Object>();
        run(t, () -> {
            var generator = resource(t, "a", 1);
            kept.add(generator);
            kept.add(createTask(() -> {
                for (int _ : generator) {
                    sleep(seconds(9));
                }
            }));
            kept.add(createTask(() -> t.tidy("b", 9, 2)));
            sleep(seconds(1));
            t.log("main ends");
            return null;
        });
    }

    static void runFailsAndClosesGenerators(Trace t) {
        var generator = resource(t, "a", 1);
        run(t, () -> {
            generator.anext();
            throw new Failed("main");
        });
    }

    static void runReportsAGeneratorThatFails(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit e) {
                throw new Failed("cleanup", e);
            }
        });
        run(t, () -> {
            generator.anext();
            return null;
        });
    }

    static void runLeavesGeneratorsThatNeverBegan(Trace t) {
        var generator = resource(t, "a", 1);
        run(t, () -> generator.state() == null ? "never" : null);
    }
}
