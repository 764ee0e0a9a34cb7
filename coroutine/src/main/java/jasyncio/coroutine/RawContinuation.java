package jasyncio.coroutine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/** The JDK's continuation, run on the thread of whoever resumes it. */
final class RawContinuation extends OneShotContinuation {
    private static final ContinuationScope SCOPE = new ContinuationScope("jasyncio");

    private final Continuation continuation;

    /** Those of the thread that this belongs to; null before the first resume. */
    private @Nullable Monitors monitors;

    RawContinuation(String kind, Runnable body) {
        super(kind);
        continuation = new Continuation(SCOPE, body);
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

    static void yieldInnermost() {
        boolean yielded;
        try {
            yielded = Continuation.yield(SCOPE);
        } catch (IllegalStateException e) {
            throw new PinnedException();
        }
        if (!yielded) {
            throw new PinnedException();
        }
    }

    @Override
    public boolean innermost() {
        return running && Continuation.getCurrentContinuation(SCOPE) == continuation;
    }

    @Override
    public boolean done() {
        return continuation.isDone();
    }
}
