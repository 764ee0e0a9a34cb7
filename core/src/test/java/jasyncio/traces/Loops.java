package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.at;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.KeyboardInterrupt;
import jasyncio.Task;
import jasyncio.TaskFactory;
import jasyncio.testing.VirtualTime;

/** Running, stopping and closing loops. These cases drive the loop themselves. */
final class Loops {
    private Loops() {}

    static void stopSemantics(Trace t) {
        var loop = t.loop();
        loop.callSoon(t.logger("before"));
        loop.callSoon(() -> {
            t.log("stop");
            loop.stop();
            loop.callSoon(t.logger("scheduled after stop"));
        });
        loop.callSoon(t.logger("after"));
        loop.runForever();
        t.log("stopped");
        loop.callSoon(loop::stop);
        loop.runForever();
        t.log("stopped again");
    }

    static void stopBeforeRun(Trace t) {
        var loop = t.loop();
        loop.callSoon(t.logger("soon"));
        loop.callLater(seconds(1), t.logger("timer"));
        loop.stop();
        loop.runForever();
        t.log("stopped");
        loop.callLater(seconds(2), loop::stop);
        loop.runForever();
        t.log("stopped again");
    }

    static void stopRunsDueTimers(Trace t) {
        var loop = t.loop();
        loop.callAt(at(-1), t.logger("timer of the past"));
        loop.callSoon(loop::stop);
        loop.runForever();
        t.log("stopped");
    }

    static void runUntilCompleteTwice(Trace t) {
        t.attempt("first", () -> t.loop().runUntilComplete(() -> t.worker("a", 1)));
        t.attempt("second", () -> t.loop().runUntilComplete(() -> t.worker("b", 1)));
    }

    static void runUntilCompleteFailing(Trace t) {
        t.attempt("first", () -> t.loop().runUntilComplete(() -> t.failing("a", 1)));
        t.attempt("second", () -> t.loop().runUntilComplete(() -> t.worker("b", 1)));
    }

    static void runUntilCompleteOfDoneFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        future.setResult("value");
        t.loop().callSoon(t.logger("soon"));
        t.attempt("result", () -> t.loop().runUntilComplete(future));
        t.attempt("again", () -> t.loop().runUntilComplete(future));
    }

    static void runUntilCompleteLeavesOthers(Trace t) {
        Task<String> other = t.loop().createTask(() -> t.worker("other", 2));
        t.attempt("first", () -> t.loop().runUntilComplete(() -> t.worker("a", 1)));
        t.outcome("other", other);
        t.attempt("second", () -> t.loop().runUntilComplete(other));
    }

    static void runUntilCompleteFinishesTheIteration(Trace t) {
        var loop = t.loop();
        t.attempt(
                "first",
                () -> loop.runUntilComplete(() -> {
                    loop.callSoon(t.logger("soon 1"));
                    loop.callSoon(() -> loop.callSoon(t.logger("soon 3")));
                    loop.callSoon(t.logger("soon 2"));
                    return "main";
                }));
        t.attempt("second", () -> loop.runUntilComplete(() -> t.worker("a", 0)));
    }

    static void runUntilCompleteStoppedEarly(Trace t) {
        Task<String> task = t.loop().createTask(() -> t.worker("a", 2));
        t.loop().callLater(seconds(1), t.loop()::stop);
        t.attempt("first", () -> t.loop().runUntilComplete(task));
        t.outcome("task", task);
        t.attempt("second", () -> t.loop().runUntilComplete(task));
    }

    static void runUntilCompleteOfCancelledFuture(Trace t) {
        Future<String> future = t.loop().createFuture();
        t.loop().callLater(seconds(1), () -> future.cancel("why"));
        t.attempt("result", () -> t.loop().runUntilComplete(future));
    }

    static void closeDropsWhatIsScheduled(Trace t) {
        var loop = t.loop();
        loop.callSoon(t.logger("soon"));
        loop.callLater(seconds(1), t.logger("timer"));
        loop.close();
        t.log("closed " + show(loop.closed()));
        loop.close();
        t.attempt("call_soon", () -> loop.callSoon(t.logger("late")));
        t.attempt("call_later", () -> loop.callLater(seconds(1), t.logger("late")));
        t.attempt("run_forever", loop::runForever);
    }

    static void closeWhileRunningIsRefused(Trace t) {
        var loop = t.loop();
        loop.callSoon(() -> t.attempt("close", loop::close));
        loop.callSoon(loop::stop);
        loop.runForever();
        t.log("closed " + show(loop.closed()));
    }

    static void runWhileRunningIsRefused(Trace t) {
        var loop = t.loop();
        Action<RuntimeException> main = () -> {
            Future<Integer> future = loop.createFuture();
            future.setResult(1);
            t.attempt("run_until_complete", () -> loop.runUntilComplete(future));
            t.log("running " + show(loop.running()));
        };
        t.attempt("main", () -> loop.runUntilComplete(main));
        t.log("running " + show(loop.running()));
    }

    static void keyboardInterruptInCallback(Trace t) {
        var loop = t.loop();
        loop.callSoon(t.logger("before"));
        loop.callSoon(() -> {
            t.log("interrupt");
            throw new KeyboardInterrupt();
        });
        loop.callSoon(t.logger("after"));
        t.attempt("run", loop::runForever);
        loop.callSoon(loop::stop);
        t.attempt("run again", loop::runForever);
    }

    static void keyboardInterruptInTask(Trace t) {
        Action<RuntimeException> interrupted = () -> {
            sleep(seconds(1));
            throw new KeyboardInterrupt();
        };
        Task<Void> task = t.loop().createTask(interrupted);
        Task<String> other = t.loop().createTask(() -> t.worker("other", 2));
        t.attempt("run", () -> t.loop().runUntilComplete(other));
        t.outcome("task", task);
        t.outcome("other", other);
        t.attempt("run again", () -> t.loop().runUntilComplete(other));
    }

    static void timersSurviveRuns(Trace t) {
        t.loop().callLater(seconds(1.5), t.logger("timer"));
        t.attempt("first", () -> t.loop().runUntilComplete(() -> t.worker("a", 1)));
        t.attempt("second", () -> t.loop().runUntilComplete(() -> t.worker("b", 1)));
    }

    static void futureOfAnotherLoopIsRefused(Trace t) {
        var time = new VirtualTime();
        try (var other = Asyncio.newEventLoop(o -> o.clock(time).poller(time))) {
            Future<String> future = other.createFuture();
            t.attempt(
                    "main",
                    () -> t.loop().runUntilComplete(() -> {
                        try {
                            return await(future);
                        } catch (IllegalStateException refused) {
                            t.log("refused");
                            throw new Failed("other loop");
                        }
                    }));
        }
    }

    static void eagerFactoryWhileTheLoopDoesNotRun(Trace t) {
        var loop = t.loop();
        loop.setTaskFactory(TaskFactory.EAGER);
        loop.callSoon(t.logger("soon"));
        Task<String> task = loop.createTask(() -> t.worker("a", 1));
        t.log("created");
        t.attempt("result", () -> loop.runUntilComplete(task));
    }
}
