package jasyncio.greenlet;

import jasyncio.coroutine.OneShotContinuation;
import jasyncio.coroutine.OneShotContinuation.Scope;
import jasyncio.coroutine.PinnedException;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connects the greenlets of one thread: knows which one is current, and runs the others on the stack of the main one.
 *
 * <p>Each greenlet but the main one is a continuation. A continuation can only be resumed from outside, so a switch between two of them
 * goes over {@link #runOthers}, which stands on the main greenlet's stack for as long as that one is not current: the origin names its
 * target in {@link #current} and yields, and the loop there resumes the target. That is one suspension and one resumption, in whatever
 * direction.
 *
 * <p>What is handed over lies in {@link #value} or {@link #thrown} from the moment the origin lets go until the target
 * {@linkplain #arrive arrives}.
 *
 * <p>Monitors: a suspension carries off those of the thread's that are not inflated. What the main greenlet holds is inflated once, when it
 * leaves; the loop itself enters none. What another greenlet holds is its own to carry.
 */
final class Switchboard {
    /** The truth: a switchboard for each thread at the {@linkplain OneShotContinuation#bottom bottom}. Its values keep no key alive. */
    private static final Map<Thread, Switchboard> BY_BOTTOM = Collections.synchronizedMap(new WeakHashMap<>());

    /** A cache of that, also for threads that are not at the bottom: on the portable backend each continuation is a thread. */
    private static final ThreadLocal<@Nullable Switchboard> CACHED = new ThreadLocal<>();

    private final WeakReference<Thread> thread;
    private final long threadId;
    private final Greenlet main = new Greenlet(this);

    private Greenlet current = main;

    /** Who has just let go; kept only for a tracer. */
    private Greenlet origin = main;

    private @Nullable Object value;
    private @Nullable Throwable thrown;
    private @Nullable Tracer tracer;

    private Switchboard(Thread thread) {
        this.thread = new WeakReference<>(thread);
        threadId = thread.threadId();
    }

    /** Returns the caller's. */
    static Switchboard ofCaller() {
        Switchboard board = CACHED.get();
        if (board == null) {
            board = BY_BOTTOM.computeIfAbsent(OneShotContinuation.bottom(), Switchboard::new);
            CACHED.set(board);
        }
        return board;
    }

    Greenlet current() {
        return current;
    }

    @Nullable
    Tracer tracer() {
        return tracer;
    }

    void setTracer(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** Makes {@code target}, or if it is dead its nearest ancestor that is not, current until somebody switches back. */
    @Nullable
    Object switchTo(Greenlet target, @Nullable Object sent, @Nullable Throwable raised) {
        Greenlet live = reachable(target);
        Greenlet leaving = current;
        value = sent;
        thrown = raised;
        if (tracer != null) {
            origin = leaving;
        }
        if (live != leaving) {
            current = live;
            if (leaving == main) {
                runOthers();
            } else {
                suspend(leaving);
            }
        }
        return arrive();
    }

    private Greenlet reachable(Greenlet target) {
        Greenlet live = target.nearestLive();
        if (threadId != OneShotContinuation.bottom().threadId() || live.board() != this) {
            throw new GreenletException(live.board().describeRefusal(live));
        }
        return live;
    }

    private String describeRefusal(Greenlet target) {
        Thread home = thread.get();
        return "Cannot switch on " + OneShotContinuation.bottom() + " to " + target + ", which belongs to "
                + (home != null && home.isAlive() ? home : "a thread that has ended")
                + "; each thread and each task has greenlets of its own, so create it there, or before its start give it a parent from there";
    }

    /** The main greenlet's side of a switch: returns when it is current again. */
    private void runOthers() {
        try {
            current.continuation().resume();
            while (current != main) {
                current.continuation().resumeInflated();
            }
        } finally {
            if (current != main) {
                // Only the JVM can have failed here, for want of memory: a body's exceptions are handed over.
                current = main;
                forget();
            }
        }
    }

    /** Any other greenlet's side of a switch: returns when it is current again. */
    private void suspend(Greenlet leaving) {
        try {
            OneShotContinuation.yield(Scope.GREENLET);
        } catch (PinnedException e) {
            current = leaving;
            forget();
            throw new GreenletException(
                    "Cannot switch from " + leaving
                            + " here: a class initialiser or a native method is on its stack, so it cannot be suspended;"
                            + " move the switch out of the static initialiser (or the native callback)",
                    e);
        }
    }

    private void forget() {
        value = null;
        thrown = null;
    }

    /** Takes what was handed over to the current greenlet. */
    private @Nullable Object arrive() {
        Object received = value;
        Throwable raised = thrown;
        forget();
        if (tracer != null) {
            trace(tracer, raised == null ? Tracer.Event.SWITCH : Tracer.Event.THROW);
        }
        if (raised != null) {
            throw unchecked(raised);
        }
        return received;
    }

    private void trace(Tracer observer, Tracer.Event event) {
        try {
            Greenlet from = origin;
            origin = main;
            observer.traced(event, from, current);
        } catch (Throwable e) {
            tracer = null;
            throw unchecked(e);
        }
    }

    /** Creates what a greenlet of this thread runs in. */
    OneShotContinuation newContinuation(Greenlet greenlet, Greenlet.Body body) {
        return OneShotContinuation.of(Scope.GREENLET, "greenlet", () -> run(greenlet, body));
    }

    /** A greenlet's life. */
    @SuppressWarnings("CatchingUnchecked") // a body may end with any exception
    private void run(Greenlet greenlet, Greenlet.Body body) {
        Object result = null;
        Throwable failure = null;
        try {
            result = body.run(arrive());
        } catch (GreenletExit exit) {
            result = exit;
        } catch (Throwable e) {
            failure = e;
        }
        greenlet.die();
        value = result;
        thrown = failure;
        if (tracer != null) {
            origin = greenlet;
        }
        current = heir(greenlet);
    }

    /** Returns who goes on when a greenlet has ended. */
    private Greenlet heir(Greenlet ended) {
        Greenlet live = ended.nearestLive();
        if (live.board() == this) {
            return live;
        }
        thrown = new GreenletException(live.board().describeRefusal(live));
        value = null;
        return main;
    }

    private static RuntimeException unchecked(Throwable e) {
        throw Switchboard.<RuntimeException>as(e);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X as(Throwable e) throws X {
        throw (X) e;
    }
}
