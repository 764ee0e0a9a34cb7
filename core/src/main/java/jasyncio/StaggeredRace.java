package jasyncio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Asyncio#staggeredRace}. Each runner is a task that waits for its turn, creates the runner after it, and then runs its
 * body: so there is always one runner more than bodies that have started, and the last one finds no body left.
 */
final class StaggeredRace<T extends @Nullable Object> {
    private final EventLoop loop;
    private final Iterator<? extends Callable<? extends T>> bodies;
    private final @Nullable Duration delay;
    private final List<Task<?>> runners = new ArrayList<>();

    /** By the number of the body; null while it runs. */
    private final List<@Nullable Outcome<T>> outcomes = new ArrayList<>();

    private OptionalInt winner = OptionalInt.empty();

    private StaggeredRace(List<? extends Callable<? extends T>> bodies, @Nullable Duration delay) {
        this.loop = Await.task().loop;
        this.bodies = Given.given(bodies, "A list of bodies").stream()
                .<Callable<? extends T>>map(body -> Given.given(body, "A body for each place in the list"))
                .toList()
                .iterator();
        this.delay = delay;
    }

    /** @param delay null if a body is started only when the one before has failed */
    static <T extends @Nullable Object> Race<T> run(
            List<? extends Callable<? extends T>> bodies, @Nullable Duration delay) {
        return new StaggeredRace<T>(bodies, delay).run();
    }

    private Race<T> run() {
        startNext(null);
        try {
            awaitRunners();
        } finally {
            cancelOthers(null);
        }
        return new Race<>(winner, outcomes.stream().map(StaggeredRace::ended).toList());
    }

    private static <T extends @Nullable Object> Outcome<T> ended(@Nullable Outcome<T> outcome) {
        return java.util.Objects.requireNonNull(outcome, "A body still runs (please report)");
    }

    /** Waits until none is left. Cancelled, it cancels the bodies, waits for them all the same, and throws the cancellation then. */
    private void awaitRunners() {
        CancelledError cancelled = null;
        int done = 0;
        while (done != runners.size()) {
            try {
                done = Asyncio.wait(runners).done().size();
            } catch (CancelledError e) {
                cancelled = e;
                cancelOthers(null);
            }
        }
        if (cancelled != null) {
            throw cancelled;
        }
    }

    private void cancelOthers(@Nullable Task<?> survivor) {
        for (Task<?> runner : List.copyOf(runners)) {
            if (runner != survivor) {
                runner.cancelUnchecked(null);
            }
        }
    }

    private void startNext(@Nullable Future<@Nullable Void> previousFailed) {
        runners.add(loop.createTask(() -> runNext(previousFailed)));
    }

    private void runNext(@Nullable Future<@Nullable Void> previousFailed) {
        if (previousFailed != null) {
            awaitTurn(previousFailed);
        }
        if (!bodies.hasNext()) {
            return;
        }
        Future<@Nullable Void> failed = loop.createFuture();
        int index = outcomes.size();
        outcomes.add(null);
        Callable<? extends T> body = bodies.next();
        startNext(failed);
        T value;
        try {
            value = body.call();
        } catch (KeyboardInterrupt interrupt) {
            throw interrupt;
        } catch (Throwable e) {
            outcomes.set(index, new Outcome.Failure<>(Await.task().atScopeEdge(e)));
            if (!failed.done()) { // cancelled together with the next runner
                failed.succeed(null);
            }
            return;
        }
        outcomes.set(index, new Outcome.Success<>(value));
        if (winner.isEmpty()) {
            winner = OptionalInt.of(index);
            cancelOthers(Await.task());
        }
    }

    /** Until the body before has failed, or the delay is over. */
    private void awaitTurn(Future<@Nullable Void> previousFailed) {
        if (delay == null) {
            Await.future(previousFailed);
            return;
        }
        try {
            Asyncio.waitFor(Asyncio.coroutine(() -> Await.<@Nullable Void>future(previousFailed)), delay);
        } catch (TimeoutException _) {
            // the one before goes on, and has a rival from now on
        }
    }
}
