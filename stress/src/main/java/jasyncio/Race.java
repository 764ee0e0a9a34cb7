package jasyncio;

import jasyncio.stress.Rendezvous;
import java.util.ArrayList;
import java.util.List;

/** A loop that cancels a future while another thread completes it, and what is left when both are through. */
final class Race {
    /** Iterations between the meeting with the other thread and the cancellation, so that either may come first. */
    private static final int LEAD = 3;

    private static final int TO_SETTLE = 4;

    final EventLoop loop = Asyncio.newEventLoop();
    private final List<EventLoop.Failure> failures = new ArrayList<>();
    private final Rendezvous rendezvous = new Rendezvous();
    private boolean cancelled;

    Race() {
        loop.setExceptionHandler(failures::add);
    }

    /** Waits, on the other thread, until the loop has come to the point that matters. */
    void await() {
        rendezvous.meetAsFirst();
    }

    /** Waits for the other thread. For the loop. */
    void begin() {
        rendezvous.meetAsSecond();
    }

    /** Runs the loop: the other thread begins, and some iterations later the future is cancelled. */
    void cancelOnLoop(Future<?> future) {
        loop.callSoon(() -> {
            begin();
            afterIterations(LEAD, () -> {
                cancelled = future.cancel();
                loop.stop();
            });
        });
        loop.runForever();
    }

    /** Runs the loop: the other thread begins, and meanwhile the future is completed. */
    void completeOnLoop(Future<String> future) {
        loop.callSoon(() -> {
            begin();
            future.setResult("value");
            afterIterations(LEAD, loop::stop);
        });
        loop.runForever();
    }

    /** Lets the loop do what is left to do, and closes it. */
    void settle() {
        iterate();
        loop.close();
    }

    /** Lets the loop do what is left to do. */
    void iterate() {
        afterIterations(TO_SETTLE, loop::stop);
        loop.runForever();
    }

    /** Returns how the future ended, once that is settled; not a word of two if what cancel() said is something else. */
    String outcome(Future<?> future) {
        settle();
        if (!failures.isEmpty()) {
            return failures.getFirst().message();
        }
        if (!future.done()) {
            return "pending";
        }
        String state = future.cancelled() ? "cancelled" : "value";
        return future.cancelled() == cancelled ? state : state + ", but cancel() was " + cancelled;
    }

    void afterIterations(int count, Runnable callback) {
        loop.callSoon(count == 0 ? callback : () -> afterIterations(count - 1, callback));
    }
}
