package jasyncio.coroutine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/** The JDK's continuation, run on the thread of whoever resumes it. */
final class RawContinuation extends OneShotContinuation {
    private static final ContinuationScope GENERATOR = new ContinuationScope("jasyncio");
    private static final ContinuationScope GREENLET = new ContinuationScope("jasyncio greenlet");

    private final Continuation continuation;

    /** Those of the thread that this belongs to; null before the first resume. */
    private @Nullable Monitors monitors;

    RawContinuation(Scope scope, String kind, Runnable body) {
        super(kind);
        continuation = new Continuation(jdkScope(scope), body);
    }

    @Override
    public void checkResumable() {
        checkResumable(Thread.currentThread());
    }

    @Override
    public void resume() {
        checkResumable(Thread.currentThread());
        Monitors monitors = this.monitors;
        if (monitors == null) {
            monitors = Monitors.ofThisThread();
            this.monitors = monitors;
        }
        monitors.inflateHeld();
        run();
    }

    @Override
    public void resumeInflated() {
        checkResumable(Thread.currentThread());
        run();
    }

    private void run() {
        running = true;
        try {
            continuation.run();
        } finally {
            running = false;
        }
    }

    private static ContinuationScope jdkScope(Scope scope) {
        return scope == Scope.GENERATOR ? GENERATOR : GREENLET;
    }

    static void yieldInnermost(Scope scope) {
        boolean yielded;
        try {
            yielded = Continuation.yield(jdkScope(scope));
        } catch (IllegalStateException e) {
            throw new PinnedException();
        }
        if (!yielded) {
            throw new PinnedException();
        }
    }

    @Override
    public boolean innermost() {
        if (!running || Continuation.getCurrentContinuation(continuation.getScope()) != continuation) {
            return false;
        }
        ContinuationScope other = continuation.getScope() == GENERATOR ? GREENLET : GENERATOR;
        for (Continuation inner = Continuation.getCurrentContinuation(other);
                inner != null;
                inner = inner.getParent()) {
            if (inner == continuation) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean done() {
        return continuation.isDone();
    }

    @Override
    public StackTraceElement[] stack() {
        return continuation.getStackTrace();
    }
}
