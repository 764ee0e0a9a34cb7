package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.with;
import static jasyncio.generator.AsyncGenerator.asyncContextManager;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Action;
import jasyncio.AsyncContextManager;
import jasyncio.CancelledError;
import jasyncio.ExitStack;
import jasyncio.StopAsyncIteration;
import jasyncio.Task;
import jasyncio.generator.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/** Asynchronous context managers, those made of generators, and exit stacks. */
final class ContextManagers {
    private ContextManagers() {}

    private record Manager(Trace t, String name, boolean swallows, String fails)
            implements AsyncContextManager<String> {
        @Override
        public String enter() {
            sleep(seconds(1));
            t.log("enter " + name);
            if (fails.equals("enter")) {
                throw new Failed("enter " + name);
            }
            return name;
        }

        @Override
        public boolean exit(@Nullable Throwable thrown) {
            sleep(seconds(1));
            t.log("exit " + name + ": " + show(thrown));
            if (fails.equals("exit")) {
                throw new Failed("exit " + name);
            }
            return swallows;
        }
    }

    private static Manager manager(Trace t, String name) {
        return new Manager(t, name, false, "");
    }

    private static Manager swallowing(Trace t, String name) {
        return new Manager(t, name, true, "");
    }

    private static Manager failing(Trace t, String name, String where) {
        return new Manager(t, name, false, where);
    }

    private static void using(Trace t, AsyncContextManager<?> manager, @Nullable RuntimeException failure) {
        t.attempt("with", () -> {
            with(manager, value -> {
                t.log("body " + show(value));
                if (failure != null) {
                    throw failure;
                }
            });
            t.log("after");
            return "value";
        });
    }

    private static void using(Trace t, AsyncContextManager<?> manager) {
        using(t, manager, null);
    }

    /** Runs the body as a task that is cancelled after a while. */
    private static void cancelled(Trace t, double after, Action<?> body) {
        Task<Void> task = createTask(body);
        sleep(seconds(after));
        task.cancel("why");
        t.attempt("task", () -> await(task));
    }

    static void withEntersAndExits(Trace t) {
        using(t, manager(t, "a"));
    }

    static void withBodyFails(Trace t) {
        using(t, manager(t, "a"), new Failed("body"));
    }

    static void withExitSwallows(Trace t) {
        using(t, swallowing(t, "a"), new Failed("body"));
    }

    static void withEnterFails(Trace t) {
        using(t, failing(t, "a", "enter"));
    }

    static void withExitFails(Trace t) {
        using(t, failing(t, "a", "exit"));
    }

    static void withBodyAndExitFail(Trace t) {
        using(t, failing(t, "a", "exit"), new Failed("body"));
    }

    static void withCancelledInTheBody(Trace t) {
        cancelled(t, 2, () -> with(manager(t, "a"), _ -> sleep(seconds(9))));
    }

    static void withCancelledOnTheWayOut(Trace t) {
        cancelled(t, 1.5, () -> with(manager(t, "a"), _ -> t.log("body")));
    }

    static void withCancellationSwallowed(Trace t) {
        Task<String> task = createTask(() -> {
            with(swallowing(t, "a"), _ -> sleep(seconds(9)));
            t.log("goes on");
            sleep(seconds(1));
            return "value";
        });
        sleep(seconds(2));
        task.cancel("why");
        t.attempt("task", () -> await(task));
    }

    static void withWithinWith(Trace t) {
        t.attempt("with", () -> {
            with(
                    swallowing(t, "outer"),
                    _ -> with(failing(t, "inner", "exit"), _ -> {
                        throw new Failed("body");
                    }));
            return "value";
        });
    }

    static void managedGivesWhatIsYielded(Trace t) {
        using(t, asyncContextManager(y -> {
            t.log("way in");
            sleep(seconds(1));
            y.yield("resource");
            sleep(seconds(1));
            t.log("way out");
        }));
    }

    static void managedSeesTheFailure(Trace t) {
        AsyncContextManager<String> manager = asyncContextManager(y -> {
            try {
                y.yield("resource");
            } catch (Failed failure) {
                t.log("seen " + show(failure));
                throw failure;
            } finally {
                sleep(seconds(1));
            }
        });
        using(t, manager, new Failed("body"));
    }

    static void managedSwallowsTheFailure(Trace t) {
        AsyncContextManager<String> manager = asyncContextManager(y -> {
            try {
                y.yield("resource");
            } catch (Failed _) {
                // swallowed
            }
        });
        using(t, manager, new Failed("body"));
    }

    static void managedReplacesTheFailure(Trace t) {
        AsyncContextManager<String> manager = asyncContextManager(y -> {
            try {
                y.yield("resource");
            } catch (Failed failure) {
                throw new Failed("other", failure);
            }
        });
        using(t, manager, new Failed("body"));
    }

    static void managedWayInFails(Trace t) {
        using(t, asyncContextManager(_ -> {
            throw new Failed("way in");
        }));
    }

    static void managedWayOutFails(Trace t) {
        using(t, asyncContextManager(y -> {
            y.yield("resource");
            throw new Failed("way out");
        }));
    }

    static void managedNeverYields(Trace t) {
        using(t, asyncContextManager(_ -> {}));
    }

    static void managedYieldsTwice(Trace t) {
        using(t, asyncContextManager(y -> {
            try {
                y.yield(1);
                y.yield(2);
            } finally {
                sleep(seconds(1));
                t.log("closed");
            }
        }));
    }

    static void managedYieldsAgainAfterAFailure(Trace t) {
        AsyncContextManager<Integer> manager = asyncContextManager(y -> {
            try {
                try {
                    y.yield(1);
                } catch (Failed _) {
                    y.yield(2);
                }
            } finally {
                t.log("closed");
            }
        });
        using(t, manager, new Failed("body"));
    }

    static void managedLetsTheEndOfAnIterationPass(Trace t) {
        using(t, asyncContextManager(y -> y.yield(1)), new StopAsyncIteration());
    }

    static void managedLetsARefusalPass(Trace t) {
        using(t, asyncContextManager(y -> y.yield(1)), new IllegalStateException("body"));
    }

    static void managedCancelled(Trace t) {
        AsyncContextManager<Integer> manager = asyncContextManager(y -> {
            try {
                y.yield(1);
            } catch (CancelledError cancellation) {
                t.log("seen " + show(cancellation));
                throw cancellation;
            }
        });
        cancelled(t, 1, () -> with(manager, _ -> sleep(seconds(9))));
    }

    static void stackClosesInReverse(Trace t) {
        var stack = new ExitStack();
        t.attempt(
                "stack",
                () -> stack.run(() -> {
                    stack.enter(manager(t, "a"));
                    stack.callback(() -> t.worker("callback", 1));
                    stack.enter(manager(t, "b"));
                    t.log("body");
                    return "value";
                }));
    }

    static void stackSwallowsInTheMiddle(Trace t) {
        var stack = new ExitStack();
        t.attempt(
                "stack",
                () -> stack.run(() -> {
                    stack.enter(manager(t, "outer"));
                    stack.enter(swallowing(t, "swallower"));
                    stack.enter(manager(t, "inner"));
                    throw new Failed("body");
                }));
    }

    static void stackReplacesTheFailure(Trace t) {
        var stack = new ExitStack();
        t.attempt(
                "stack",
                () -> stack.run(() -> {
                    stack.enter(manager(t, "outer"));
                    stack.enter(failing(t, "failing", "exit"));
                    stack.enter(manager(t, "inner"));
                    throw new Failed("body");
                }));
    }

    static void stackEnterFails(Trace t) {
        var stack = new ExitStack();
        t.attempt(
                "stack",
                () -> stack.run(() -> {
                    stack.enter(manager(t, "a"));
                    stack.enter(failing(t, "b", "enter"));
                    t.log("never");
                }));
    }

    static void stackFailsOnTheWayOutAndSwallows(Trace t) {
        var stack = new ExitStack();
        t.attempt(
                "stack",
                () -> stack.run(() -> {
                    stack.enter(swallowing(t, "swallower"));
                    stack.enter(failing(t, "failing", "exit"));
                    t.log("body");
                }));
    }

    static void stackCancelled(Trace t) {
        var stack = new ExitStack();
        cancelled(
                t,
                3,
                () -> stack.run(() -> {
                    stack.enter(manager(t, "a"));
                    stack.enter(manager(t, "b"));
                    sleep(seconds(9));
                }));
    }

    static void stackCancelledOnTheWayOut(Trace t) {
        var stack = new ExitStack();
        cancelled(
                t,
                2.5,
                () -> stack.run(() -> {
                    stack.enter(manager(t, "a"));
                    stack.enter(manager(t, "b"));
                }));
    }

    static void stackWithAGenerator(Trace t) {
        AsyncGenerator<Integer> body = AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } finally {
                sleep(seconds(1));
                t.log("generator closed");
            }
        });
        var stack = new ExitStack();
        stack.run(() -> {
            AsyncGenerator<Integer> generator = stack.enter(AsyncGenerator.aclosing(body));
            t.attempt("item", generator::anext);
        });
    }
}
