package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Futures, their callbacks and their waiters. */
final class Futures {
    private Futures() {}

    private static Task<Void> waiter(Trace t, String name, Future<String> future) {
        return createTask(() -> {
            t.log(name + " waits");
            t.attempt(name, () -> await(future));
        });
    }

    static void doneCallbacksInOrder(Trace t) {
        Future<String> future = t.loop().createFuture();
        for (int number = 0; number < 3; number++) {
            future.addDoneCallback(t.onDone("callback " + number));
        }
        t.loop().callSoon(t.logger("soon before"));
        future.setResult("value");
        t.log("set");
        t.loop().callSoon(t.logger("soon after"));
        sleep(ZERO);
        t.log("main");
    }

    static void doneCallbackOfDoneFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.setResult("value");
        t.loop().callSoon(t.logger("soon"));
        future.addDoneCallback(t.onDone("callback"));
        t.log("added");
        sleep(ZERO);
    }

    static void doneCallbackAddedByCallback(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.addDoneCallback(_ -> {
            t.log("first");
            future.addDoneCallback(t.onDone("added"));
        });
        future.addDoneCallback(t.onDone("second"));
        future.setResult("value");
        t.ticks(3);
        sleep(seconds(1));
    }

    static void doneCallbacksRemoved(Trace t) {
        Future<String> future = t.loop().createFuture();
        Consumer<Future<?>> twice = t.onDone("twice");
        Consumer<Future<?>> other = t.onDone("other");
        future.addDoneCallback(twice);
        future.addDoneCallback(other);
        future.addDoneCallback(twice);
        t.log("removed " + future.removeDoneCallback(twice));
        t.log("removed " + future.removeDoneCallback(twice));
        future.setResult("value");
        t.log("removed " + future.removeDoneCallback(other));
        sleep(ZERO);
    }

    static void doneCallbackTwiceRunsTwice(Trace t) {
        Future<String> future = t.loop().createFuture();
        Consumer<Future<?>> callback = t.onDone("callback");
        future.addDoneCallback(callback);
        future.addDoneCallback(callback);
        future.setResult("value");
        sleep(ZERO);
    }

    static void doneCallbackRaises(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.addDoneCallback(t.onDone("before"));
        future.addDoneCallback(_ -> {
            throw new Failed("boom");
        });
        future.addDoneCallback(t.onDone("after"));
        future.setResult("value");
        t.log("result " + await(future));
        sleep(ZERO);
    }

    static void doneCallbackCompletesNextFuture(Trace t) {
        Future<Integer> first = t.loop().createFuture();
        Future<Integer> second = t.loop().createFuture();
        Future<Integer> third = t.loop().createFuture();
        first.addDoneCallback(future -> second.setResult(future.result() + 1));
        second.addDoneCallback(future -> third.setResult(future.result() + 1));
        t.ticks(4);
        first.setResult(1);
        t.log("third " + await(third));
    }

    static void invalidState(Trace t) {
        Future<String> future = t.loop().createFuture();
        t.attempt("result of pending", future::result);
        t.attempt("exception of pending", future::exception);
        future.setResult("value");
        t.attempt("result", future::result);
        t.attempt("exception", future::exception);
        t.attempt("set_result again", () -> future.setResult("other"));
        t.attempt("set_exception again", () -> future.setException(new Failed("boom")));
        t.attempt("cancel", () -> future.cancel());
        t.attempt("result still", future::result);
    }

    static void invalidStateAfterFailure(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.setException(new Failed("boom"));
        t.attempt("result", future::result);
        t.attempt("exception", future::exception);
        t.attempt("set_result", () -> future.setResult("other"));
        t.attempt("cancel", () -> future.cancel());
        t.attempt("cancelled", future::cancelled);
    }

    static void futureCancelled(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.addDoneCallback(t.onDone("callback"));
        t.attempt("cancel", () -> future.cancel("why"));
        t.attempt("cancel again", () -> future.cancel("other"));
        t.attempt("done", future::done);
        t.attempt("cancelled", future::cancelled);
        t.attempt("result", future::result);
        t.attempt("exception", future::exception);
        t.attempt("set_result", () -> future.setResult("value"));
        t.attempt("set_exception", () -> future.setException(new Failed("boom")));
        t.attempt("await", () -> await(future));
    }

    static void futureCancelledWithoutMessage(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.cancel();
        t.outcome("future", future);
        t.attempt("await", () -> await(future));
    }

    static void sameExceptionForEveryWaiter(Trace t) {
        Future<String> future = t.loop().createFuture();
        var failure = new Failed("boom");
        List<Task<Void>> tasks = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            String name = "waiter " + number;
            tasks.add(createTask(() -> {
                try {
                    await(future);
                } catch (Failed caught) {
                    t.log(name + " " + show(caught == failure));
                }
            }));
        }
        sleep(ZERO);
        future.setException(failure);
        Asyncio.wait(tasks);
        t.log("exception " + show(future.exception() == failure));
    }

    static void awaitDoneFutureNoYield(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.setResult("value");
        t.ticks(2);
        t.log("result " + await(future));
        t.log("result " + await(future));
        sleep(ZERO);
        t.log("main");
    }

    static void awaitFailedFutureNoYield(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.setException(new Failed("boom"));
        t.ticks(2);
        t.attempt("first", () -> await(future));
        t.attempt("second", () -> await(future));
        sleep(ZERO);
        t.log("main");
    }

    static void awaitCancelledFutureNoYield(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.cancel("why");
        t.ticks(2);
        t.attempt("await", () -> await(future));
        t.log("cancelling " + currentTask().cancelling());
    }

    static void wakeupLatency(Trace t) {
        Future<String> future = t.loop().createFuture();
        Task<Void> waiter = waiter(t, "waiter", future);
        sleep(ZERO);
        t.ticks(3);
        future.setResult("value");
        t.log("set");
        sleep(ZERO);
        t.log("main after one iteration");
        await(waiter);
    }

    static void waitersWakeInOrderOfAwait(Trace t) {
        Future<String> future = t.loop().createFuture();
        List<Task<Void>> tasks = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            tasks.add(waiter(t, "waiter " + number, future));
        }
        sleep(ZERO);
        future.setResult("value");
        Asyncio.wait(tasks);
    }

    static void waitersAndCallbacksShareOneOrder(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.addDoneCallback(t.onDone("callback 1"));
        Task<Void> first = waiter(t, "waiter 1", future);
        sleep(ZERO);
        future.addDoneCallback(t.onDone("callback 2"));
        Task<Void> second = waiter(t, "waiter 2", future);
        sleep(ZERO);
        future.addDoneCallback(t.onDone("callback 3"));
        future.setResult("value");
        Asyncio.wait(List.of(first, second));
    }

    static void cancelledWaiterCancelsTheFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        Task<Void> first = waiter(t, "first", future);
        Task<Void> second = waiter(t, "second", future);
        sleep(ZERO);
        first.cancel("why");
        t.outcome("future", future);
        Asyncio.wait(List.of(first, second));
        t.log("cancelling " + first.cancelling() + " " + second.cancelling());
    }

    static void setResultWithCancelledWaiter(Trace t) {
        Future<String> future = t.loop().createFuture();
        Task<Void> waiter = waiter(t, "waiter", future);
        sleep(ZERO);
        waiter.cancel();
        t.attempt("set_result", () -> future.setResult("value"));
        Asyncio.wait(List.of(waiter));
    }

    static void futuresCompletedByTimers(Trace t) {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int delay : new int[] {3, 1, 2}) {
            Future<Integer> future = t.loop().createFuture();
            t.loop().callLater(seconds(delay), () -> future.setResult(delay));
            futures.add(future);
        }
        for (var future : futures) {
            t.log("result " + await(future));
        }
    }

    static void pingPong(Trace t) {
        Map<String, Future<Integer>> state = new HashMap<>();
        state.put("ping", t.loop().createFuture());
        state.put("pong", t.loop().createFuture());
        List<Task<Void>> tasks = List.of(player(t, state, "ping", "pong"), player(t, state, "pong", "ping"));
        state.get("ping").setResult(0);
        t.ticks(7);
        Asyncio.wait(tasks);
        t.outcome("left over", state.get("ping"));
    }

    private static Task<Void> player(Trace t, Map<String, Future<Integer>> state, String own, String other) {
        return createTask(() -> {
            for (int round = 0; round < 3; round++) {
                int value = await(state.get(own));
                state.put(own, t.loop().createFuture());
                t.log(own + " " + value);
                state.get(other).setResult(value + 1);
            }
        });
    }
}
