package jasyncio.generator;

import jasyncio.coroutine.OneShotContinuation;
import jasyncio.coroutine.PinnedException;
import jasyncio.generator.Generator.State;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The machine behind both kinds of generator.
 *
 * <p><em>Overview.</em> The body runs in a continuation of its own. Whoever advances the generator leaves a value or an exception in
 * {@code passed} and {@code thrown}, resumes the continuation, and finds in {@code passed} what was yielded, or that the body has ended.
 *
 * <p>A body that delegates does not run its delegate. It leaves it in {@code delegate} and stands still; whoever advances the outer
 * generator then resumes the innermost one directly, and hands the end of a delegate to the frame above it. So an item costs one switch
 * however deep it comes from. What Python's chain of running frames refuses is found by walking the chain of delegates.
 *
 * <p>All fields belong to the thread that the generator belongs to.
 *
 * @param <Y> the type of what is yielded
 * @param <R> the type of the body's result
 */
abstract sealed class Frame<Y extends @Nullable Object, R extends @Nullable Object>
        permits PlainGenerator, TwoWayGenerator {
    private final OneShotContinuation continuation = OneShotContinuation.of("generator", this::runBody);

    /** Null after the end. */
    private @Nullable Object body;

    private final Class<?> described;

    private boolean started;
    private boolean ended;

    /** The body has returned, so that {@code result} is one. */
    private boolean returned;

    private @Nullable Object result;

    /** What the body threw at its end, on the way to whoever advanced it. */
    private @Nullable Throwable failure;

    /** A value on its way in or out of the body. */
    private @Nullable Object passed;

    /** An exception on its way into the body. */
    private @Nullable Throwable thrown;

    /** What the body has given its place to. */
    private @Nullable Frame<?, ?> delegate;

    /** Who advanced this one last: this one itself, or one that delegates to it through others. */
    private @Nullable Frame<?, ?> driver;

    /** Somebody is advancing or closing this one. */
    private boolean driving;

    /** An iterator has run the body to its next yield, whose value is in {@code passed}. */
    private boolean ahead;

    private final AbandonedGenerators.@Nullable Watch watch;

    Frame(Object body) {
        this.body = Objects.requireNonNull(body, "No body: the argument is null");
        this.described = body.getClass();
        this.watch = AbandonedGenerators.watch(this);
    }

    // ---- inside: called by the body

    abstract R run(Object body) throws Exception;

    private void runBody() {
        try {
            result = run(Objects.requireNonNull(body));
            returned = true;
        } catch (StopIteration e) {
            failure =
                    new IllegalStateException("Generator raised StopIteration: it escaped from the body of " + this, e);
        } catch (Throwable e) {
            failure = e;
        }
        end();
    }

    private void end() {
        ended = true;
        body = null;
        if (watch != null) {
            watch.ended();
        }
    }

    /** Hands a value out and returns what comes in. */
    final @Nullable Object yieldValue(@Nullable Object value) {
        checkInside();
        passed = value;
        return standStill();
    }

    private @Nullable Object standStill() {
        try {
            OneShotContinuation.yield();
        } catch (PinnedException e) {
            passed = null;
            throw e;
        }
        Throwable thrown = this.thrown;
        if (thrown != null) {
            this.thrown = null;
            throw unchecked(thrown);
        }
        Object value = passed;
        passed = null;
        return value;
    }

    /** Hands out what {@code items} has to give; returns the result of a generator. */
    final @Nullable Object delegateTo(Iterable<?> items) {
        if (!(Objects.requireNonNull(items, "Nothing to yield from: the argument is null")
                instanceof Frame<?, ?> frame)) {
            yieldEach(items.iterator());
            return null;
        }
        checkInside();
        delegate = frame;
        try {
            return standStill();
        } finally {
            delegate = null; // as it is already unless the stack was pinned
        }
    }

    /** Ends with the items, or when {@code StopIteration} is thrown in: that is how an iterator says the same. */
    private void yieldEach(Iterator<?> items) {
        try {
            yieldOrClose(items);
        } catch (StopIteration e) {
            // the items have ended
        }
    }

    private void yieldOrClose(Iterator<?> items) {
        try {
            while (items.hasNext()) {
                Object sent = yieldValue(items.next());
                if (sent != null) {
                    throw new IllegalStateException("Cannot send " + sent + " to " + this + " now: it yields from a "
                            + items.getClass().getName() + ", which is no generator");
                }
            }
        } catch (GeneratorExit e) {
            close(items);
            throw e;
        }
    }

    private static void close(Iterator<?> items) {
        if (items instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw unchecked(e);
            }
        }
    }

    private void checkInside() {
        if (!continuation.innermost()) {
            throw new IllegalStateException(
                    "Cannot yield from here to whoever advances " + this + ": only its own body can, while it runs");
        }
    }

    // ---- outside: called by whoever advances it

    public final Y next() {
        return ahead ? takeAhead() : valueAfter(null, null);
    }

    final Y sendValue(@Nullable Object value) {
        checkNotAhead("send to");
        if (!started && !ended && value != null) {
            throw new IllegalStateException("Cannot send " + value + " to the just-started " + this
                    + ", as it stands at no yield yet; call next() first, or create it with SendGenerator.primed(…)");
        }
        return valueAfter(value, null);
    }

    public final Y throwIn(Throwable exception) {
        Objects.requireNonNull(exception, "Nothing to throw: the argument is null");
        checkNotAhead("throw into");
        checkNotExecuting();
        if (!started) {
            end();
            started = true;
        }
        if (ended) {
            throw unchecked(exception);
        }
        Throwable raised =
                exception instanceof GeneratorExit && delegate != null ? closeDelegate(exception) : exception;
        return valueAfter(null, raised);
    }

    public final void close() {
        checkNotExecuting();
        ahead = false;
        if (!started) {
            started = true;
            end();
        }
        if (ended) {
            return;
        }
        boolean yielded;
        try {
            Throwable exit = new GeneratorExit();
            yielded = advance(null, delegate == null ? exit : closeDelegate(exit), true);
        } catch (GeneratorExit e) {
            return;
        }
        if (yielded) {
            passed = null;
            throw new IllegalStateException(
                    "Generator ignored GeneratorExit: the body of " + this + " has yielded while it was being closed");
        }
    }

    public final State state() {
        if (ended && !driving) {
            return State.CLOSED;
        }
        return !started ? State.CREATED : executing(this) ? State.RUNNING : State.SUSPENDED;
    }

    public final Iterator<Y> iterator() {
        return new FrameIterator<>(this);
    }

    public final void forEach(Consumer<? super Y> action) {
        forEachRemaining(Objects.requireNonNull(action, "No action: the argument is null"));
    }

    public final Stream<Y> stream() {
        return StreamSupport.stream(new FrameSpliterator<>(this), false).onClose(this::close);
    }

    /**
     * Hands all values to {@code action}. The monitors of the caller are inflated once: those that the action enters it has left when the
     * body is resumed.
     */
    final void forEachRemaining(Consumer<? super Y> action) {
        boolean first = true;
        while (ahead || (!ended && advance(null, null, first))) {
            first = false;
            action.accept(takeAhead());
        }
    }

    /** Runs the body to its next yield unless that was done already; returns false at the end. */
    final boolean lookAhead() {
        if (!ahead) {
            ahead = !ended && advance(null, null, true);
        }
        return ahead;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what the body yielded
    final Y takeAhead() {
        ahead = false;
        Object value = passed;
        passed = null;
        return (Y) value;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what run() returned
    final R returned() {
        if (!returned) {
            throw new IllegalStateException("Cannot get the result of " + this + ": its body has not returned one");
        }
        return (R) result;
    }

    private Y valueAfter(@Nullable Object sent, @Nullable Throwable raised) {
        if (ended) {
            checkNotExecuting();
            throw new StopIteration(null);
        }
        if (!advance(sent, raised, true)) {
            throw new StopIteration(result);
        }
        return takeAhead();
    }

    /** Runs to the next yield and returns true, or to the end and returns false; what the body throws is thrown. */
    private boolean advance(@Nullable Object sent, @Nullable Throwable raised, boolean inflate) {
        checkNotExecuting();
        driving = true;
        try {
            return drive(sent, raised, inflate);
        } finally {
            driving = false;
        }
    }

    private boolean drive(@Nullable Object sent, @Nullable Throwable raised, boolean inflate) {
        Frame<?, ?> frame = toResume();
        if (frame.thrown == null) {
            frame.passed = sent;
            frame.thrown = raised;
        }
        boolean first = inflate;
        while (true) {
            boolean before = frame.ended; // by somebody else, while this one delegated to it
            Throwable problem = before ? frame.takeThrown() : frame.resume(this, first);
            first = false;
            if (problem == null && !frame.ended) {
                if (frame.delegate == null) {
                    passed = frame == this ? passed : frame.takePassed();
                    return true;
                }
                frame = descend(frame);
            } else if (frame != this) {
                frame = handUp(frame, before ? null : frame.result, problem);
            } else if (problem != null) {
                throw unchecked(problem);
            } else {
                return false;
            }
        }
    }

    /** Resumes the body; returns what it threw at its end, or why it cannot be resumed. */
    private @Nullable Throwable resume(Frame<?, ?> driver, boolean inflate) {
        try {
            continuation.checkResumable();
        } catch (IllegalStateException refusal) {
            takeThrown();
            return refusal;
        }
        started = true;
        this.driver = driver;
        if (watch != null) {
            watch.started();
        }
        if (inflate) {
            continuation.resume();
        } else {
            continuation.resumeInflated();
        }
        Throwable failure = this.failure;
        this.failure = null;
        return failure;
    }

    /** Ends a delegation: the one that delegated goes on with the result of {@code frame}, or with what it threw. */
    private Frame<?, ?> handUp(Frame<?, ?> frame, @Nullable Object result, @Nullable Throwable problem) {
        Frame<?, ?> delegator = delegatorOf(frame);
        delegator.delegate = null;
        if (problem instanceof StopIteration end) {
            delegator.passed = end.value(); // thrown into one that had ended: it says no more than that
        } else {
            delegator.passed = result;
            delegator.thrown = problem;
        }
        return delegator;
    }

    /**
     * Returns the one to resume: the innermost that this one delegates to. Should one in between be executing, on behalf of somebody else,
     * then it is the one that delegates to that, and gets an exception.
     */
    private Frame<?, ?> toResume() {
        Frame<?, ?> frame = this;
        boolean driven = false;
        while (frame.delegate != null) {
            frame = frame.delegate;
            driven |= frame.driving;
        }
        return frame != this && (driven || frame.continuation.running()) ? descend(this) : frame;
    }

    /** The same for what is below {@code frame}, which has just begun to delegate. */
    private Frame<?, ?> descend(Frame<?, ?> frame) {
        Frame<?, ?> first = frame.delegate;
        frame.delegate = null; // no way is a circle now
        Frame<?, ?> delegator = frame;
        for (Frame<?, ?> next = first; next != null; next = next.delegate) {
            if (executing(next) || leadsTo(next, frame)) {
                delegator.delegate = null;
                delegator.thrown = next.executing();
                break;
            }
            delegator = next;
        }
        frame.delegate = delegator == frame ? null : first;
        return delegator;
    }

    /** Tells whether {@code frame} is one of those that lead from this one to {@code last}. */
    private boolean leadsTo(Frame<?, ?> frame, Frame<?, ?> last) {
        Frame<?, ?> next = this;
        while (next != frame && next != last) {
            next = Objects.requireNonNull(next.delegate);
        }
        return next == frame;
    }

    private @Nullable Object takePassed() {
        Object value = passed;
        passed = null;
        return value;
    }

    private @Nullable Throwable takeThrown() {
        Throwable exception = thrown;
        passed = null;
        thrown = null;
        return exception;
    }

    private Frame<?, ?> innermost() {
        Frame<?, ?> frame = this;
        while (frame.delegate != null) {
            frame = frame.delegate;
        }
        return frame;
    }

    /** Returns the one of this chain that delegates to {@code frame}. */
    private Frame<?, ?> delegatorOf(Frame<?, ?> frame) {
        Frame<?, ?> delegator = this;
        while (delegator.delegate != frame) {
            delegator = Objects.requireNonNull(delegator.delegate);
        }
        return delegator;
    }

    /** Closes the delegate before an exit reaches the body; returns what to throw there. */
    private Throwable closeDelegate(Throwable exit) {
        Frame<?, ?> closing = Objects.requireNonNull(delegate);
        driving = true;
        try {
            closing.close();
            return exit;
        } catch (Throwable e) {
            return e;
        } finally {
            driving = false;
            delegate = null;
        }
    }

    // ---- what is refused

    /** Tells whether the body runs, or one it has given its place to for whoever advances it now. */
    private static boolean executing(Frame<?, ?> frame) {
        if (frame.driving) {
            return true;
        }
        Frame<?, ?> innermost = frame.innermost();
        if (!innermost.continuation.running()) {
            return false;
        }
        for (Frame<?, ?> next = innermost.driver; next != null; next = next.delegate) {
            if (next == frame) {
                return true;
            }
        }
        return false;
    }

    private void checkNotExecuting() {
        if (driving || (delegate != null && executing(this))) {
            throw executing();
        }
    }

    private IllegalStateException executing() {
        return new IllegalStateException("Generator already executing: " + this
                + " cannot be advanced, closed or delegated to from inside its own body");
    }

    private void checkNotAhead(String what) {
        if (ahead) {
            throw new IllegalStateException(
                    "Cannot " + what + " " + this
                            + ": hasNext() of an iterator has run the body to its next yield, whose value nobody has taken; take it with next()");
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException unchecked(Throwable e) throws X {
        throw (X) e;
    }

    @Override
    public final String toString() {
        return "<Generator " + description() + " " + state() + ">";
    }

    /** Names a lambda by the class it was written in. */
    final String description() {
        String name = described.getName();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        int lambda = simple.indexOf("$$Lambda");
        return lambda < 0 ? simple : simple.substring(0, lambda) + " lambda";
    }
}
