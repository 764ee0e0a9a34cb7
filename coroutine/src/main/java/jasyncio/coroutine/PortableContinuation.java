package jasyncio.coroutine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A continuation on public API only: a virtual thread that runs while whoever resumes it waits.
 *
 * <p>The body counts as running on the thread that resumed it where this library asks: it belongs to the same coroutine and may suspend
 * that. Elsewhere the difference shows: thread locals and locks are the virtual thread's own. One that is dropped half-way is kept by the
 * JVM unless it was started with {@code -Djdk.trackAllThreads=false}.
 */
final class PortableContinuation extends OneShotContinuation {
    private static final ThreadLocal<PortableContinuation> CURRENT = new ThreadLocal<>();

    private final Scope scope;
    private final Thread thread;

    /** The continuation that {@link #resumer} runs in. */
    private @Nullable PortableContinuation outer;

    /** The thread that waits for the next resume: {@link #thread}, or that of a continuation further in. Written by itself. */
    private @Nullable Thread waiting;

    /** The thread that waits in {@link #resume()}. Written by it before it hands the baton over. */
    private @Nullable Thread resumer;

    /** The thread at the bottom: what {@link #resumer} runs on if it runs in a continuation itself. */
    private @Nullable Thread bottom;

    /** The coroutine that {@link #resumer} runs in. */
    private @Nullable PortableThread coroutine;

    private volatile boolean turn;
    private boolean done;
    private @Nullable Throwable failure;

    PortableContinuation(Scope scope, String kind, Runnable body) {
        super(kind);
        this.scope = scope;
        thread = Thread.ofVirtual()
                .name(kind)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> runWithBaton(body));
    }

    @Override
    public void checkResumable() {
        checkResumable(bottomOfCaller());
    }

    @Override
    public void resume() {
        Thread current = Thread.currentThread();
        Thread bottom = bottomOfCaller();
        checkResumable(bottom);
        this.bottom = bottom;
        outer = CURRENT.get();
        resumer = current;
        coroutine = PortableThread.CURRENT.get();
        running = true;
        turn = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.setContextClassLoader(current.getContextClassLoader());
            thread.start();
        } else {
            LockSupport.unpark(waiting);
        }
        PortableThread.parkWhile(this, () -> turn);
        running = false;
        Throwable failure = this.failure;
        if (failure != null) {
            this.failure = null;
            throw PortableContinuation.<RuntimeException>as(failure);
        }
    }

    @Override
    public void resumeInflated() {
        resume();
    }

    static void yieldInnermost(Scope scope) {
        PortableContinuation innermost = CURRENT.get();
        while (innermost != null && innermost.scope != scope) {
            innermost = innermost.outer;
        }
        if (innermost == null) {
            throw new IllegalStateException("No continuation is running on " + Thread.currentThread());
        }
        PortableContinuation yielding = innermost;
        yielding.waiting = Thread.currentThread();
        yielding.giveBack();
        PortableThread.parkWhile(yielding, () -> !yielding.turn);
        PortableThread.enter(yielding.coroutine);
    }

    static Thread bottomOfCaller() {
        PortableContinuation current = CURRENT.get();
        return current == null || current.bottom == null ? Thread.currentThread() : current.bottom;
    }

    private void runWithBaton(Runnable body) {
        CURRENT.set(this);
        PortableThread.enter(coroutine);
        try {
            body.run();
        } catch (Throwable e) {
            failure = e;
        } finally {
            done = true;
            giveBack();
        }
    }

    private void giveBack() {
        Thread resumer = this.resumer; // read before the baton is given: the next resume writes it
        turn = false;
        LockSupport.unpark(resumer);
    }

    @Override
    public boolean innermost() {
        return running && Thread.currentThread() == thread;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public StackTraceElement[] stack() {
        Thread innermost = waiting;
        return running || done || innermost == null ? new StackTraceElement[0] : innermost.getStackTrace();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X as(Throwable failure) throws X {
        throw (X) failure;
    }
}
