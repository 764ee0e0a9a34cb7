package jasyncio;

import java.time.Instant;

/** A callback that was scheduled for a moment with {@link EventLoop#callAt} or {@link EventLoop#callLater}. */
public final class TimerHandle extends Handle implements Timer {
    private final Kernel kernel;
    private final long deadline;
    private boolean inTimers = true;

    TimerHandle(Kernel kernel, long deadline, Runnable callback, Context context) {
        super(callback, context);
        this.kernel = kernel;
        this.deadline = deadline;
    }

    /** Returns when it is due, on the loop's clock. */
    public Instant when() {
        return kernel.time.instantOf(deadline);
    }

    /**
     * The same as {@link Handle#cancel}, but refused on another thread while the loop runs.
     *
     * @throws IllegalStateException on another thread; go through {@link EventLoop#callSoonThreadsafe}
     */
    @Override
    public void cancel() {
        kernel.checkAccess(this);
        if (inTimers && !cancelled()) {
            kernel.timers.cancelledOne();
        }
        super.cancel();
    }

    @Override
    public boolean dead() {
        return cancelled();
    }

    @Override
    public void removed() {
        inTimers = false;
    }

    @Override
    public String toString() {
        return "<TimerHandle when=" + when() + " " + describeCallback() + ">";
    }
}
