package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Awaitable;
import jasyncio.Future;
import jasyncio.Outcome;
import jasyncio.Task;
import java.util.List;

/** Cancelling what gather returned, or who awaits it. */
final class GatherCancellation {
    private GatherCancellation() {}

    static void gatherCancelled(Trace t) {
        List<Task<String>> tasks = List.of(createTask(() -> t.worker("a", 5)), createTask(() -> t.tidy("b", 5, 1)));
        Future<List<String>> gathered = gather(tasks);
        sleep(seconds(1));
        t.attempt("cancel", () -> gathered.cancel("why"));
        t.outcome("gathered", gathered);
        t.attempt("gathered", () -> await(gathered));
        t.attempt("cancelled", gathered::cancelled);
        t.outcome("a", tasks.getFirst());
        t.outcome("b", tasks.getLast());
        sleep(seconds(2));
    }

    static void gatherCancelledReturnExceptions(Trace t) {
        Future<List<Outcome<String>>> gathered =
                gatherOutcomes(createTask(() -> t.worker("a", 5)), createTask(() -> t.tidy("b", 5, 1)));
        sleep(seconds(1));
        t.attempt("cancel", () -> gathered.cancel());
        t.attempt("gathered", () -> await(gathered));
        t.attempt("cancelled", gathered::cancelled);
    }

    static void gatherCancelledWithStubbornChildren(Trace t) {
        Future<List<String>> gathered = gather(() -> t.stubborn("a", 5, 1), () -> t.stubborn("b", 5, 2));
        sleep(seconds(1));
        t.attempt("cancel", () -> gathered.cancel());
        t.attempt("gathered", () -> await(gathered));
    }

    static void gatherCancelledWithFailingCleanup(Trace t) {
        Future<List<String>> gathered = gather(() -> t.clumsy("a", 5, 1), () -> t.clumsy("b", 5, 2));
        sleep(seconds(1));
        gathered.cancel();
        t.attempt("gathered", () -> await(gathered));
        sleep(seconds(2));
    }

    static void gatherCancelledWhenDone(Trace t) {
        Future<List<String>> gathered = gather(() -> t.worker("a", 1), () -> t.worker("b", 1));
        await(gathered);
        t.attempt("cancel", () -> gathered.cancel());
    }

    static void gatherCancelledWhenChildrenAreDone(Trace t) {
        Future<String> future = t.loop().createFuture();
        Future<List<String>> gathered = gather(() -> await(future));
        sleep(ZERO);
        future.addDoneCallback(_ -> t.attempt("cancel", () -> gathered.cancel()));
        future.setResult("value");
        t.attempt("gathered", () -> await(gathered));
        t.attempt("cancelled", gathered::cancelled);
    }

    static void gatherCancelledAfterFailure(Trace t) {
        Task<String> slow = createTask(() -> t.worker("slow", 3));
        Future<List<String>> gathered = gather(coroutine(() -> t.failing("a", 1)), slow);
        t.attempt("gathered", () -> await(gathered));
        t.attempt("cancel", () -> gathered.cancel());
        t.attempt("slow", () -> await(slow));
    }

    static void gatherCancelledBeforeChildrenStart(Trace t) {
        Future<List<String>> gathered = gather(() -> t.worker("a", 1), () -> t.worker("b", 1));
        gathered.cancel();
        t.attempt("gathered", () -> await(gathered));
    }

    static void gatherAwaitingTaskCancelled(Trace t) {
        Task<List<String>> task = createTask(() -> await(gather(() -> t.worker("a", 5), () -> t.worker("b", 5))));
        sleep(seconds(1));
        task.cancel("why");
        t.attempt("task", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void gatherAwaitingTaskCancelledWhenChildrenAreDone(Trace t) {
        Future<Integer> first = t.loop().createFuture();
        Future<Integer> second = t.loop().createFuture();
        Task<Void> task = createTask(() -> t.log("results " + show(await(gather(first, second)))));
        sleep(ZERO);
        first.setResult(1);
        second.setResult(2);
        t.attempt("cancel", () -> task.cancel("why"));
        t.attempt("task", () -> await(task));
    }

    static void gatherNestedCancelled(Trace t) {
        Future<List<String>> inner = gather(() -> t.worker("a", 5), () -> t.worker("b", 5));
        Awaitable<String> sibling = coroutine(() -> t.worker("c", 5));
        Future<List<Object>> outer = gather(inner, sibling);
        sleep(seconds(1));
        t.attempt("cancel", () -> outer.cancel("why"));
        t.attempt("outer", () -> await(outer));
        t.attempt("inner", () -> await(inner));
    }
}
