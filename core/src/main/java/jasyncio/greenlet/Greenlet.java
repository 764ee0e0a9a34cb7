package jasyncio.greenlet;

import jasyncio.Action;
import jasyncio.coroutine.OneShotContinuation;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A body that runs on the caller's thread and hands control to any other greenlet of that thread, whenever it likes.
 *
 * <p>Where a generator always yields to who asked it, a greenlet {@linkplain #switchTo() switches} to whom it chooses, and goes on when
 * somebody switches back to it. Nothing runs by itself: there is no scheduler and no loop, and exactly one greenlet of a thread is current.
 *
 * {@snippet :
 * Greenlet ping = Greenlet.of(() -> { println("ping"); pong.switchTo(); println("ping again"); });
 * Greenlet pong = Greenlet.of(() -> { println("pong"); ping.switchTo(); });
 * ping.switchTo(); // ping, pong, ping again
 * }
 *
 * <p>A switch carries a value or an exception. The first switch to a greenlet starts its body with the value; later ones are what the
 * pending {@code switchTo} or {@code throwIn} of the target returns or throws. When a body ends, its {@linkplain #parent() parent} goes on
 * in the same way: with the result, or with the exception. Who switches to a greenlet that has ended reaches its nearest ancestor that has not.
 *
 * <p>Each thread has a main greenlet, which is what it runs outside all others; it is the default parent, and never ends. A task is a
 * thread in this sense. A greenlet belongs to the thread it was created on, and cannot be reached from any other. A greenlet of a task may
 * await, like any method; that suspends the task with all of its greenlets.
 *
 * <p>Thread locals, locks and context variables are the thread's, shared by all of its greenlets. Monitors are each greenlet's own: one that
 * enters a monitor which another, suspended, greenlet of its thread holds waits for ever. One that nobody refers to any more while it is
 * suspended is garbage: its {@code finally} blocks do not run.
 *
 * <p>On a JVM without the flags that the README names each greenlet is a virtual thread, of which one at a time runs. The order is the same,
 * switches are slower, thread locals and locks are each greenlet's own, and the JVM keeps those that nobody refers to.
 */
public final class Greenlet {

    /** What a greenlet runs that takes the value of the first switch to it. */
    @FunctionalInterface
    public interface Body {
        /** Returns what the parent's pending switch returns. */
        @Nullable
        Object run(@Nullable Object first) throws Exception;
    }

    /** Null until it starts: until then a greenlet belongs where its parent does. */
    private @Nullable Switchboard board;

    /** Null for the main greenlet. */
    private @Nullable Greenlet parent;

    /** Null for the main greenlet, and once it has started. */
    private @Nullable Body body;

    /** Null for the main greenlet, until it starts, and once it has ended. */
    private @Nullable OneShotContinuation continuation;

    /** A main greenlet. */
    Greenlet(Switchboard board) {
        this.board = board;
    }

    private Greenlet(Greenlet parent, Body body) {
        this.parent = parent;
        this.body = body;
    }

    /**
     * Creates a greenlet, child of the current one, without starting it. Its body takes no value and has none: the parent receives null
     * when it ends. Never suspends; thread-safe.
     */
    public static Greenlet of(Action<?> body) {
        Objects.requireNonNull(body, "body");
        return new Greenlet(current(), first -> {
            refuseValue(first);
            body.run();
            return null;
        });
    }

    /** The same for a body that returns what the parent receives when it ends. */
    public static Greenlet of(Callable<?> body) {
        Objects.requireNonNull(body, "body");
        return new Greenlet(current(), first -> {
            refuseValue(first);
            return body.call();
        });
    }

    /** The same for a body that also takes the value of the first switch to it. */
    public static Greenlet taking(Body body) {
        return new Greenlet(current(), Objects.requireNonNull(body, "body"));
    }

    private static void refuseValue(@Nullable Object first) {
        if (first != null) {
            throw new IllegalArgumentException("Cannot start a greenlet with the value " + first
                    + ": its body takes none; create it with Greenlet.taking(…)");
        }
    }

    /** Returns the greenlet that the calling thread or task runs: its main one, outside all others. Never suspends; thread-safe. */
    public static Greenlet current() {
        return Switchboard.ofCaller().current();
    }

    /** {@link #switchTo(Object)} with null. */
    public @Nullable Object switchTo() {
        return board().switchTo(this, null, null);
    }

    /**
     * Makes this greenlet the current one: starts its body, or lets its pending switch return {@code value}. If it has ended, its nearest
     * ancestor that has not receives the value; if it is the current one, the value is returned at once.
     *
     * <p>Suspends the current greenlet, not the task; not cancellable; for the thread or task that the greenlet belongs to. Returns when
     * somebody switches back: what they switched with, or what a child that has ended returned, possibly a {@link GreenletExit}. What is
     * thrown into the caller, and the exception that a child has ended with, are thrown as they are, checked ones undeclared.
     *
     * @throws GreenletException if this greenlet belongs to another thread or task, or the current one cannot be suspended because a class
     *     initialiser or a native method is on its stack
     */
    public @Nullable Object switchTo(@Nullable Object value) {
        return board().switchTo(this, value, null);
    }

    /** {@link #throwIn(Throwable)} with a new {@link GreenletExit}: ends this greenlet if it does not catch that. */
    public @Nullable Object throwIn() {
        return throwIn(new GreenletExit());
    }

    /**
     * Makes this greenlet the current one and lets its pending switch throw {@code exception}. If it has not started it never will: it
     * ends with the exception, which goes to its parent. If it has ended, its nearest ancestor that has not receives the exception. To all
     * parents a {@link GreenletExit} is a value, and returned.
     *
     * <p>Suspends the current greenlet and returns as {@link #switchTo(Object)} does.
     *
     * @throws GreenletException as {@code switchTo} does
     */
    public @Nullable Object throwIn(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        return dead() && exception instanceof GreenletExit
                ? board().switchTo(this, exception, null)
                : board().switchTo(this, null, exception);
    }

    /** Returns the greenlet that receives this one's result; null for a main greenlet. */
    public @Nullable Greenlet parent() {
        return parent;
    }

    /**
     * Sets who receives this greenlet's result. One that has not started may move to another thread with that.
     *
     * @throws IllegalArgumentException if that would make it its own ancestor, or it has started and belongs to another thread or task than
     *     the new parent
     * @throws IllegalStateException if this is a main greenlet
     */
    public void setParent(Greenlet parent) {
        Objects.requireNonNull(parent, "parent");
        if (this.parent == null) {
            throw new IllegalStateException("Cannot set the parent of a main greenlet");
        }
        for (Greenlet ancestor = parent; ancestor != null; ancestor = ancestor.parent) {
            if (ancestor == this) {
                throw new IllegalArgumentException(
                        "Cannot make " + parent + " the parent of its ancestor " + this + ": cyclic parent chain");
            }
        }
        if (board != null && board != parent.board()) {
            throw new IllegalArgumentException("Cannot make " + parent + " the parent of " + this
                    + ", which has started on another thread or task");
        }
        this.parent = parent;
    }

    /** Tells whether its body has ended; false for a main greenlet. */
    public boolean dead() {
        return board != null && continuation == null && parent != null;
    }

    /** Tells whether its body has started and not ended; true for a main greenlet. */
    public boolean active() {
        return board != null && (continuation != null || parent == null);
    }

    /**
     * Returns the stack of a suspended greenlet, innermost call first and without the machinery; empty for a main greenlet, for the current
     * one, and for one that is not {@linkplain #active() active}. Never suspends; for the thread or task that the greenlet belongs to.
     */
    public StackTraceElement[] stack() {
        if (continuation == null || continuation.running()) {
            return new StackTraceElement[0];
        }
        return Arrays.stream(continuation.stack())
                .dropWhile(frame -> !isIn(Greenlet.class, frame))
                .dropWhile(frame -> isIn(Greenlet.class, frame))
                .takeWhile(frame -> !isIn(Switchboard.class, frame))
                .filter(frame -> !isIn(Greenlet.class, frame))
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isIn(Class<?> type, StackTraceElement frame) {
        return frame.getClassName().equals(type.getName());
    }

    /**
     * Sets who is called after each switch on the calling thread or task; returns who was before. Never suspends; thread-safe, as each
     * thread and each task has its own.
     *
     * @param tracer null for nobody
     */
    public static @Nullable Tracer setTracer(@Nullable Tracer tracer) {
        Switchboard board = Switchboard.ofCaller();
        Tracer previous = board.tracer();
        board.setTracer(tracer);
        return previous;
    }

    /** Returns who is called after each switch on the calling thread or task, or null. */
    public static @Nullable Tracer tracer() {
        return Switchboard.ofCaller().tracer();
    }

    // ---- for the switchboard

    Switchboard board() {
        Switchboard own = board;
        return own != null ? own : boardOfAncestors();
    }

    private Switchboard boardOfAncestors() {
        Greenlet ancestor = this;
        while (ancestor.board == null) {
            ancestor = Objects.requireNonNull(ancestor.parent);
        }
        return ancestor.board;
    }

    /** Returns this greenlet, or if it is dead its nearest ancestor that is not. */
    Greenlet nearestLive() {
        Greenlet live = this;
        while (live.dead()) {
            live = Objects.requireNonNull(live.parent);
        }
        return live;
    }

    /** Returns what to resume, which begins its life the first time. */
    OneShotContinuation continuation() {
        OneShotContinuation started = continuation;
        return started != null ? started : start();
    }

    private OneShotContinuation start() {
        Switchboard home = board();
        OneShotContinuation created = home.newContinuation(this, Objects.requireNonNull(body));
        board = home;
        body = null;
        continuation = created;
        return created;
    }

    void die() {
        continuation = null;
    }

    @Override
    public String toString() {
        return "<Greenlet@" + Integer.toHexString(System.identityHashCode(this)) + " " + describe() + ">";
    }

    private String describe() {
        String main = parent == null ? "main, " : "";
        if (dead()) {
            return "dead";
        }
        if (board == null) {
            return "not started";
        }
        return main + (board.current() == this ? "current" : "suspended");
    }
}
