package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.waitFor;
import static jasyncio.Asyncio.with;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.CancelledError;
import jasyncio.StopAsyncIteration;
import jasyncio.Task;
import jasyncio.TaskGroup;
import jasyncio.generator.AsyncGenerator;
import jasyncio.generator.AsyncSendGenerator;
import jasyncio.generator.Generator;
import jasyncio.generator.GeneratorExit;
import jasyncio.queue.Queue;
import jasyncio.sync.Lock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Asynchronous generators: closing, cancelling, and more than one task at one of them. */
final class AsyncgenClosing {
    private AsyncgenClosing() {}

    /** Yields 1, 2, 3 and awaits when it cleans up. */
    private static AsyncSendGenerator<Integer, String> resource(Trace t, String name, double cleanup, double delay) {
        return AsyncSendGenerator.of(y -> {
            try {
                for (int value = 1; value <= 3; value++) {
                    sleep(seconds(delay));
                    y.yield(value);
                }
            } catch (Throwable e) {
                t.log(name + ": " + show(e));
                throw e;
            } finally {
                sleep(seconds(cleanup));
                t.log(name + " has cleaned up");
            }
        });
    }

    private static AsyncSendGenerator<Integer, String> resource(Trace t, String name, double cleanup) {
        return resource(t, name, cleanup, 0);
    }

    private static AsyncSendGenerator<Integer, String> resource(Trace t, String name) {
        return resource(t, name, 0);
    }

    private static String state(Generator<?> generator) {
        return generator.state().toString().toLowerCase(Locale.ROOT);
    }

    static void acloseRunsWhatIsFinally(Trace t) {
        var generator = resource(t, "a", 2);
        t.attempt("first", generator::anext);
        t.attempt("closed", generator::aclose);
        t.log(state(generator));
        t.attempt("next", generator::anext);
    }

    static void acloseLatency(Trace t) {
        var generator = resource(t, "a");
        generator.anext();
        t.ticks(3);
        t.attempt("closed", generator::aclose);
    }

    static void acloseBeforeTheBeginning(Trace t) {
        var generator = resource(t, "a");
        t.attempt("closed", generator::aclose);
        t.log(state(generator));
        t.attempt("next", generator::anext);
    }

    static void acloseAfterTheEnd(Trace t) {
        var generator = resource(t, "a");
        for (int _ : generator) {}
        t.attempt("closed", generator::aclose);
        t.attempt("closed again", generator::aclose);
    }

    static void acloseTwice(Trace t) {
        var generator = resource(t, "a");
        generator.anext();
        t.attempt("closed", generator::aclose);
        t.attempt("closed again", generator::aclose);
    }

    static void acloseThatIsIgnored(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit _) {
                y.yield(2);
            }
            y.yield(3);
        });
        t.attempt("first", generator::anext);
        t.attempt("closed", generator::aclose);
        t.log(state(generator));
        t.attempt("closed again", generator::aclose);
        t.attempt("thrown", () -> generator.athrow(new Failed("in")));
        t.attempt("next", generator::anext);
        t.attempt("next", generator::anext);
        t.attempt("closed at the end", generator::aclose);
    }

    static void acloseThatIsIgnoredAfterAnAwait(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } finally {
                sleep(seconds(1));
                y.yield(2);
            }
        });
        generator.anext();
        t.attempt("closed", generator::aclose);
        t.attempt("next", generator::anext);
    }

    static void acloseAndTheBodyFails(Trace t) {
        AsyncGenerator<Integer> generator = failingInCleanup();
        generator.anext();
        t.attempt("closed", generator::aclose);
        t.attempt("closed again", generator::aclose);
    }

    private static AsyncGenerator<Integer> failingInCleanup() {
        return AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit e) {
                throw new Failed("cleanup", e);
            }
        });
    }

    static void acloseAndTheBodyReturns(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit _) {
                t.log("swallowed");
            }
        });
        generator.anext();
        t.attempt("closed", generator::aclose);
    }

    static void acloseAndTheBodyRaisesAnEnd(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit _) {
                throw new StopAsyncIteration();
            }
        });
        generator.anext();
        t.attempt("closed", generator::aclose);
    }

    static void acloseLeavesTheInnerOneAlone(Trace t) {
        var inner = resource(t, "inner");
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            for (int value : inner) {
                y.yield(value);
            }
        });
        generator.anext();
        t.attempt("closed", generator::aclose);
        t.log(state(inner));
        t.attempt("inner goes on", inner::anext);
        inner.aclose();
    }

    static void acloseByAnotherTask(Trace t) {
        var generator = resource(t, "a", 1);
        generator.anext();
        Task<Void> task = createTask("closer", generator::aclose);
        sleep(ZERO);
        t.log(state(generator));
        await(task);
        t.log(state(generator));
    }

    static void aclosingAfterABreak(Trace t) {
        var generator = resource(t, "a", 1);
        with(AsyncGenerator.aclosing(generator), g -> {
            for (int value : g) {
                t.log("item " + value);
                break;
            }
        });
        t.log(state(generator));
    }

    static void aclosingAndTheBodyFails(Trace t) {
        t.attempt(
                "with",
                () -> with(AsyncGenerator.aclosing(resource(t, "a", 1)), generator -> {
                    generator.anext();
                    throw new Failed("body");
                }));
    }

    static void aclosingWhatNeverBegan(Trace t) {
        with(AsyncGenerator.aclosing(resource(t, "a", 1)), _ -> t.log("body"));
    }

    static void cancelledInTheBody(Trace t) {
        var generator = resource(t, "a", 1, 5);
        Task<Integer> task = createTask(generator::anext);
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
        t.log(state(generator));
        t.attempt("next", generator::anext);
    }

    static void cancelledAndTheBodyGoesOn(Trace t) {
        AsyncGenerator<String> generator = AsyncGenerator.of(y -> {
            try {
                sleep(seconds(5));
            } catch (CancelledError cancellation) {
                t.log("body: " + show(cancellation));
                t.logCancelling();
            }
            y.yield("all the same");
            y.yield("more");
        });
        Task<String> task = createTask(generator::anext);
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
        t.attempt("next", generator::anext);
    }

    static void cancelledBetweenTheItems(Trace t) {
        var generator = resource(t, "a");
        Task<Void> task = createTask(() -> {
            for (int value : generator) {
                t.log("item " + value);
                sleep(seconds(5));
            }
        });
        sleep(seconds(1));
        task.cancel();
        t.attempt("task", () -> await(task));
        t.log(state(generator));
        t.attempt("next", generator::anext);
        generator.aclose();
    }

    static void cancelledWhileItCloses(Trace t) {
        var generator = resource(t, "a", 5);
        generator.anext();
        Task<Void> task = createTask(generator::aclose);
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
        t.log(state(generator));
    }

    static void cancelledBeforeItAdvances(Trace t) {
        var generator = resource(t, "a");
        Task<Integer> task = createTask(generator::anext);
        task.cancel();
        t.attempt("task", () -> await(task));
        t.log(state(generator));
    }

    static void cancelledByTheBody(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            currentTask().cancel("own");
            t.log("goes on");
            y.yield(1);
            sleep(seconds(1));
            y.yield(2);
        });
        t.attempt(
                "task",
                () -> await(createTask(() -> {
                    for (int value : generator) {
                        t.log("item " + value);
                    }
                })));
    }

    static void cancelledAndCaughtByTheConsumer(Trace t) {
        var generator = resource(t, "a", 0, 5);
        Task<String> task = createTask(() -> {
            try {
                generator.anext();
            } catch (CancelledError _) {
                t.log("caught, " + state(generator));
            }
            currentTask().uncancel();
            sleep(seconds(1));
            return "done";
        });
        sleep(seconds(1));
        task.cancel();
        t.attempt("task", () -> await(task));
    }

    static void overlappingAnextIsRefused(Trace t) {
        var generator = resource(t, "a", 0, 2);
        Task<Integer> task = createTask(generator::anext);
        sleep(seconds(1));
        t.attempt("anext", generator::anext);
        t.attempt("asend", () -> generator.asend(null));
        t.attempt("athrow", () -> generator.athrow(new Failed("in")));
        t.attempt("aclose", generator::aclose);
        t.log(state(generator));
        t.attempt("task", () -> await(task));
        t.attempt("anext", generator::anext);
        generator.aclose();
    }

    static void overlappingAcloseIsRefused(Trace t) {
        var generator = resource(t, "a", 2);
        generator.anext();
        Task<Void> task = createTask(generator::aclose);
        sleep(seconds(1));
        t.attempt("anext", generator::anext);
        t.attempt("aclose", generator::aclose);
        t.attempt("task", () -> await(task));
    }

    static void ownBodyCannotAdvanceIt(Trace t) {
        var self = new AtomicReference<AsyncGenerator<Integer>>();
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            t.attempt("anext inside", () -> self.get().anext());
            t.attempt("aclose inside", () -> self.get().aclose());
            y.yield(1);
        });
        self.set(generator);
        t.attempt("first", generator::anext);
        t.attempt("second", generator::anext);
    }

    static void aNewTaskForEachItem(Trace t) {
        AsyncGenerator<String> generator = AsyncGenerator.of(y -> {
            for (int value = 0; value < 4; value++) {
                sleep(seconds(1));
                y.yield(value + " by " + currentTask().name());
            }
        });
        for (int number = 0; number < 5; number++) {
            Task<String> task = createTask("task " + number, generator::anext);
            t.attempt("item", () -> await(task));
        }
    }

    static void timeoutAroundTheAdvance(Trace t) {
        var generator = resource(t, "a", 1, 5);
        t.attempt(
                "limited",
                () -> timeout(seconds(1), () -> {
                    generator.anext();
                }));
        t.log(state(generator));
    }

    static void timeoutAroundTheIteration(Trace t) {
        var generator = resource(t, "a", 0, 2);
        t.attempt(
                "limited",
                () -> timeout(seconds(5), () -> {
                    for (int value : generator) {
                        t.log("item " + value);
                    }
                }));
    }

    static void timeoutInTheBody(Trace t) {
        AsyncGenerator<String> generator = AsyncGenerator.of(y -> {
            for (int delay : List.of(1, 3)) {
                String result;
                try {
                    timeout(seconds(2), () -> sleep(seconds(delay)));
                    result = "in time";
                } catch (TimeoutException _) {
                    result = "too late";
                }
                y.yield(result);
            }
        });
        for (String value : generator) {
            t.log("item " + value);
        }
    }

    static void waitForAnItem(Trace t) {
        var generator = resource(t, "a", 0, 3);
        t.attempt("item", () -> waitFor(createTask(generator::anext), seconds(1)));
        t.log(state(generator));
    }

    static void groupInTheBody(Trace t) {
        AsyncGenerator<String> generator = AsyncGenerator.of(y -> {
            var group = new TaskGroup();
            List<Task<String>> tasks = group.run(
                    () -> List.of(group.createTask(() -> t.worker("a", 2)), group.createTask(() -> t.worker("b", 1))));
            for (var task : tasks) {
                y.yield(task.result());
            }
        });
        for (String value : generator) {
            t.log("item " + value);
        }
    }

    static void groupInTheBodyFails(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            taskGroup(group -> {
                group.createTask(() -> t.worker("a", 2));
                group.createTask(() -> t.failing("b", 1));
            });
            y.yield(1);
        });
        t.attempt("item", generator::anext);
        t.log(state(generator));
    }

    static void shieldInTheBody(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 3));
        AsyncGenerator<String> generator = AsyncGenerator.of(y -> y.yield(await(shield(inner))));
        Task<String> task = createTask(generator::anext);
        sleep(seconds(1));
        task.cancel();
        t.attempt("task", () -> await(task));
        t.attempt("inner", () -> await(inner));
    }

    static void lockHeldByTheBody(Trace t) {
        var lock = new Lock();
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try (var _ = lock.acquire()) {
                y.yield(1);
                y.yield(2);
            }
        });
        generator.anext();
        t.log("locked " + show(lock.locked()));
        Task<Void> waiter = createTask(() -> t.holder("b", lock::acquire, 0));
        sleep(seconds(1));
        generator.aclose();
        await(waiter);
    }

    static void queueBetweenGeneratorAndProducer(Trace t) {
        Queue<Integer> queue = new Queue<>();
        Task<Void> producer = createTask(() -> {
            for (int value : List.of(1, 2, 0)) {
                sleep(seconds(1));
                queue.putNowait(value);
            }
        });
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            int item;
            while ((item = queue.get()) != 0) {
                y.yield(item);
            }
        });
        for (int value : generator) {
            t.log("item " + value);
        }
        await(producer);
    }

    static void shutdownInATask(Trace t) {
        var a = resource(t, "a", 2);
        var b = resource(t, "b", 1);
        var c = resource(t, "c", 1);
        a.anext();
        b.anext();
        t.loop().shutdownAsyncgens();
        t.log(state(a) + " " + state(b) + " " + state(c));
        t.attempt("begun later", c::anext);
        c.aclose();
    }

    static void failuresOfGeneratorsThatTheLoopCloses(Trace t) {
        AsyncGenerator<Integer> ignoring = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } finally {
                y.yield(2);
            }
        });
        AsyncGenerator<Integer> cancelling = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit _) {
                throw new CancelledError(null);
            }
        });
        List<AsyncGenerator<Integer>> generators =
                List.of(failingInCleanup(), ignoring, cancelling, resource(t, "a", 1));
        generators.forEach(AsyncGenerator::anext);
        t.loop().shutdownAsyncgens();
        t.log(generators.stream().map(AsyncgenClosing::state).collect(Collectors.joining(" ")));
    }

    static void shutdownWithoutGenerators(Trace t) {
        t.ticks(2);
        t.loop().shutdownAsyncgens();
        t.log("shut down");
        sleep(ZERO);
    }

    static void shutdownLatency(Trace t) {
        var generator = resource(t, "a");
        generator.anext();
        t.ticks(5);
        t.loop().shutdownAsyncgens();
        t.log("shut down");
    }
}
