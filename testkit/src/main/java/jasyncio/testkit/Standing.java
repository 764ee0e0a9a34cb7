package jasyncio.testkit;

import jasyncio.EventLoop;
import jasyncio.LoopView;
import java.time.Duration;
import java.util.List;

/** What is said of a loop that stands still. */
final class Standing {
    private Standing() {}

    /** Nothing can wake the loop, as far as anybody knows. */
    static WedgedError wedged(EventLoop loop, Duration waited) {
        return new WedgedError(
                "The test cannot go on: nothing is ready, no timer is set, and no other thread called within "
                        + text(waited) + "\n" + TaskTree.of(loop));
    }

    /** The loop waits for something that happens in real time. */
    static WedgedError waitsOutside(EventLoop loop, Duration waited) {
        List<String> outside = LoopView.of(loop).outside();
        return new WedgedError("Virtual time stands still: waited " + text(waited) + " of real time for\n"
                + String.join("\n", outside)
                + "\nSleep with jasyncio's sleep(…), put a fake in the place of what is outside, allow more time with VirtualClock.patience(…),"
                + " or run in real time with @JasyncioTest(realTime = true)\n"
                + TaskTree.of(loop));
    }

    /** Something is always ready, so that time never passes. */
    static WedgedError spins(EventLoop loop, long iterations) {
        return new WedgedError("Virtual time stands still: the loop ran " + iterations
                + " iterations without coming to rest. A task spins:"
                + " let it await what it waits for, or sleep longer than Duration.ZERO\n" + TaskTree.of(loop));
    }

    private static String text(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
