package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.task;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.CancelledError;
import jasyncio.ContextVar;
import jasyncio.StopAsyncIteration;
import jasyncio.Task;
import jasyncio.generator.AsyncGenerator;
import jasyncio.generator.AsyncSendGenerator;
import jasyncio.generator.Generator;
import jasyncio.generator.GeneratorExit;
import jasyncio.generator.StopIteration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asynchronous generators: what iterating, sending and throwing do. */
final class Asyncgens {
    private Asyncgens() {}

    /** Sleeps before each value, and logs how it ends. */
    private static AsyncGenerator<Integer> count(Trace t, String name, List<Integer> values, double delay) {
        return AsyncGenerator.of(y -> {
            t.log(name + " starts");
            try {
                for (int value : values) {
                    sleep(seconds(delay));
                    y.yield(value);
                }
            } catch (Throwable e) {
                t.log(name + ": " + show(e));
                throw e;
            }
            t.log(name + " ends");
        });
    }

    private static AsyncGenerator<Integer> count(Trace t, String name, List<Integer> values) {
        return count(t, name, values, 0);
    }

    /** Yields what it is sent. */
    private static AsyncSendGenerator<@Nullable String, @Nullable String> echo(Trace t) {
        return AsyncSendGenerator.of(y -> {
            String value = null;
            while (true) {
                value = y.yield(value);
                t.log("got " + show(value));
            }
        });
    }

    private static void drain(Trace t, String name, AsyncGenerator<?> generator) {
        for (Object value : generator) {
            t.log(name + " " + value);
        }
    }

    private static String state(Generator<?> generator) {
        return generator.state().toString().toLowerCase(Locale.ROOT);
    }

    static void asyncgenYieldsThenEnds(Trace t) {
        var generator = count(t, "a", List.of(1, 2, 3), 1);
        t.log("created");
        drain(t, "item", generator);
    }

    static void asyncgenWithoutAwaitsDoesNotSuspend(Trace t) {
        AsyncGenerator<Integer> values = AsyncGenerator.of(y -> {
            for (int value = 0; value < 3; value++) {
                y.yield(value);
            }
        });
        t.ticks(2);
        drain(t, "item", values);
        t.log("drained");
        sleep(ZERO);
    }

    static void asyncgenLatency(Trace t) {
        t.ticks(5);
        drain(t, "item", count(t, "a", List.of(1, 2, 3)));
    }

    static void asyncgenAdvancedByHand(Trace t) {
        var generator = count(t, "a", List.of(1, 2));
        for (String label : List.of("first", "second", "third", "fourth")) {
            t.attempt(label, generator::anext);
        }
    }

    static void asyncgenEmpty(Trace t) {
        var generator = count(t, "a", List.of());
        drain(t, "item", generator);
        t.attempt("again", generator::anext);
    }

    static void asyncgenBodyFails(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            y.yield(1);
            sleep(seconds(1));
            throw new Failed("body");
        });
        t.attempt("first", generator::anext);
        t.attempt("second", generator::anext);
        t.attempt("third", generator::anext);
    }

    static void asyncgenBodyFailsUnderALoop(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            y.yield(1);
            throw new Failed("body");
        });
        t.attempt("drained", () -> drain(t, "item", generator));
    }

    static void asyncgenStates(Trace t) {
        var self = new AtomicReference<AsyncGenerator<Integer>>();
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            t.log("inside " + state(self.get()));
            y.yield(1);
        });
        self.set(generator);
        t.log(state(generator));
        t.attempt("first", generator::anext);
        t.log(state(generator));
        t.attempt("second", generator::anext);
        t.log(state(generator));
    }

    static void asyncgenStateWhileItAwaits(Trace t) {
        var generator = count(t, "a", List.of(1), 2);
        Task<Void> task = createTask(() -> drain(t, "item", generator));
        sleep(seconds(1));
        t.log(state(generator));
        await(task);
        t.log(state(generator));
    }

    static void asyncgenStateAfterFailure(Trace t) {
        var generator = count(t, "a", List.of(1));
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new Failed("in")));
        t.log(state(generator));
    }

    static void asyncgenRaisesTheEndItself(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            y.yield(1);
            throw new StopAsyncIteration();
        });
        t.attempt("first", generator::anext);
        t.attempt("second", generator::anext);
        t.attempt("third", generator::anext);
    }

    static void asyncgenRaisesStopIteration(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            y.yield(1);
            throw new StopIteration(null);
        });
        t.attempt("first", generator::anext);
        t.attempt("second", generator::anext);
    }

    static void asyncgenLetsTheEndOfAnotherEscape(Trace t) {
        var inner = count(t, "inner", List.of(1));
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            while (true) {
                y.yield(inner.anext());
            }
        });
        t.attempt("first", generator::anext);
        t.attempt("second", generator::anext);
    }

    static void asyncgenLeftAndTakenUpAgain(Trace t) {
        var generator = count(t, "a", List.of(1, 2, 3));
        for (int value : generator) {
            t.log("first loop " + value);
            break;
        }
        drain(t, "second loop", generator);
    }

    static void asyncgenWithinAsyncgen(Trace t) {
        AsyncGenerator<Integer> outer = AsyncGenerator.of(y -> {
            for (int value : count(t, "inner", List.of(1, 2), 1)) {
                y.yield(value * 10);
            }
            y.yield(99);
        });
        drain(t, "item", outer);
    }

    private static AsyncGenerator<Integer> level(Trace t, int depth) {
        return AsyncGenerator.of(y -> {
            if (depth == 0) {
                y.yieldFrom(count(t, "innermost", List.of(1, 2)));
            } else {
                for (int value : level(t, depth - 1)) {
                    y.yield(value + 10);
                }
            }
        });
    }

    static void asyncgenLevelsCostNoIteration(Trace t) {
        t.ticks(4);
        drain(t, "item", level(t, 4));
    }

    private record Tree(
            @Nullable Tree left, int value, @Nullable Tree right) {
        AsyncGenerator<Integer> walk() {
            return AsyncGenerator.of(y -> {
                if (left != null) {
                    y.yieldFrom(left.walk());
                }
                sleep(seconds(1));
                y.yield(value);
                if (right != null) {
                    y.yieldFrom(right.walk());
                }
            });
        }
    }

    static void asyncgenWalksATree(Trace t) {
        var three = new Tree(null, 3, null);
        drain(t, "node", new Tree(new Tree(null, 1, null), 2, new Tree(three, 4, null)).walk());
    }

    private static AsyncGenerator<Integer> odd(Iterable<Integer> source) {
        return AsyncGenerator.of(y -> {
            for (int value : source) {
                if (value % 2 == 1) {
                    y.yield(value);
                }
            }
        });
    }

    private static AsyncGenerator<Integer> squared(Iterable<Integer> source) {
        return AsyncGenerator.of(y -> {
            for (int value : source) {
                sleep(seconds(1));
                y.yield(value * value);
            }
        });
    }

    static void asyncgenPipeline(Trace t) {
        drain(t, "item", squared(odd(count(t, "source", List.of(0, 1, 2, 3, 4, 5)))));
    }

    static void asyncgenRunsAsTheConsumer(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            t.log("starts in " + currentTask().name());
            y.yield(1);
            sleep(ZERO);
            t.log("goes on in " + currentTask().name());
            y.yield(2);
            t.log("ends in " + currentTask().name());
        });
        t.attempt("main", generator::anext);
        await(createTask("child", () -> t.attempt("child", generator::anext)));
        t.log("back in " + currentTask().name());
        t.attempt("main", generator::anext);
    }

    static void asyncgenSeesTheConsumersContext(Trace t) {
        var variable = new ContextVar<>("variable", "default");
        AsyncGenerator<@Nullable Void> generator = AsyncGenerator.of(y -> {
            while (true) {
                t.log("body sees " + variable.get());
                variable.set(variable.get() + "+");
                y.yield(null);
            }
        });
        generator.anext();
        t.log("main sees " + variable.get());
        await(createTask(() -> {
            variable.set("child");
            generator.anext();
            t.log("child sees " + variable.get());
        }));
        t.log("main sees " + variable.get());
        generator.anext();
        t.log("main sees " + variable.get());
    }

    static void asyncgenTwoInterleaved(Trace t) {
        var a = count(t, "a", List.of(1, 2), 1);
        var b = count(t, "b", List.of(3, 4), 1);
        for (int i = 0; i < 2; i++) {
            t.attempt("a", a::anext);
            t.attempt("b", b::anext);
        }
    }

    static void asyncgenTwoConsumersAtATime(Trace t) {
        await(gather(
                () -> drain(t, "first", count(t, "a", List.of(1, 2), 2)),
                () -> drain(t, "second", count(t, "b", List.of(3, 4), 3))));
    }

    static void asyncgenYieldsNothingInParticular(Trace t) {
        AsyncGenerator<@Nullable Integer> generator = AsyncGenerator.of(y -> {
            y.yield(null);
            y.yield(2);
        });
        t.attempt("first", generator::anext);
        t.attempt("second", generator::anext);
    }

    static void asyncgenAwaitsATaskOfItsOwn(Trace t) {
        AsyncGenerator<Object> generator = AsyncGenerator.of(y -> {
            Task<String> task = createTask(() -> t.worker("helper", 1));
            y.yield(1);
            y.yield(await(task));
        });
        drain(t, "item", generator);
    }

    static void asyncgenStartsAnEagerTask(Trace t) {
        AsyncGenerator<Object> generator = AsyncGenerator.of(y -> {
            Task<String> task = task().name("helper").eager(true).start(() -> t.worker("helper", 1));
            t.log("body in " + currentTask().name());
            y.yield(await(task));
        });
        drain(t, "item", generator);
    }

    static void asyncgenAdvancedByAnEagerTask(Trace t) {
        var generator = count(t, "a", List.of(1, 2), 1);
        Task<Integer> first = t.eager(generator::anext);
        t.outcome("first", first);
        t.log("result " + await(first));
        t.log("result " + generator.anext());
    }

    static void asendArrivesAtTheYield(Trace t) {
        var generator = echo(t);
        t.attempt("first", generator::anext);
        t.attempt("second", () -> generator.asend("a"));
        t.attempt("third", () -> generator.asend("b"));
    }

    static void asendOfSomethingFirstIsRefused(Trace t) {
        var generator = echo(t);
        t.attempt("first", () -> generator.asend("a"));
        t.log(state(generator));
        t.attempt("second", generator::anext);
        t.attempt("third", () -> generator.asend("b"));
    }

    static void asendOfNothingStarts(Trace t) {
        var generator = echo(t);
        t.attempt("first", () -> generator.asend(null));
        t.attempt("second", () -> generator.asend("a"));
    }

    static void asendMixedWithAnext(Trace t) {
        var generator = echo(t);
        generator.anext();
        t.attempt("sent", () -> generator.asend("a"));
        t.attempt("advanced", generator::anext);
        t.attempt("sent", () -> generator.asend("b"));
    }

    static void asendEndsTheBody(Trace t) {
        AsyncSendGenerator<Integer, String> generator = AsyncSendGenerator.of(y -> t.log("got " + y.yield(1)));
        generator.anext();
        t.attempt("sent", () -> generator.asend("a"));
        t.attempt("sent again", () -> generator.asend("b"));
    }

    static void asendRunningAverage(Trace t) {
        AsyncSendGenerator<@Nullable Double, Integer> generator = AsyncSendGenerator.of(y -> {
            int total = 0;
            int count = 0;
            Double value = null;
            while (true) {
                int number = y.yield(value);
                sleep(seconds(number));
                total += number;
                count++;
                value = (double) total / count;
            }
        });
        generator.anext();
        for (int number : List.of(1, 3, 5)) {
            t.attempt(String.valueOf(number), () -> generator.asend(number));
        }
    }

    static void athrowIsSeenAtTheYield(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            int value = 1;
            while (true) {
                try {
                    y.yield(value);
                } catch (Failed failure) {
                    t.log("body: " + show(failure));
                    value++;
                }
            }
        });
        t.attempt("first", generator::anext);
        t.attempt("thrown", () -> generator.athrow(new Failed("a")));
        t.attempt("thrown", () -> generator.athrow(new Failed("b")));
        t.attempt("next", generator::anext);
    }

    static void athrowPassesThrough(Trace t) {
        var generator = count(t, "a", List.of(1, 2));
        t.attempt("first", generator::anext);
        t.attempt("thrown", () -> generator.athrow(new Failed("in")));
        t.attempt("next", generator::anext);
    }

    static void athrowBeforeTheBeginning(Trace t) {
        var generator = count(t, "a", List.of(1));
        t.attempt("thrown", () -> generator.athrow(new Failed("in")));
        t.log(state(generator));
        t.attempt("next", generator::anext);
    }

    static void athrowEndsTheBody(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (Failed _) {
                sleep(seconds(1));
            }
        });
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new Failed("in")));
        t.attempt("next", generator::anext);
    }

    static void athrowIsReplaced(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                throw new Failed("out", failure);
            }
        });
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new Failed("in")));
    }

    static void athrowOfAnExitMayBeSurvived(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit _) {
                y.yield(2);
            }
        });
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new GeneratorExit()));
        t.attempt("next", generator::anext);
    }

    static void athrowOfAnExitPassesThrough(Trace t) {
        var generator = count(t, "a", List.of(1, 2));
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new GeneratorExit()));
        t.log(state(generator));
    }

    static void athrowOfAnEndBecomesARefusal(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> y.yield(1));
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new StopAsyncIteration()));
    }

    static void athrowOfACancellation(Trace t) {
        var generator = count(t, "a", List.of(1, 2));
        generator.anext();
        t.attempt("thrown", () -> generator.athrow(new CancelledError("in")));
        t.logCancelling();
    }

    static void athrowIntoABodyThatAwaitsFirst(Trace t) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } catch (Failed _) {
                sleep(seconds(2));
                y.yield(2);
            }
        });
        generator.anext();
        t.log("value " + generator.athrow(new Failed("in")));
        t.attempt("next", generator::anext);
    }
}
