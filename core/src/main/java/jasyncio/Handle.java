package jasyncio;

import org.jspecify.annotations.Nullable;

/** A callback that was scheduled with {@link EventLoop#callSoon} and can still be cancelled. For the loop's own thread. */
public sealed class Handle permits TimerHandle {
    private @Nullable Runnable callback;
    private final Context context;

    Handle(Runnable callback, Context context) {
        this.callback = callback;
        this.context = Given.given(context, "A context");
    }

    /** Keeps the callback from running. Does nothing if it has run or was cancelled. Never suspends. */
    public void cancel() {
        callback = null;
    }

    public boolean cancelled() {
        return callback == null;
    }

    /** Returns the context the callback runs in. */
    public Context context() {
        return context;
    }

    /** Runs the callback unless it was cancelled. */
    final void run() {
        Runnable callback = this.callback;
        if (callback != null) {
            callback.run();
        }
    }

    final String describeCallback() {
        Runnable callback = this.callback;
        return callback == null ? "cancelled" : Describe.body(callback);
    }

    @Override
    public String toString() {
        return "<Handle " + describeCallback() + ">";
    }
}
