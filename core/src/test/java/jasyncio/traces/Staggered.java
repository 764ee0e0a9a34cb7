package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.staggeredRace;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.CancelledError;
import jasyncio.Race;
import jasyncio.Task;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** staggeredRace: bodies one after another, the next when the one before fails or takes long; the first value wins. */
final class Staggered {
    private Staggered() {}

    private static void log(Trace t, String label, Race<String> race) {
        var winner = race.winnerIndex();
        t.log(label + ": " + show(race.won() ? race.result() : null) + " by "
                + show(winner.isPresent() ? winner.getAsInt() : null) + ", " + show(race.exceptions()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the arrays are only read
    private static void oneByOne(Trace t, String label, Callable<String>... bodies) {
        log(t, label, staggeredRace(List.of(bodies)));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the arrays are only read
    private static void race(Trace t, String label, double delay, Callable<String>... bodies) {
        log(t, label, staggeredRace(List.of(bodies), seconds(delay)));
    }

    static void staggeredWithoutBodies(Trace t) {
        t.ticks(4);
        oneByOne(t, "one by one");
        race(t, "with delay", 1);
    }

    static void staggeredFirstWinsAtOnce(Trace t) {
        t.ticks(6);
        oneByOne(t, "one by one", () -> "first", () -> t.worker("second", 1));
        race(t, "with delay", 1, () -> "first", () -> t.worker("second", 1));
    }

    static void staggeredFailureStartsTheNext(Trace t) {
        t.ticks(6);
        oneByOne(t, "one by one", () -> t.failing("first", 0), () -> t.worker("second", 1));
        race(t, "with delay", 5, () -> t.failing("first", 1), () -> t.worker("second", 1));
    }

    static void staggeredSlowOnesGetRivals(Trace t) {
        List<Callable<String>> bodies = Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> (Callable<String>) () -> t.worker(name, 2.5))
                .toList();
        log(t, "race", staggeredRace(bodies, seconds(1)));
    }

    static void staggeredSlowOneWithoutDelayGetsNoRival(Trace t) {
        oneByOne(t, "race", () -> t.worker("first", 100), () -> t.worker("second", 1));
    }

    static void staggeredFirstTimeoutSecondWins(Trace t) {
        race(t, "race", 0.5, () -> t.worker("first", 10), () -> t.worker("second", 0));
    }

    static void staggeredNobodyWins(Trace t) {
        oneByOne(t, "one by one", () -> t.failing("first", 1), () -> t.failing("second", 1));
        race(t, "with delay", 1, () -> t.failing("first", 3), () -> t.failing("second", 1));
    }

    static void staggeredLosersAreWaitedFor(Trace t) {
        race(t, "race", 1, () -> t.tidy("first", 9, 3), () -> t.clumsy("second", 9, 1), () -> t.worker("third", 1));
    }

    static void staggeredDelayOfZeroStartsAll(Trace t) {
        t.ticks(14);
        race(t, "zero", 0, () -> t.worker("a", 1), () -> t.worker("b", 1), () -> t.worker("c", 1));
        race(t, "negative", -1, () -> t.worker("d", 1), () -> t.worker("e", 0.5));
    }

    static void staggeredRivalsEndInOneIteration(Trace t) {
        race(t, "race", 1, () -> t.worker("first", 2), () -> t.worker("second", 1));
    }

    static void staggeredFailureWhenTheDelayIsOver(Trace t) {
        race(t, "race", 1, () -> t.failing("first", 1), () -> t.worker("second", 1), () -> t.worker("third", 1));
    }

    static void staggeredCancelledBodyIsAFailedOne(Trace t) {
        oneByOne(
                t,
                "race",
                () -> {
                    sleep(seconds(1));
                    throw new CancelledError("own");
                },
                () -> t.worker("second", 1));
    }

    static void staggeredBodyFailsBeforeItSuspends(Trace t) {
        Callable<String> failing = () -> {
            throw new Failed("at once");
        };
        t.ticks(6);
        race(t, "race", 1, failing, failing, () -> t.worker("third", 1));
    }

    static void staggeredValueMayBeNothing(Trace t) {
        oneByOne(t, "race", () -> t.failing("first", 1), () -> {
            sleep(seconds(1));
            return null;
        });
    }

    static void staggeredCancelled(Trace t) {
        Task<Void> race = createTask(() -> race(t, "race", 2, () -> t.worker("first", 9), () -> t.worker("second", 9)));
        sleep(seconds(1));
        race.cancel("why");
        t.attempt("task", () -> await(race));
        t.log("cancelling " + race.cancelling());
    }

    static void staggeredWithinStaggered(Trace t) {
        race(
                t,
                "outer",
                3,
                () -> {
                    race(t, "inner", 1, () -> t.failing("a", 1), () -> t.worker("b", 9));
                    return null;
                },
                () -> t.worker("c", 1));
    }
}
