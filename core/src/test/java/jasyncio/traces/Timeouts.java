package jasyncio.traces;

import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Trace.at;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;
import static java.time.Duration.ZERO;

import jasyncio.TimedAction;
import jasyncio.Timeout;
import java.util.concurrent.TimeoutException;

/** The scope with a deadline: one scope, one task. */
final class Timeouts {
    private Timeouts() {}

    /** Runs a body in a timeout scope and logs how it ended and whether the timeout expired. */
    @SuppressWarnings("CatchingUnchecked") // a body may end with any exception
    static void scope(Trace t, String label, Timeout timeout, TimedAction<?> body) {
        try {
            timeout.run(body);
        } catch (Throwable e) {
            t.log(label + ": " + Words.describe(e) + ", expired " + show(timeout.expired()));
            return;
        }
        t.log(label + ": none, expired " + show(timeout.expired()));
    }

    static void timeoutNotReached(Trace t) {
        scope(t, "scope", Timeout.after(seconds(2)), () -> t.worker("a", 1));
        sleep(seconds(5));
    }

    static void timeoutExpires(Trace t) {
        scope(t, "scope", Timeout.after(seconds(1)), () -> t.worker("a", 2));
        t.log("cancelling " + currentTask().cancelling());
        sleep(seconds(1));
    }

    static void timeoutBodyFails(Trace t) {
        scope(t, "scope", Timeout.after(seconds(2)), () -> t.failing("a", 1));
    }

    static void timeoutReturnsValue(Trace t) throws TimeoutException {
        String value = timeout(seconds(2), () -> t.worker("a", 1));
        t.log("value " + value);
    }

    static void timeoutCauseIsTheCancellation(Trace t) {
        try {
            timeout(seconds(1), () -> sleep(seconds(2)));
        } catch (TimeoutException timeout) {
            t.log("cause " + Words.describe(timeout.getCause()));
        }
    }

    static void timeoutAtMoment(Trace t) {
        sleep(seconds(1));
        scope(t, "future", Timeout.at(at(3)), () -> t.worker("a", 5));
        scope(t, "past", Timeout.at(at(2)), () -> t.worker("b", 5));
    }

    static void timeoutNever(Trace t) {
        scope(t, "scope", Timeout.never(), () -> t.worker("a", 1000));
    }

    static void timeoutZeroRunsUntilFirstSuspension(Trace t) {
        TimedAction<RuntimeException> body = () -> {
            t.log("body starts");
            sleep(ZERO);
            t.log("body goes on");
        };
        t.ticks(3);
        scope(t, "zero", Timeout.after(ZERO), body);
        scope(t, "negative", Timeout.after(seconds(-1)), body);
    }

    static void timeoutZeroWithoutSuspension(Trace t) {
        scope(t, "scope", Timeout.after(ZERO), () -> t.log("body"));
        sleep(seconds(1));
    }

    static void timeoutZeroAndSleep(Trace t) {
        scope(t, "scope", Timeout.after(ZERO), () -> t.worker("a", 1));
    }

    static void timeoutAndSleepOfTheSameLength(Trace t) {
        scope(t, "scope", Timeout.after(seconds(1)), () -> t.worker("a", 1));
    }

    static void timeoutRescheduledLater(Trace t) {
        Timeout scope = Timeout.after(seconds(2));
        t.log("when " + show(scope.when().orElseThrow()));
        scope(t, "scope", scope, () -> {
            sleep(seconds(1));
            scope.reschedule(at(5));
            t.log("when " + show(scope.when().orElseThrow()));
            t.worker("a", 9);
        });
    }

    static void timeoutRescheduledSooner(Trace t) {
        Timeout scope = Timeout.after(seconds(20));
        scope(t, "scope", scope, () -> {
            sleep(seconds(1));
            scope.reschedule(t.loop().time().plus(seconds(0.5)));
            t.worker("a", 9);
        });
    }

    static void timeoutRescheduledToThePast(Trace t) {
        Timeout scope = Timeout.after(seconds(20));
        scope(t, "scope", scope, () -> {
            sleep(seconds(1));
            scope.reschedule(at(0.5));
            t.log("goes on");
            t.worker("a", 9);
        });
    }

    static void timeoutDisarmed(Trace t) {
        Timeout scope = Timeout.after(seconds(2));
        scope(t, "scope", scope, () -> {
            sleep(seconds(1));
            scope.disarm();
            t.worker("a", 9);
        });
    }

    static void timeoutNeverThenRescheduled(Trace t) {
        Timeout scope = Timeout.never();
        scope(t, "scope", scope, () -> {
            sleep(seconds(1));
            scope.reschedule(at(2));
            t.worker("a", 9);
        });
    }

    static void timeoutRescheduledOutsideIsRefused(Trace t) {
        Timeout scope = Timeout.after(seconds(2));
        t.attempt("before", () -> scope.reschedule(at(5)));
        scope(t, "scope", scope, () -> t.worker("a", 1));
        t.attempt("after", () -> scope.reschedule(at(5)));
        Timeout expired = Timeout.after(seconds(1));
        scope(t, "expired", expired, () -> t.worker("b", 2));
        t.attempt("after expiry", () -> expired.reschedule(at(5)));
    }

    static void timeoutEnteredTwiceIsRefused(Trace t) throws TimeoutException {
        Timeout scope = Timeout.after(seconds(2));
        scope(t, "first", scope, () -> t.worker("a", 1));
        try {
            scope.run(() -> t.log("not reached"));
        } catch (IllegalStateException refused) {
            t.log("second: refused");
        }
    }

    static void timeoutSuppressedByBody(Trace t) {
        scope(t, "scope", Timeout.after(seconds(1)), () -> t.stubborn("a", 5, 1));
        t.log("cancelling " + currentTask().cancelling());
        sleep(seconds(1));
    }

    static void timeoutBodyFailsInCleanup(Trace t) {
        scope(t, "scope", Timeout.after(seconds(1)), () -> t.clumsy("a", 5, 1));
        t.log("cancelling " + currentTask().cancelling());
    }

    static void timeoutBodyWaitsInCleanup(Trace t) {
        scope(t, "scope", Timeout.after(seconds(1)), () -> t.tidy("a", 5, 3));
    }

    static void timeoutAroundBusyLoop(Trace t) {
        scope(t, "scope", Timeout.after(seconds(2)), () -> {
            for (int number = 0; number < 10; number++) {
                t.log("round " + number);
                sleep(seconds(0.75));
            }
        });
    }

    static void timeoutAfterTimeout(Trace t) {
        for (int number = 0; number < 3; number++) {
            double delay = number * 0.75;
            scope(t, "scope " + number, Timeout.after(seconds(1)), () -> sleep(seconds(delay)));
        }
    }

    static void timeoutExpiresBeforeFirstSuspension(Trace t) {
        scope(t, "scope", Timeout.after(seconds(1)), () -> {
            t.advance(seconds(5));
            t.log("computed");
            sleep(ZERO);
            t.log("one iteration later");
            sleep(seconds(1));
        });
    }
}
