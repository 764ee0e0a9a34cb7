package jasyncio.traces;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.ensureFuture;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.task;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.ContextVar;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TaskFactory;
import java.util.ArrayList;
import java.util.List;

/** Tasks that start inside the call that creates them. */
final class Eager {
    private Eager() {}

    static void eagerRunsUntilFirstSuspension(Trace t) {
        Task<String> task = t.eager(() -> {
            t.log("child starts");
            sleep(seconds(1));
            t.log("child ends");
            return "value";
        });
        t.log("created");
        t.outcome("task", task);
        t.log("result " + await(task));
    }

    static void eagerFinishesAtOnce(Trace t) {
        t.ticks(2);
        Task<String> task = t.eager(() -> {
            t.log("child");
            return "value";
        });
        t.outcome("task", task);
        task.addDoneCallback(t.onDone("callback"));
        t.log("result " + await(task));
        sleep(ZERO);
    }

    static void eagerFailureIsStored(Trace t) {
        Action<RuntimeException> child = () -> {
            throw new Failed("child");
        };
        Task<Void> task = t.eager(child);
        t.log("created");
        t.attempt("await", () -> await(task));
    }

    static void eagerCancelledErrorIsStored(Trace t) {
        Action<RuntimeException> child = () -> {
            throw new CancelledError("own");
        };
        Task<Void> task = t.eager(child);
        t.attempt("cancelled", task::cancelled);
        t.attempt("await", () -> await(task));
    }

    static void eagerCurrentTaskIsSwapped(Trace t) {
        Task<Void> task = task().name("child").eager(true).start(() -> {
            t.log("in " + currentTask().name());
            sleep(ZERO);
            t.log("in " + currentTask().name());
        });
        t.log("in " + currentTask().name());
        await(task);
        t.log("in " + currentTask().name());
    }

    static void eagerNested(Trace t) {
        t.ticks(2);
        await(t.eager(() -> nested(t, 3)));
    }

    private static void nested(Trace t, int depth) {
        t.log("enter " + depth);
        if (depth > 0) {
            Task<Void> task = t.eager(() -> nested(t, depth - 1));
            t.outcome("below " + depth, task);
            await(task);
        }
        t.log("leave " + depth);
    }

    static void eagerNestedSuspends(Trace t) {
        t.ticks(7);
        await(t.eager(() -> suspending(t, 3)));
    }

    private static void suspending(Trace t, int depth) {
        t.log("enter " + depth);
        if (depth > 0) {
            await(t.eager(() -> suspending(t, depth - 1)));
        } else {
            sleep(ZERO);
        }
        t.log("leave " + depth);
    }

    static void eagerCreatesOrdinaryTask(Trace t) {
        await(t.eager(() -> {
            t.log("child");
            Task<String> task = createTask(() -> t.worker("grandchild", 0));
            t.log("child goes on");
            await(task);
        }));
    }

    static void eagerAndOrdinaryInOrder(Trace t) {
        List<Task<Void>> tasks = new ArrayList<>();
        tasks.add(createTask(() -> startAndEnd(t, "ordinary 1")));
        tasks.add(t.eager(() -> startAndEnd(t, "eager 1")));
        tasks.add(createTask(() -> startAndEnd(t, "ordinary 2")));
        tasks.add(t.eager(() -> startAndEnd(t, "eager 2")));
        Asyncio.wait(tasks);
    }

    private static void startAndEnd(Trace t, String name) {
        t.log(name + " starts");
        sleep(ZERO);
        t.log(name + " ends");
    }

    static void eagerCancelledAfterStart(Trace t) {
        Task<String> task = t.eager(() -> t.worker("a", 5));
        task.cancel("why");
        t.attempt("await", () -> await(task));
    }

    static void eagerCancelsItself(Trace t) {
        Task<String> task = t.eager(() -> {
            currentTask().cancel("own");
            t.log("goes on");
            return "value";
        });
        t.attempt("cancelled", task::cancelled);
        t.attempt("await", () -> await(task));
    }

    static void eagerCompletesFutureOfTheCreator(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.addDoneCallback(t.onDone("callback"));
        t.eager(() -> {
            future.setResult("value");
            t.log("set");
        });
        t.ticks(2);
        t.log("result " + await(future));
        sleep(ZERO);
    }

    static void eagerAllTasks(Trace t) {
        task().name("finished").eager(true).start(() -> t.log("all " + show(names())));
        t.log("all " + show(names()));
        Task<Void> task = task().name("suspended").eager(true).start(() -> {
            t.log("all " + show(names()));
            sleep(seconds(1));
        });
        t.log("all " + show(names()));
        await(task);
        t.log("all " + show(names()));
    }

    private static List<String> names() {
        return allTasks().stream().map(Task::name).sorted().toList();
    }

    static void eagerContextIsACopy(Trace t) {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        variable.set("main");
        Task<Void> task = t.eager(() -> {
            t.log("child sees " + variable.get());
            variable.set("child");
            sleep(ZERO);
            t.log("child keeps " + variable.get());
        });
        t.log("main keeps " + variable.get());
        await(task);
        t.log("main keeps " + variable.get());
    }

    static void eagerInGather(Trace t) {
        t.ticks(2);
        Future<List<Integer>> gathered = gather(t.eager(() -> 1), t.eager(() -> 2));
        t.outcome("gathered", gathered);
        t.log("results " + show(await(gathered)));
    }

    static void eagerFromCallback(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        t.loop().callSoon(() -> {
            tasks.add(t.eager(() -> t.worker("a", 1)));
            t.log("callback ends");
        });
        sleep(seconds(2));
        t.outcome("task", tasks.getFirst());
    }

    static void eagerFactoryStartsEveryTask(Trace t) {
        t.loop().setTaskFactory(TaskFactory.EAGER);
        Task<String> first = createTask(() -> t.worker("a", 1));
        t.log("first created");
        Future<String> second = ensureFuture(coroutine(() -> t.worker("b", 1)));
        t.log("second created");
        Asyncio.wait(List.of(first, second));
    }

    private static int child(Trace t, int value) {
        t.log("child " + value);
        return value;
    }

    static void eagerFactoryAndGather(Trace t) {
        t.loop().setTaskFactory(TaskFactory.EAGER);
        t.ticks(3);
        Future<List<Integer>> finished = gather(() -> child(t, 1), () -> child(t, 2));
        t.outcome("gathered", finished);
        t.log("results " + show(await(finished)));
        Future<List<Object>> suspended = gather(() -> child(t, 3), () -> t.worker("a", 1));
        t.outcome("gathered", suspended);
        t.log("results " + show(await(suspended)));
    }

    static void eagerFactoryAndFailingGather(Trace t) {
        t.loop().setTaskFactory(TaskFactory.EAGER);
        Future<List<String>> gathered = gather(() -> t.worker("a", 1), () -> fail("b"), () -> fail("c"));
        t.outcome("gathered", gathered);
        t.attempt("gathered", () -> await(gathered));
        sleep(seconds(2));
    }

    private static String fail(String name) {
        throw new Failed(name);
    }

    static void eagerFactoryAndGroup(Trace t) {
        t.loop().setTaskFactory(TaskFactory.EAGER);
        List<Task<?>> tasks = new ArrayList<>();
        taskGroup(group -> {
            tasks.add(group.createTask(() -> child(t, 1)));
            tasks.add(group.createTask(() -> t.worker("a", 1)));
            t.log("body ends");
        });
        t.log("results " + tasks.getFirst().result() + " " + tasks.getLast().result());
    }

    static void eagerFactoryAndShield(Trace t) {
        t.loop().setTaskFactory(TaskFactory.EAGER);
        Future<String> outer = shield(() -> t.worker("a", 2));
        t.log("shielded");
        sleep(seconds(1));
        outer.cancel();
        t.attempt("outer", () -> await(outer));
        sleep(seconds(2));
    }

    static void eagerFactoryTakenBack(Trace t) {
        t.loop().setTaskFactory(TaskFactory.EAGER);
        Task<String> eager = createTask(() -> t.worker("eager", 0));
        t.loop().setTaskFactory(null);
        Task<String> lazy = createTask(() -> t.worker("lazy", 0));
        t.log("created");
        Asyncio.wait(List.of(eager, lazy));
    }
}
