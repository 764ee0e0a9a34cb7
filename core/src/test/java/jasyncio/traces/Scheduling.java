package jasyncio.traces;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.traces.Trace.at;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.Handle;
import jasyncio.Task;
import jasyncio.TimerHandle;
import java.util.ArrayList;
import java.util.List;

/** Callbacks, timers and iterations of the loop. */
final class Scheduling {
    private Scheduling() {}

    static void fifoAndSnapshot(Trace t) {
        t.ticks(4);
        t.loop().callSoon(() -> {
            t.log("first");
            t.loop().callSoon(t.logger("scheduled by first"));
        });
        t.loop().callSoon(() -> {
            t.log("second");
            t.loop().callSoon(t.logger("scheduled by second"));
        });
        sleep(ZERO);
        t.log("main after one iteration");
        sleep(ZERO);
        t.log("main after two iterations");
    }

    static void dueTimerRunsAfterReadyCallbacks(Trace t) {
        var loop = t.loop();
        loop.callLater(ZERO, t.logger("timer of delay 0"));
        loop.callAt(loop.time().minus(seconds(1)), t.logger("timer of the past"));
        loop.callSoon(t.logger("soon 1"));
        loop.callSoon(t.logger("soon 2"));
        sleep(ZERO);
        loop.callSoon(t.logger("soon 3"));
        sleep(ZERO);
    }

    static void timersEqualWhen(Trace t) {
        for (int number = 0; number < 6; number++) {
            t.loop().callAt(at(1), t.logger("timer " + number));
        }
        sleep(seconds(2));
    }

    static void timersEqualWhenByDifferentWays(Trace t) {
        var loop = t.loop();
        loop.callLater(seconds(1), t.logger("later 1"));
        loop.callAt(loop.time().plus(seconds(1)), t.logger("at 1"));
        sleep(seconds(0.5));
        loop.callLater(seconds(0.5), t.logger("later 0.5"));
        loop.callAt(at(1), t.logger("at 1 again"));
        sleep(seconds(0.5));
        t.log("main");
    }

    static void timersInOrderOfDeadline(Trace t) {
        for (double delay : new double[] {3, 1, 2, 0.5, 2.5, 1.5}) {
            t.loop().callLater(seconds(delay), t.logger("timer of " + show(delay)));
        }
        sleep(seconds(4));
    }

    static void pastDueCallAt(Trace t) {
        sleep(seconds(5));
        var loop = t.loop();
        loop.callAt(at(4), t.logger("due at 4"));
        loop.callLater(ZERO, t.logger("due now"));
        loop.callAt(at(2), t.logger("due at 2"));
        loop.callLater(seconds(-2), t.logger("delay -2"));
        loop.callAt(at(3), t.logger("due at 3"));
        sleep(seconds(1));
    }

    static void timerScheduledByTimer(Trace t) {
        var loop = t.loop();
        loop.callLater(seconds(1), () -> {
            t.log("outer");
            loop.callLater(ZERO, t.logger("inner of delay 0"));
            loop.callSoon(t.logger("inner soon"));
            loop.callAt(at(0.5), t.logger("inner of the past"));
        });
        loop.callLater(seconds(1), t.logger("second timer"));
        sleep(seconds(1));
        t.log("main");
        sleep(seconds(1));
    }

    static void timerCancelled(Trace t) {
        TimerHandle handle = t.loop().callLater(seconds(1), t.logger("cancelled timer"));
        t.loop().callLater(seconds(2), t.logger("other timer"));
        t.log("when " + show(handle.when()));
        handle.cancel();
        handle.cancel();
        t.log("cancelled " + show(handle.cancelled()));
        sleep(seconds(3));
    }

    static void timerCancelledWhenDue(Trace t) {
        var loop = t.loop();
        var second = new ArrayList<Handle>();
        loop.callLater(seconds(1), () -> {
            t.log("first");
            second.getFirst().cancel();
        });
        second.add(loop.callLater(seconds(1), t.logger("second")));
        loop.callLater(seconds(1), t.logger("third"));
        sleep(seconds(2));
        t.log("cancelled " + show(second.getFirst().cancelled()));
    }

    static void soonCancelled(Trace t) {
        var last = new ArrayList<Handle>();
        t.loop().callSoon(() -> last.getFirst().cancel());
        t.loop().callSoon(t.logger("middle"));
        last.add(t.loop().callSoon(t.logger("last")));
        sleep(ZERO);
        t.log("cancelled " + show(last.getFirst().cancelled()));
    }

    static void handleCancelledAfterRun(Trace t) {
        Handle handle = t.loop().callSoon(t.logger("runs"));
        Handle timer = t.loop().callLater(seconds(1), t.logger("runs later"));
        sleep(seconds(2));
        handle.cancel();
        timer.cancel();
        t.log("cancelled " + show(handle.cancelled()) + " " + show(timer.cancelled()));
    }

    static void manyTimersMostlyCancelled(Trace t) {
        var handles = new ArrayList<Handle>();
        for (int number = 0; number < 300; number++) {
            handles.add(t.loop().callLater(seconds(1 + number % 7), t.logger("timer " + number)));
        }
        for (int number = 0; number < 300; number++) {
            if (number % 20 != 0) {
                handles.get(number).cancel();
            }
        }
        sleep(seconds(10));
    }

    static void timeIsThatOfTheIteration(Trace t) {
        for (int number = 0; number < 3; number++) {
            t.loop().callLater(seconds(1), () -> t.log("time " + show(t.loop().time())));
        }
        sleep(seconds(1.5));
        t.log("time " + show(t.loop().time()));
    }

    static void veryLongTimer(Trace t) {
        t.loop().callLater(seconds(90_000), t.logger("after 25 hours"));
        t.loop().callLater(seconds(1_000_000), t.logger("after more than 11 days"));
        sleep(seconds(2_000_000));
    }

    static void callbackThatReschedulesItself(Trace t) {
        round(t, 0);
        sleep(seconds(1));
        t.log("main");
        sleep(seconds(1));
    }

    private static void round(Trace t, int count) {
        t.log("round " + count);
        if (count < 3) {
            t.loop().callLater(seconds(0.5), () -> round(t, count + 1));
        }
    }

    static void threadsafeFromTheLoopKeepsOrder(Trace t) {
        var loop = t.loop();
        loop.callSoon(t.logger("soon 1"));
        loop.callSoonThreadsafe(t.logger("threadsafe 1"));
        loop.callSoon(t.logger("soon 2"));
        loop.callSoonThreadsafe(t.logger("threadsafe 2"));
        sleep(ZERO);
        t.log("main");
    }

    static void callbackRaises(Trace t) {
        Runnable fail = () -> {
            throw new Failed("boom");
        };
        t.loop().callSoon(t.logger("before"));
        t.loop().callSoon(fail);
        t.loop().callSoon(t.logger("after"));
        t.loop().callLater(seconds(1), fail);
        t.loop().callLater(seconds(1), t.logger("later"));
        sleep(seconds(2));
    }

    static void exceptionHandlerRaises(Trace t) {
        t.loop().setExceptionHandler(_ -> {
            t.log("handler");
            throw new Failed("handler");
        });
        t.loop().callSoon(() -> {
            throw new Failed("boom");
        });
        t.loop().callSoon(t.logger("after"));
        sleep(seconds(1));
        t.log("main");
    }

    static void callbackStartsTask(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        t.loop().callSoon(() -> {
            t.log("callback");
            tasks.add(createTask(() -> t.worker("a", 1)));
            t.log("callback ends");
        });
        sleep(seconds(2));
        t.outcome("task", tasks.getFirst());
    }
}
