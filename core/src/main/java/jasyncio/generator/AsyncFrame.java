package jasyncio.generator;

import jasyncio.Action;
import jasyncio.LowLevel;
import jasyncio.Segment;
import jasyncio.StopAsyncIteration;
import jasyncio.generator.Generator.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The machine behind asynchronous generators.
 *
 * <p><em>Overview.</em> The body runs in a {@link Segment}. Whoever advances the generator leaves a value or an exception in {@code passed}
 * and {@code thrown}, resumes the segment, and finds in {@code passed} what was yielded, or that the segment has ended.
 *
 * <p>It does not know the object that users hold, so that this one can become garbage while the body stands at a yield. The loop then runs
 * this, an {@link Action} that closes.
 *
 * <p>All fields belong to the loop of the task that first advances it.
 *
 * @param <Y> the type of what is yielded
 * @param <S> the type of what is sent
 */
final class AsyncFrame<Y extends @Nullable Object, S extends @Nullable Object> implements Action<RuntimeException> {
    private final Segment segment;
    private final Class<?> described;

    /** The body has begun; or never will. */
    private boolean started;

    /** Closed before the body began. */
    private boolean closedAtOnce;

    /** Has been closed, which the body may have ignored. */
    private boolean closed;

    /** An iterator has run the body to its next yield, whose value is in {@code passed}. */
    private boolean ahead;

    /** A value on its way in or out of the body. */
    private @Nullable Object passed;

    /** An exception on its way into the body. */
    private @Nullable Throwable thrown;

    private AsyncFrame(Object body, Inside<Y, S> inside) {
        this.described =
                Objects.requireNonNull(body, "No body: the argument is null").getClass();
        this.segment = LowLevel.segment(() -> run(inside));
    }

    /** What runs inside, given the frame that it yields to. */
    @FunctionalInterface
    private interface Inside<Y extends @Nullable Object, S extends @Nullable Object> {
        void run(AsyncFrame<Y, S> frame) throws Exception;
    }

    static <Y extends @Nullable Object, S extends @Nullable Object> AsyncFrame<Y, S> oneWay(Generator.Body<Y> body) {
        return new AsyncFrame<>(body, frame -> body.run(new OneWay<>(frame)));
    }

    static <Y extends @Nullable Object, S extends @Nullable Object> AsyncFrame<Y, S> twoWay(
            AsyncSendGenerator.Body<Y, S> body) {
        return new AsyncFrame<>(body, frame -> body.run(new TwoWay<>(frame)));
    }

    // ---- inside: called by the body

    private void run(Inside<Y, S> inside) throws Exception {
        started = true;
        passed = null;
        try {
            inside.run(this);
        } catch (StopAsyncIteration | StopIteration e) {
            String signal = e.getClass().getSimpleName();
            throw new IllegalStateException(
                    "Async generator raised " + signal + ": it escaped from the body of " + this, e);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only asend() brings values; anext() brings null
    private S yieldValue(@Nullable Object value) {
        passed = value;
        segment.pause();
        Throwable thrown = this.thrown;
        if (thrown != null) {
            this.thrown = null;
            throw unchecked(thrown);
        }
        Object sent = passed;
        passed = null;
        return (S) sent;
    }

    /** Hands out what {@code items} has to give. A generator that this body leaves before its end is closed. */
    private void yieldEach(Iterable<?> items) {
        boolean atEnd = false;
        try {
            for (Object item : Objects.requireNonNull(items, "Nothing to yield from: the argument is null")) {
                yieldValue(item);
            }
            atEnd = true;
        } finally {
            if (!atEnd && items instanceof Generator<?> generator) {
                generator.close();
            }
        }
    }

    private record OneWay<Y extends @Nullable Object>(AsyncFrame<Y, ?> frame) implements Generator.Yielder<Y> {
        @Override
        @SuppressWarnings("NamedLikeContextualKeyword")
        public void yield(Y value) {
            frame.yieldValue(value);
        }

        @Override
        public void yieldFrom(Iterable<? extends Y> items) {
            frame.yieldEach(items);
        }
    }

    private record TwoWay<Y extends @Nullable Object, S extends @Nullable Object>(AsyncFrame<Y, S> frame)
            implements AsyncSendGenerator.Yielder<Y, S> {
        @Override
        @SuppressWarnings("NamedLikeContextualKeyword")
        public S yield(Y value) {
            return frame.yieldValue(value);
        }

        @Override
        @SuppressWarnings("NamedLikeContextualKeyword")
        public S yield() {
            return frame.yieldValue(null);
        }

        @Override
        public void yieldFrom(Iterable<? extends Y> items) {
            frame.yieldEach(items);
        }
    }

    // ---- outside: called by whoever advances it, who holds {@code handle}

    /** Runs the body to its next yield unless that was done already; returns false at the end. */
    boolean lookAhead(Object handle) {
        if (!ahead) {
            ahead = advance(handle, "anext", null, null);
        }
        return ahead;
    }

    Y next(Object handle) {
        if (!lookAhead(handle)) {
            throw new StopAsyncIteration();
        }
        return take();
    }

    /** Returns what the body has yielded. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what the body yielded
    private Y take() {
        ahead = false;
        Object value = passed;
        passed = null;
        return (Y) value;
    }

    Y send(Object handle, S value) {
        checkNotRunning("asend");
        checkNotAhead("send to");
        if (!started && value != null) {
            throw new IllegalStateException(
                    "Cannot send " + value + " to the just-started " + this
                            + ", as it stands at no yield yet; call anext() first, or create it with AsyncSendGenerator.primed(…)");
        }
        if (!advance(handle, "asend", value, null)) {
            throw new StopAsyncIteration();
        }
        return take();
    }

    Y throwIn(Object handle, Throwable exception) {
        Objects.requireNonNull(exception, "Nothing to throw: the argument is null");
        checkNotRunning("athrow");
        checkNotAhead("throw into");
        if (!started) {
            closeAtOnce();
        }
        if (ended()) {
            throw unchecked(exception);
        }
        if (closed || !advance(handle, "athrow", null, exception)) {
            throw new StopAsyncIteration();
        }
        return take();
    }

    /** Closes. */
    @Override
    public void run() {
        checkNotRunning("aclose");
        ahead = false;
        if (!started) {
            closeAtOnce();
        }
        if (ended()) {
            return;
        }
        if (closed) {
            throw new StopAsyncIteration();
        }
        closed = true;
        boolean yielded;
        try {
            yielded = advance(this, "aclose", null, new GeneratorExit());
        } catch (GeneratorExit e) {
            return;
        } catch (Throwable e) {
            closed = ended(); // or it could not be resumed
            throw e;
        }
        if (yielded) {
            passed = null;
            throw new IllegalStateException("Async generator ignored GeneratorExit: the body of " + this
                    + " has yielded while it was being closed");
        }
    }

    private void closeAtOnce() {
        started = true;
        closedAtOnce = true;
    }

    State state() {
        if (segment.running()) {
            return State.RUNNING;
        }
        return ended() ? State.CLOSED : started ? State.SUSPENDED : State.CREATED;
    }

    private boolean ended() {
        return closedAtOnce || segment.done();
    }

    /** Runs to the next yield and returns true, or to the end and returns false; what the body throws is thrown. */
    private boolean advance(Object handle, String call, @Nullable Object sent, @Nullable Throwable raised) {
        checkNotRunning(call);
        if (ended()) {
            return false;
        }
        if (!started) {
            segment.closeWhenAbandoned(handle, this);
        }
        passed = sent;
        thrown = raised;
        segment.resume();
        return !segment.done();
    }

    // ---- what is refused

    private void checkNotRunning(String call) {
        if (segment.running()) {
            throw new IllegalStateException(call + "(): asynchronous generator is already running: " + this
                    + "; let one task at a time advance or close it");
        }
    }

    private void checkNotAhead(String what) {
        if (ahead) {
            throw new IllegalStateException(
                    "Cannot " + what + " " + this
                            + ": hasNext() of an iterator has run the body to its next yield, whose value nobody has taken; take it with anext()");
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException unchecked(Throwable e) throws X {
        throw (X) e;
    }

    @Override
    public String toString() {
        return "<AsyncGenerator " + description() + " " + state() + ">";
    }

    /** Names a lambda by the class it was written in. */
    private String description() {
        String name = described.getName();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        int lambda = simple.indexOf("$$Lambda");
        return lambda < 0 ? simple : simple.substring(0, lambda) + " lambda";
    }
}
