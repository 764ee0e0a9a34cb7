package jasyncio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that is not there yet. It belongs to one loop; a task awaits it with {@link Asyncio#await(Awaitable)}.
 *
 * <p>Create one with {@link EventLoop#createFuture()}, and complete it from a task or callback of the same loop; from another thread go
 * through {@link EventLoop#callSoonThreadsafe}. No method here suspends. All are for the loop's own tasks and callbacks, or for any one
 * thread while the loop does not run; another thread gets an {@code IllegalStateException}. {@link #done()}, {@link #cancelled()} and
 * {@code toString} may be called from anywhere, and may be behind there.
 *
 * @param <T> the type of the result
 */
public non-sealed class Future<T extends @Nullable Object> implements Awaitable<T> {
    private static final byte PENDING = 0;
    private static final byte CANCELLED = 1;
    private static final byte FINISHED = 2;
    private static final byte FAILED = 3;

    final EventLoop loop;

    private byte state;

    /** The result; or the {@link FailureWatch.Failed}; or, cancelled, the message (a String), the CancelledError itself, or null. */
    private @Nullable Object value;

    /** Null, one callback, or an ArrayList of them: a {@link Task} that awaits this, a {@link Callback}, or a {@link LibraryCallback}. */
    private @Nullable Object callbacks;

    Future(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Returns the result. If it failed, throws what it failed with: the very object, of whatever type, undeclared.
     *
     * @throws CancelledError if this was cancelled
     * @throws InvalidStateException if it is not done
     */
    public T result() {
        checkAccess();
        throwIfCancelled();
        return resultUnchecked();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only a T is stored when FINISHED
    final T resultUnchecked() {
        return switch (state) {
            case FINISHED -> (T) value;
            case FAILED -> throw Rethrow.unchecked(failed().retrieve());
            case CANCELLED -> throw cancelledError();
            default ->
                throw new InvalidStateException("Result is not ready: " + this + "; await it, or ask done() first");
        };
    }

    /**
     * Returns what it failed with, or null if it succeeded.
     *
     * @throws CancelledError if this was cancelled
     * @throws InvalidStateException if it is not done
     */
    public @Nullable Throwable exception() {
        checkAccess();
        throwIfCancelled();
        return exceptionUnchecked();
    }

    /** Throws what cancelled it, with the caller's place in its trace. */
    private void throwIfCancelled() {
        if (state == CANCELLED) {
            throw Traces.read(cancelledError());
        }
    }

    final @Nullable Throwable exceptionUnchecked() {
        return switch (state) {
            case FINISHED -> null;
            case FAILED -> failed().retrieve();
            case CANCELLED -> throw cancelledError();
            default ->
                throw new InvalidStateException("Exception is not set: " + this + "; await it, or ask done() first");
        };
    }

    /**
     * Returns how it ended, as a value; a cancelled one is a failure with a {@link CancelledError}.
     *
     * @throws InvalidStateException if it is not done
     */
    public Outcome<T> outcome() {
        checkAccess();
        return outcomeUnchecked();
    }

    final Outcome<T> outcomeUnchecked() {
        return switch (state) {
            case FAILED -> new Outcome.Failure<>(failed().retrieve());
            case CANCELLED -> new Outcome.Failure<>(cancelledError());
            default -> new Outcome.Success<>(resultUnchecked());
        };
    }

    /**
     * Completes it with a result.
     *
     * @throws InvalidStateException if it is done
     */
    public void setResult(T result) {
        checkAccess();
        checkPending("result");
        succeed(result);
    }

    /**
     * Completes it with a failure.
     *
     * @throws InvalidStateException if it is done
     */
    public void setException(Throwable exception) {
        checkAccess();
        checkPending("exception");
        fail(Given.given(exception, "An exception"));
    }

    public final boolean done() {
        return state != PENDING;
    }

    public final boolean cancelled() {
        return state == CANCELLED;
    }

    /** Cancels it without a message: see {@link #cancel(String)}. */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels it: whoever awaits it gets a {@link CancelledError} with this message.
     *
     * @return false if it was done already
     */
    public boolean cancel(@Nullable String message) {
        checkAccess();
        if (state == FAILED) {
            failed().retrieve();
        }
        return cancelUnchecked(message);
    }

    /**
     * Has {@code callback} called with this future when it is done: always later, from the ready queue, in the order of registration, in a
     * copy of the caller's context. If it is done already the callback is scheduled at once.
     */
    public final void addDoneCallback(Consumer<? super Future<T>> callback) {
        addDoneCallback(callback, Context.copyCurrent());
    }

    /** The same, in a context of your choice. */
    public final void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
        checkAccess();
        addCallback(new Callback<>(Given.given(callback, "A callback"), Given.given(context, "A context")));
    }

    /**
     * Removes a callback as often as it was added.
     *
     * @return how many there were
     */
    public final int removeDoneCallback(Consumer<? super Future<T>> callback) {
        checkAccess();
        int removed = 0;
        for (Object each : callbacks().toArray()) { // a copy: equals is the program's, and may add and remove callbacks
            if (each instanceof Callback<?> mine && mine.consumer.equals(callback)) {
                removeCallback(mine);
                removed++;
            }
        }
        return removed;
    }

    /** Returns the loop it belongs to. */
    public final EventLoop loop() {
        return loop;
    }

    /**
     * Returns a JDK future that completes as this one does. Cancelling that one cancels this one.
     *
     * <p>Never suspends; the returned future is thread-safe.
     */
    public final CompletableFuture<T> toCompletableFuture() {
        checkAccess();
        return Bridges.toCompletableFuture(this);
    }

    // What follows has no access check: it is called by the library in places where the thread is known.

    final void succeed(T result) {
        state = FINISHED;
        value = result;
        scheduleCallbacks();
    }

    final void fail(Throwable exception) {
        var failed = new FailureWatch.Failed(exception);
        state = FAILED;
        value = failed;
        loop.kernel.failures.watch(this, failed);
        scheduleCallbacks();
    }

    boolean cancelUnchecked(@Nullable String message) {
        return cancelledWith(message);
    }

    /** Becomes cancelled, with a message or with the CancelledError that ended it. */
    final boolean cancelledWith(@Nullable Object messageOrError) {
        if (state != PENDING) {
            return false;
        }
        state = CANCELLED;
        value = messageOrError;
        scheduleCallbacks();
        return true;
    }

    /** Adds a task that awaits, a library callback or a user's; schedules it if this is done. */
    final void addCallback(Object callback) {
        if (state != PENDING) {
            schedule(callback);
        } else if (callbacks == null) {
            callbacks = callback;
        } else if (callbacks instanceof ArrayList<?> list) {
            add(list, callback);
        } else {
            var list = new ArrayList<Object>(4);
            list.add(callbacks);
            list.add(callback);
            callbacks = list;
        }
    }

    final void removeCallback(Object callback) {
        removeCallbacks(c -> c == callback);
    }

    final void removeCallbacksOf(Class<?> type) {
        removeCallbacks(type::isInstance);
    }

    final List<?> callbacks() {
        Object callbacks = this.callbacks; // toString may look from another thread
        return callbacks == null ? List.of() : callbacks instanceof ArrayList<?> list ? list : List.of(callbacks);
    }

    final @Nullable Throwable failure() {
        return state == FAILED ? failed().exception : null;
    }

    /** Like {@link #exceptionUnchecked}, but a cancellation is a value too. For a future that is done. */
    final @Nullable Throwable failureOrCancelled() {
        return state == CANCELLED ? cancelledError() : exceptionUnchecked();
    }

    /** Counts a failure as seen, so that nobody is told of it. */
    final void markRetrieved() {
        if (state == FAILED) {
            failed().retrieve();
        }
    }

    final CancelledError cancelledError() {
        if (value instanceof CancelledError error) {
            value = null; // as in CPython: who asks later gets an error of their own, without the message
            return error;
        }
        return Traces.here(new CancelledError(state == CANCELLED ? (String) value : survivedMessage()));
    }

    /** What the latest cancellation said that this was told of and did not end by. */
    @Nullable
    String survivedMessage() {
        return null;
    }

    /** The outcome, without using up the error that a cancelled task ended with. */
    final Outcome<T> outcomeCopy() {
        return state == CANCELLED
                ? new Outcome.Failure<>(new CancelledError(value instanceof String message ? message : null))
                : outcomeUnchecked();
    }

    final void checkAccess() {
        loop.kernel.checkAccess(this);
    }

    private FailureWatch.Failed failed() {
        return (FailureWatch.Failed) java.util.Objects.requireNonNull(value);
    }

    private void checkPending(String what) {
        if (state != PENDING) {
            throw new InvalidStateException("Cannot set the " + what + " of " + this + ": it is done");
        }
    }

    private void removeCallbacks(java.util.function.Predicate<Object> which) {
        if (callbacks instanceof ArrayList<?> list) {
            list.removeIf(which);
        } else if (callbacks != null && which.test(callbacks)) {
            callbacks = null;
        }
    }

    private void scheduleCallbacks() {
        Object callbacks = this.callbacks;
        if (callbacks == null) {
            return;
        }
        this.callbacks = null;
        if (callbacks instanceof ArrayList<?> list) {
            list.forEach(this::schedule);
        } else {
            schedule(callbacks);
        }
    }

    private void schedule(Object callback) {
        if (callback instanceof Callback<?> user) {
            loop.kernel.ready.add(user.handleFor(this));
        } else {
            loop.kernel.ready.add(callback);
        }
    }

    @SuppressWarnings("unchecked")
    private static void add(List<?> list, Object callback) {
        ((List<Object>) list).add(callback);
    }

    @Override
    public String toString() {
        return Describe.future(this, "Future");
    }

    final String describeState() {
        return switch (state) {
            case PENDING -> "pending";
            case CANCELLED -> "cancelled";
            default -> "finished";
        };
    }

    /** The result or exception as {@code toString} shows it, or an empty string. */
    final String describeResult() {
        return switch (state) {
            case FINISHED -> " result=" + Describe.value(value);
            case FAILED -> " exception=" + Describe.text(failed().exception);
            default -> "";
        };
    }

    /** A user's callback with the context it is to run in. */
    static final class Callback<T extends @Nullable Object> {
        private final Consumer<? super Future<T>> consumer;
        private final Context context;

        Callback(Consumer<? super Future<T>> consumer, Context context) {
            this.consumer = consumer;
            this.context = context;
        }

        @SuppressWarnings("unchecked") // a callback is only ever added to a future of its type
        private Handle handleFor(Future<?> future) {
            return new Handle(new Call<>(consumer, (Future<T>) future), context);
        }

        @Override
        public String toString() {
            return Describe.body(consumer);
        }

        private record Call<T extends @Nullable Object>(Consumer<? super Future<T>> consumer, Future<T> future)
                implements Runnable {
            @Override
            public void run() {
                consumer.accept(future);
            }

            @Override
            public String toString() {
                return Describe.body(consumer);
            }
        }
    }
}
