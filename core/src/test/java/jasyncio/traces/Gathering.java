package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Awaitable;
import jasyncio.Coroutine;
import jasyncio.Future;
import jasyncio.Outcome;
import jasyncio.Task;
import java.util.List;

/** gather, with and without exceptions as results. */
final class Gathering {
    private Gathering() {}

    static void gatherResultsInOrderOfArguments(Trace t) {
        t.log("results " + show(await(gather(() -> t.worker("a", 2), () -> t.worker("b", 1), () -> t.worker("c", 3)))));
    }

    static void gatherLatency(Trace t) {
        t.ticks(4);
        await(gather(() -> t.worker("a", 0), () -> t.worker("b", 0)));
        t.log("main");
    }

    static void gatherDuplicates(Trace t) {
        Task<String> task = createTask(() -> t.worker("a", 1));
        Coroutine<String> coroutine = coroutine(() -> t.worker("b", 1));
        t.log("results " + show(await(gather(task, coroutine, task, coroutine))));
    }

    static void gatherEmpty(Trace t) {
        Future<List<String>> gathered = gather(List.of());
        t.ticks(2);
        t.outcome("gathered", gathered);
        t.log("results " + show(await(gathered)));
        sleep(ZERO);
    }

    static void gatherOfDoneFutures(Trace t) {
        List<Future<Integer>> futures =
                List.of(t.loop().createFuture(), t.loop().createFuture());
        futures.getFirst().setResult(0);
        futures.getLast().setResult(1);
        t.ticks(2);
        Future<List<Integer>> gathered = gather(futures);
        t.outcome("gathered", gathered);
        t.log("results " + show(await(gathered)));
        sleep(ZERO);
    }

    static void gatherOfFailedAndPending(Trace t) {
        Future<String> failed = t.loop().createFuture();
        Future<String> pending = t.loop().createFuture();
        failed.setException(new Failed("boom"));
        Future<List<String>> gathered = gather(pending, failed);
        t.outcome("gathered", gathered);
        t.attempt("gathered", () -> await(gathered));
        t.outcome("pending", pending);
    }

    static void gatherMixed(Trace t) {
        Future<String> future = t.loop().createFuture();
        t.loop().callLater(seconds(1), () -> future.setResult("future"));
        Task<String> task = createTask(() -> t.worker("task", 2));
        Coroutine<String> coroutine = coroutine(() -> t.worker("coroutine", 0.5));
        t.log("results " + show(await(gather(future, task, coroutine))));
    }

    static void gatherFirstException(Trace t) {
        Task<String> slow = createTask(() -> t.worker("slow", 3));
        Future<List<String>> gathered =
                gather(coroutine(() -> t.failing("a", 2)), coroutine(() -> t.failing("b", 1)), slow);
        t.attempt("gathered", () -> await(gathered));
        t.outcome("slow", slow);
        sleep(seconds(1.5));
        t.attempt("slow", () -> await(slow));
    }

    static void gatherLaterExceptionIsDropped(Trace t) {
        t.attempt(
                "gathered",
                () -> await(gather(() -> t.failing("a", 1), () -> t.failing("b", 1), () -> t.failing("c", 2))));
        sleep(seconds(2));
    }

    static void gatherReturnExceptions(Trace t) {
        Future<List<Outcome<String>>> gathered =
                gatherOutcomes(() -> t.worker("a", 2), () -> t.failing("b", 1), () -> t.failing("c", 3));
        t.log("results " + show(await(gathered)));
    }

    static void gatherReturnExceptionsWithCancelledChild(Trace t) {
        Task<String> child = createTask(() -> t.worker("a", 5));
        t.loop().callLater(seconds(1), () -> child.cancel());
        t.log("results " + show(await(gatherOutcomes(child, coroutine(() -> t.worker("b", 2))))));
    }

    static void gatherChildCancelled(Trace t) {
        Task<String> child = createTask(() -> t.worker("a", 5));
        Task<String> sibling = createTask(() -> t.worker("b", 2));
        Future<List<String>> gathered = gather(child, sibling);
        t.loop().callLater(seconds(1), () -> child.cancel("child only"));
        t.attempt("gathered", () -> await(gathered));
        t.attempt("cancelled", gathered::cancelled);
        t.log("cancelling " + currentTask().cancelling());
        t.outcome("sibling", sibling);
        t.attempt("sibling", () -> await(sibling));
    }

    static void gatherNested(Trace t) {
        Future<List<String>> inner = gather(() -> t.worker("a", 1), () -> t.worker("b", 2));
        Awaitable<String> sibling = coroutine(() -> t.worker("c", 1));
        Future<List<Object>> outer = gather(inner, sibling);
        t.log("results " + show(await(outer)));
    }

    static void gatherNestedFailure(Trace t) {
        Future<List<Outcome<String>>> inner = gatherOutcomes(() -> t.failing("a", 1), () -> t.worker("b", 3));
        Awaitable<String> sibling = coroutine(() -> t.failing("c", 2));
        Future<List<Object>> outer = gather(inner, sibling);
        t.attempt("outer", () -> await(outer));
        t.attempt("inner", () -> await(inner));
    }

    static void gatherNotAwaitedRuns(Trace t) {
        Future<List<String>> gathered = gather(() -> t.worker("a", 1), () -> t.worker("b", 2));
        sleep(seconds(3));
        t.outcome("gathered", gathered);
    }
}
