package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/** Cancellation among tasks that await one another. */
final class CancellationChains {
    private CancellationChains() {}

    static void cancelChainThreeDeep(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 10));
        Task<String> middle = createTask(() -> level(t, "middle", inner));
        Task<String> outer = createTask(() -> level(t, "outer", middle));
        sleep(seconds(1));
        t.ticks(6);
        outer.cancel("why");
        t.log("cancelling " + outer.cancelling() + " " + middle.cancelling() + " " + inner.cancelling());
        t.attempt("await", () -> await(outer));
        t.attempt("inner", inner::cancelled);
        t.attempt("middle", middle::cancelled);
        t.attempt("outer", outer::cancelled);
    }

    private static String level(Trace t, String name, Task<String> awaited) {
        try {
            return await(awaited);
        } catch (CancelledError cancellation) {
            t.log(name + " " + Words.describe(cancellation) + ", cancelling "
                    + currentTask().cancelling());
            throw cancellation;
        } finally {
            t.log(name + " finally");
        }
    }

    static void cancelChainMiddleSuppresses(Trace t) {
        Task<String> inner = createTask(() -> t.worker("inner", 10));
        Task<String> task = createTask(() -> {
            try {
                return await(inner);
            } catch (CancelledError suppressed) {
                return "middle suppressed";
            }
        });
        Task<String> top = createTask(() -> await(task));
        sleep(seconds(1));
        top.cancel();
        t.attempt("await", () -> await(top));
        t.log("cancelling " + top.cancelling() + " " + task.cancelling() + " " + inner.cancelling());
    }

    static void cancelChainInnerCleansUp(Trace t) {
        Task<String> inner = createTask(() -> t.tidy("inner", 10, 2));
        Task<String> task = createTask(() -> await(inner));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("await", () -> await(task));
    }

    static void cancelChildDirectly(Trace t) {
        Task<String> child = createTask(() -> t.worker("child", 10));
        Task<String> task = createTask(() -> await(child));
        sleep(seconds(1));
        child.cancel("child only");
        t.attempt("await", () -> await(task));
        t.log("cancelled " + show(task.cancelled()) + ", cancelling " + task.cancelling());
    }

    static void cancelledChildCanBeToldFromOwnCancellation(Trace t) {
        Task<String> child = createTask(() -> t.worker("child", 10));
        Task<String> task = createTask(() -> {
            try {
                await(child);
            } catch (CancelledError cancellation) {
                t.log("child cancelled " + show(child.cancelled()) + ", own "
                        + currentTask().cancelling());
            }
            return "goes on";
        });
        sleep(seconds(1));
        child.cancel();
        t.log("result " + await(task));
    }

    static void parentCancelledChildrenGoOn(Trace t) {
        List<Task<String>> children = new ArrayList<>();
        Task<Void> task = createTask(() -> {
            children.add(createTask(() -> t.worker("child", 3)));
            sleep(seconds(10));
        });
        sleep(seconds(1));
        task.cancel();
        t.attempt("parent", () -> await(task));
        t.attempt("child", () -> await(children.getFirst()));
    }

    static void cancelTwoTasksInOrder(Trace t) {
        Task<String> first = createTask(() -> t.worker("first", 10));
        Task<String> second = createTask(() -> t.worker("second", 10));
        sleep(seconds(1));
        second.cancel("second");
        first.cancel("first");
        Asyncio.wait(List.of(first, second));
    }

    static void awaiterOfCancelledTaskInCleanup(Trace t) {
        Task<String> task = createTask(() -> t.tidy("a", 10, 2));
        List<Task<Void>> waiters = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            String name = "waiter " + number;
            waiters.add(createTask(() -> {
                try {
                    await(task);
                } catch (CancelledError cancellation) {
                    t.log(name + " cancelled");
                }
            }));
        }
        sleep(seconds(1));
        task.cancel("why");
        sleep(seconds(1));
        t.outcome("task", task);
        Asyncio.wait(waiters);
    }
}
