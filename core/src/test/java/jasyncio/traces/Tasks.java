package jasyncio.traces;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.ensureFuture;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.Coroutine;
import jasyncio.Future;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tasks and coroutines without cancellation. */
final class Tasks {
    private Tasks() {}

    static void firstStepIsScheduled(Trace t) {
        t.loop().callSoon(t.logger("soon before"));
        Task<String> task = createTask(() -> t.worker("a", 0));
        t.loop().callSoon(t.logger("soon after"));
        t.log("created");
        t.outcome("task", task);
        await(task);
    }

    static void awaitCoroutineNoYield(Trace t) {
        t.ticks(2);
        t.log("result " + child(t));
        Coroutine<String> coroutine = coroutine(() -> child(t));
        t.log("coroutine made");
        t.log("result " + await(coroutine));
        sleep(ZERO);
    }

    private static String child(Trace t) {
        t.log("child");
        return "value";
    }

    static void awaitFinishedTaskNoYield(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 0));
        sleep(seconds(1));
        t.ticks(2);
        t.log("result " + await(task));
        t.log("result " + await(task));
        sleep(ZERO);
    }

    static void awaitTaskLatency(Trace t) {
        t.ticks(4);
        await(createTask(() -> t.log("child")));
        t.log("main");
        sleep(ZERO);
    }

    static void taskChainLatency(Trace t) {
        t.ticks(9);
        taskLevel(t, 3);
    }

    private static void taskLevel(Trace t, int depth) {
        if (depth > 0) {
            await(createTask(() -> taskLevel(t, depth - 1)));
        }
        t.log("level " + depth);
    }

    static void nestedCoroutines(Trace t) {
        t.log("result " + level(t, 3));
    }

    private static int level(Trace t, int depth) {
        t.log("enter " + depth);
        if (depth > 0) {
            level(t, depth - 1);
        } else {
            sleep(seconds(1));
        }
        t.log("leave " + depth);
        return depth;
    }

    static void recursion(Trace t) {
        t.log("fibonacci " + fibonacci(10));
        t.log("factorial " + factorial(10));
    }

    private static int fibonacci(int number) {
        if (number < 2) {
            sleep(ZERO);
            return number;
        }
        return fibonacci(number - 1) + fibonacci(number - 2);
    }

    private static int factorial(int number) {
        return number < 2 ? 1 : number * await(createTask(() -> factorial(number - 1)));
    }

    static void exceptionThroughSeveralAwaits(Trace t) {
        t.attempt("outer", () -> {
            try {
                middle(t);
            } catch (Failed failure) {
                t.log("outer caught " + failure.getMessage());
                throw failure;
            }
        });
    }

    private static void middle(Trace t) {
        try {
            sleep(seconds(1));
            throw new Failed("boom");
        } finally {
            t.log("finally of middle");
        }
    }

    static void exceptionThroughSeveralTasks(Trace t) {
        var failure = new Failed("boom");
        Action<RuntimeException> inner = () -> {
            sleep(seconds(1));
            throw failure;
        };
        try {
            await(createTask(() -> {
                try {
                    await(createTask(inner));
                } finally {
                    t.log("finally of middle");
                }
            }));
        } catch (Failed caught) {
            t.log("the same " + show(caught == failure));
        }
    }

    static void exceptionTranslated(Trace t) {
        Action<RuntimeException> inner = () -> {
            throw new Failed("inner");
        };
        t.attempt("outer", () -> {
            try {
                await(createTask(inner));
            } catch (Failed failure) {
                throw new Failed("outer of " + failure.getMessage(), failure);
            }
        });
    }

    static void failedTask(Trace t) {
        Task<String> task = createTask(() -> t.failing("a", 1));
        task.addDoneCallback(t.onDone("callback"));
        t.attempt("first", () -> await(task));
        t.attempt("second", () -> await(task));
        t.attempt("result", task::result);
        t.attempt("exception", task::exception);
        t.attempt("cancelled", task::cancelled);
        t.attempt("cancel", () -> task.cancel());
    }

    static void failedTaskDoesNotDisturbOthers(Trace t) {
        Task<String> failing = createTask(() -> t.failing("a", 1));
        Task<String> other = createTask(() -> t.worker("b", 2));
        t.log("other " + await(other));
        t.outcome("failing", failing);
    }

    static void unfinishedTask(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        t.attempt("result", task::result);
        t.attempt("exception", task::exception);
        t.attempt("done", task::done);
        await(task);
        t.attempt("result", task::result);
        t.attempt("exception", task::exception);
        t.attempt("done", task::done);
    }

    static void taskResultCannotBeSet(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        t.attempt("set_result", () -> task.setResult("other"));
        t.attempt("set_exception", () -> task.setException(new Failed("boom")));
        t.log("result " + await(task));
    }

    static void doneCallbacksAndWaitersOfTask(Trace t) {
        Task<String> task = createTask(() -> t.worker("task", 1));
        task.addDoneCallback(t.onDone("callback 1"));
        Task<Void> first = createTask(() -> t.log("waiter 1 " + await(task)));
        sleep(ZERO);
        task.addDoneCallback(t.onDone("callback 2"));
        Task<Void> second = createTask(() -> t.log("waiter 2 " + await(task)));
        Asyncio.wait(List.of(first, second));
    }

    static void taskAwaitsItself(Trace t) {
        var task = new ArrayList<Task<String>>();
        task.add(createTask(() -> {
            sleep(ZERO);
            t.attempt("await", () -> await(task.getFirst()));
            sleep(seconds(1));
            return "goes on";
        }));
        t.log("result " + await(task.getFirst()));
    }

    static void coroutineIsLazy(Trace t) {
        Coroutine<String> coroutine = coroutine(() -> t.worker("a", 1));
        t.log("made");
        sleep(seconds(1));
        t.log("result " + await(coroutine));
    }

    static void coroutineAwaitedTwice(Trace t) {
        Coroutine<String> coroutine = coroutine(() -> t.worker("a", 0));
        t.attempt("first", () -> await(coroutine));
        t.attempt("second", () -> await(coroutine));
    }

    static void coroutineClosedBeforeAwait(Trace t) {
        Coroutine<String> coroutine = coroutine(() -> t.worker("a", 0));
        coroutine.close();
        t.attempt("await", () -> await(coroutine));
        sleep(seconds(1));
    }

    static void ensureFutureOfTaskIsTheTask(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        t.log("same " + show(ensureFuture(task) == task));
        Future<String> wrapped = ensureFuture(coroutine(() -> t.worker("b", 1)));
        t.outcome("wrapped", wrapped);
        t.log("results " + await(task) + " " + await(wrapped));
    }

    static void currentTaskAndNames(Trace t) {
        await(createTask("first", () -> named(t)));
        named(t);
        Task<Void> task = createTask("second", () -> named(t));
        task.setName("renamed");
        await(task);
        t.log("main is " + currentTask().name());
    }

    private static void named(Trace t) {
        t.log("child is " + currentTask().name());
        t.log("inline in " + currentTask().name());
    }

    static void allTasksAreTheUnfinished(Trace t) {
        Task<String> first = createTask("a", () -> t.worker("a", 1));
        Task<String> second = createTask("b", () -> t.worker("b", 2));
        t.log("all " + show(names()));
        await(first);
        t.log("all " + show(names()));
        await(second);
        t.log("all " + show(names()));
    }

    private static List<String> names() {
        return allTasks().stream().map(Task::name).sorted().toList();
    }

    static void taskStartedByTaskOutlivesIt(Trace t) {
        List<Task<String>> children = new ArrayList<>();
        t.log("result "
                + await(createTask(() -> {
                    children.add(createTask(() -> t.worker("child", 2)));
                    return "parent";
                })));
        t.log("result " + await(children.getFirst()));
    }

    static void resultOfEveryKind(Trace t) {
        for (Object value : Arrays.asList(null, true, 42, "text", List.of(1, "two"))) {
            Object inline = await(coroutine(() -> value));
            t.log("inline " + show(inline) + ", task " + show(await(createTask(() -> value))));
        }
    }

    static void producerAndConsumer(Trace t) {
        List<Integer> items = new ArrayList<>();
        List<Future<Void>> waiting = new ArrayList<>();
        Task<Void> consumer = createTask(() -> {
            for (int number = 0; number < 3; number++) {
                while (items.isEmpty()) {
                    waiting.add(t.loop().createFuture());
                    await(waiting.getFirst());
                }
                t.log("got " + items.removeFirst());
            }
        });
        Task<Void> producer = createTask(() -> {
            for (int number = 0; number < 3; number++) {
                sleep(seconds(1));
                items.add(number);
                t.log("put " + number);
                if (!waiting.isEmpty() && !waiting.getFirst().done()) {
                    waiting.removeLast().setResult(null);
                }
            }
        });
        Asyncio.wait(List.of(consumer, producer));
    }
}
