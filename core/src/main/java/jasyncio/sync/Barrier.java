package jasyncio.sync;

import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;

/**
 * Lets a number of tasks go on only when all of them have come. It fills, then drains, and can then be used again; tasks that come while
 * it drains wait for the next round.
 */
public final class Barrier {
    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private final Condition condition = new Condition();
    private final int parties;
    private State state = State.FILLING;
    private int inside;

    /** @throws IllegalArgumentException if {@code parties} is less than 1 */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("A barrier needs at least 1 party: " + parties);
        }
        this.parties = parties;
    }

    /**
     * What can be seen of a barrier.
     *
     * @param parties how many it takes
     * @param waiting how many have come
     */
    public record Statistics(int parties, int waiting, boolean broken) {}

    /**
     * Waits until all parties have come. Suspends; cancellable; for a task of the loop.
     *
     * @return the caller's place in the order of arrival, from 0; the last one goes on first
     * @throws BrokenBarrierException if the barrier is or gets broken, or is reset meanwhile
     */
    public int await() throws BrokenBarrierException {
        try (var _ = condition.acquire()) {
            awaitFillable();
            int index = inside++;
            try {
                if (index + 1 == parties) {
                    state = State.DRAINING;
                    condition.signalAll();
                } else {
                    awaitFilled();
                }
                return index;
            } finally {
                inside--;
                exit();
            }
        }
    }

    private void awaitFillable() throws BrokenBarrierException {
        condition.awaitFor(() -> state != State.DRAINING && state != State.RESETTING);
        if (state == State.BROKEN) {
            throw new BrokenBarrierException("Barrier aborted");
        }
    }

    private void awaitFilled() throws BrokenBarrierException {
        condition.awaitFor(() -> state != State.FILLING);
        if (state == State.BROKEN || state == State.RESETTING) {
            throw new BrokenBarrierException("Abort or reset of barrier");
        }
    }

    /** The last one out opens the barrier for the next round. */
    private void exit() {
        if (inside == 0) {
            if (state == State.RESETTING || state == State.DRAINING) {
                state = State.FILLING;
            }
            condition.signalAll();
        }
    }

    /** Empties the barrier: who waits gets a {@code BrokenBarrierException}. Suspends; cancellable; for a task of the loop. */
    public void reset() {
        try (var _ = condition.acquire()) {
            state = inside > 0 ? State.RESETTING : State.FILLING;
            condition.signalAll();
        }
    }

    /** Breaks the barrier for good, until a reset: who waits or comes gets a {@code BrokenBarrierException}. Suspends; cancellable; for a task of the loop. */
    public void abort() {
        try (var _ = condition.acquire()) {
            state = State.BROKEN;
            condition.signalAll();
        }
    }

    public int parties() {
        return parties;
    }

    /** Returns how many have come and wait; 0 while it drains. */
    public int waiting() {
        return state == State.FILLING ? inside : 0;
    }

    public boolean broken() {
        return state == State.BROKEN;
    }

    public Statistics statistics() {
        return new Statistics(parties, waiting(), broken());
    }

    @Override
    public String toString() {
        return "<Barrier [" + state.name().toLowerCase(Locale.ROOT)
                + (broken() ? "" : ", waiters:" + waiting() + "/" + parties) + "]>";
    }
}
