package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Coroutine.fromGenerator;
import static jasyncio.traces.GeneratorSteps.steps;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Awaitable;
import jasyncio.CancelledError;
import jasyncio.Coroutine;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.generator.SendGenerator;

/** Generators that run as coroutines. */
final class GeneratorCoroutines {
    private GeneratorCoroutines() {}

    private static Coroutine<Object> coroutine(SendGenerator.Body<Awaitable<?>, Object, Object> body) {
        return fromGenerator(SendGenerator.of(body));
    }

    private static Task<String> worker(Trace t, String name, double delay) {
        return createTask(() -> t.worker(name, delay));
    }

    static void generatorCoroutineAwaitsWhatItYields(Trace t) {
        var body = coroutine(y -> {
            t.log("begins");
            t.log("got " + y.yield(worker(t, "a", 1)));
            return y.yield(worker(t, "b", 2)) + " at the end";
        });
        t.attempt("await", () -> await(body));
    }

    static void generatorCoroutineFutureThatIsDoneDoesNotYield(Trace t) {
        var body = coroutine(y -> {
            Future<Object> future = t.loop().createFuture();
            future.setResult("value");
            return y.yield(future);
        });
        t.ticks(2);
        t.attempt("await", () -> await(body));
    }

    static void generatorCoroutineFailureIsThrownIn(Trace t) {
        var body = coroutine(y -> {
            try {
                y.yield(createTask(() -> t.failing("a", 1)));
            } catch (Failed failure) {
                t.log("caught " + show(failure));
            }
            return "goes on";
        });
        t.attempt("await", () -> await(body));
    }

    static void generatorCoroutineFailureComesOut(Trace t) {
        var body = coroutine(y -> y.yield(createTask(() -> t.failing("a", 1))));
        t.attempt("await", () -> await(body));
    }

    static void generatorCoroutineAsATask(Trace t) {
        t.log(show(await(gather(() -> await(twice(t, "a")), () -> await(twice(t, "b"))))));
    }

    private static Coroutine<Object> twice(Trace t, String name) {
        return coroutine(y -> {
            y.yield(worker(t, name, 1));
            return y.yield(worker(t, name, 1));
        });
    }

    static void generatorCoroutineIsCancelled(Trace t) {
        Task<Object> task = createTask(coroutine(y -> {
            try {
                return y.yield(t.loop().createFuture());
            } catch (CancelledError cancellation) {
                t.log("inside " + show(cancellation));
                throw cancellation;
            } finally {
                t.log("finally");
            }
        }));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
    }

    static void generatorCoroutineSuppressesACancellation(Trace t) {
        Task<Object> task = createTask(coroutine(y -> {
            try {
                y.yield(t.loop().createFuture());
            } catch (CancelledError suppressed) {
                t.log("suppressed");
            }
            return y.yield(worker(t, "a", 1));
        }));
        sleep(seconds(1));
        task.cancel();
        t.attempt("task", () -> await(task));
    }

    static void generatorCoroutineYieldsNone(Trace t) {
        var body = coroutine(y -> {
            for (int number = 0; number < 3; number++) {
                t.log(number + " got " + show(y.yield()));
            }
            return "end";
        });
        t.ticks(4);
        t.attempt("await", () -> await(body));
    }

    /** What cannot be awaited gets past the compiler by an unchecked cast only. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static void generatorCoroutineYieldsWhatCannotBeAwaited(Trace t) {
        SendGenerator untyped = SendGenerator.<Object, Object, Object>of(y -> {
            try {
                y.yield("text");
            } catch (IllegalStateException refusal) {
                t.log(show(refusal));
            }
            return y.yield(5);
        });
        Coroutine<Object> body = fromGenerator(untyped);
        t.ticks(4);
        t.attempt("await", () -> await(body));
    }

    private static SendGenerator<Awaitable<?>, Object, Object> inner(Trace t, String name) {
        return SendGenerator.of(y -> "inner " + y.yield(worker(t, name, 1)));
    }

    static void generatorCoroutineDelegates(Trace t) {
        var body = coroutine(y -> y.yieldFrom(inner(t, "a")) + ", " + y.yieldFrom(inner(t, "b")));
        t.attempt("await", () -> await(body));
    }

    static void generatorCoroutineWithoutAYield(Trace t) {
        t.ticks(1);
        t.attempt("await", () -> await(coroutine(_ -> "at once")));
    }

    @SuppressWarnings("unchecked") // nothing is sent
    static void generatorCoroutineClosedBeforeItIsAwaited(Trace t) {
        SendGenerator<?, Object, Object> generator = SendGenerator.<Awaitable<?>, Object, Object>of(y -> {
            t.log("never");
            return y.yield();
        });
        var object = (SendGenerator<Object, Object, Object>) generator;
        Coroutine<Object> coroutine = fromGenerator((SendGenerator<Awaitable<?>, Object, Object>) generator);
        steps(t, "coroutine", object, "state");
        t.attempt("coroutine close", coroutine::close);
        steps(t, "coroutine", object, "state");
    }
}
