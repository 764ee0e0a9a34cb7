package jasyncio;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the time a body may take: when it is up the task is cancelled, and what leaves the body as {@link CancelledError} leaves the
 * scope as {@code TimeoutException}. For a task; used once. {@link Asyncio#timeout} is the short form.
 *
 * {@snippet :
 * var limit = Timeout.after(ofSeconds(2));
 * limit.run(() -> {
 *     while (await(receive())) {
 *         limit.reschedule(ofSeconds(2));
 *     }
 * });
 * }
 *
 * <p>Nested ones may expire together: each converts only its own cancellation, and a cancellation from outside passes through.
 */
public final class Timeout {
    private enum State {
        CREATED("not entered"),
        ENTERED("active"),
        EXPIRING("expiring"),
        EXPIRED("expired"),
        EXITED("finished");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final EventLoop loop;
    private State state = State.CREATED;
    private long when;
    private @Nullable Deadline deadline;
    private @Nullable Task<?> task;
    private int cancellingBefore;

    private Timeout(EventLoop loop, long when) {
        this.loop = loop;
        this.when = when;
    }

    /** Creates one that expires after {@code length}, counted from now. Never suspends; for a task of the loop. */
    public static Timeout after(Duration length) {
        EventLoop loop = Await.loop();
        return new Timeout(loop, loop.kernel.time.after(length));
    }

    /** Creates one that expires at a moment of the loop's clock. Never suspends; for a task of the loop. */
    public static Timeout at(Instant when) {
        EventLoop loop = Await.loop();
        return new Timeout(loop, loop.kernel.time.nanosOf(when));
    }

    /** Creates one that does not expire unless it is rescheduled. Never suspends; for a task of the loop. */
    public static Timeout never() {
        return new Timeout(Await.loop(), NEVER);
    }

    /**
     * Runs the body in place under this limit. Suspends as the body does; cancellable; for a task of the loop.
     *
     * @throws TimeoutException if the time was up and the body ended by the cancellation
     * @throws IllegalStateException if this was run before, or the caller is no task
     */
    public <T extends @Nullable Object, X extends Exception> T run(TimedCall<? extends T, X> body)
            throws X, TimeoutException {
        Given.given(body, "A body");
        enter();
        T result;
        try {
            result = body.call();
        } catch (Throwable e) {
            throw Rethrow.unchecked(exit(e));
        }
        exitNormally();
        return result;
    }

    /** The same for a body without a value. */
    public <X extends Exception> void run(TimedAction<X> body) throws X, TimeoutException {
        Given.given(body, "A body");
        enter();
        try {
            body.run();
        } catch (Throwable e) {
            throw Rethrow.unchecked(exit(e));
        }
        exitNormally();
    }

    /**
     * Moves the limit to a moment of the loop's clock; one that is past expires in the next iteration. Never suspends.
     *
     * @throws IllegalStateException if the body is not running, or the time is up already
     */
    public void reschedule(Instant when) {
        reschedule(loop.kernel.time.nanosOf(when));
    }

    /** Moves the limit to {@code length} from now. Never suspends. */
    public void reschedule(Duration length) {
        reschedule(loop.kernel.time.after(length));
    }

    /** Takes the limit away. Never suspends. */
    public void disarm() {
        reschedule(NEVER);
    }

    /** Returns when it expires on the loop's clock, or empty if it does not. */
    public Optional<Instant> when() {
        return when == NEVER ? Optional.empty() : Optional.of(loop.kernel.time.instantOf(when));
    }

    /** Tells whether the time was up before the body was over. */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    private void enter() {
        if (state != State.CREATED) {
            throw new IllegalStateException("Timeout has already been entered: " + this + "; create one for each body");
        }
        Task<?> current = Await.task();
        if (current.loop != loop) {
            throw new IllegalStateException("Cannot run " + this + " on " + current.loop + ": it was created on " + loop
                    + ", whose clock it follows; create one for each loop");
        }
        state = State.ENTERED;
        task = current;
        cancellingBefore = current.cancelling();
        reschedule(when);
    }

    private void reschedule(long nanos) {
        if (state != State.ENTERED) {
            throw new IllegalStateException(
                    state == State.CREATED
                            ? "Timeout has not been entered: " + this
                            : "Cannot change the time of a timeout that is " + state.words + ": " + this);
        }
        loop.kernel.checkAccess(this);
        when = nanos;
        disarmDeadline();
        if (nanos != NEVER) {
            Kernel kernel = loop.kernel;
            deadline = nanos <= kernel.time.now()
                    ? Deadline.now(kernel, this::expire)
                    : Deadline.at(kernel, nanos, this::expire);
        }
    }

    private void expire() {
        running().cancelUnchecked(null);
        state = State.EXPIRING;
        deadline = null;
    }

    private void exitNormally() {
        disarmDeadline();
        if (state == State.EXPIRING) {
            state = State.EXPIRED;
            running().uncancel();
        } else {
            state = State.EXITED;
        }
    }

    /** Returns what leaves the scope instead of {@code thrown}. */
    private Throwable exit(Throwable thrown) {
        disarmDeadline();
        Throwable e = running().atScopeEdge(thrown);
        if (state != State.EXPIRING) {
            state = State.EXITED;
            return e;
        }
        state = State.EXPIRED;
        if (running().uncancel() > cancellingBefore) {
            return e; // somebody else cancels too, and that is not ours to turn into a timeout
        }
        var timeout = Traces.here(new TimeoutException("Timed out"));
        if (e instanceof CancelledError) {
            timeout.initCause(e);
            return timeout;
        }
        e.addSuppressed(timeout);
        return e;
    }

    private void disarmDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    private Task<?> running() {
        return Objects.requireNonNull(task);
    }

    @Override
    public String toString() {
        String until = state == State.ENTERED
                ? " when=" + when().map(Instant::toString).orElse("never")
                : "";
        return "<Timeout [" + state.words + "]" + until + ">";
    }
}
