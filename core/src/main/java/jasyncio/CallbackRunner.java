package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs the users' callbacks, one after another as long as callbacks come first in the ready queue, and then waits for
 * more. If a callback blocks, this runner is left behind and comes back to the idle ones when the callback is over.
 */
final class CallbackRunner {
    private final Kernel kernel;
    private final CoroutineThread thread;
    private @Nullable Handle next;

    /** The callback that is running: it may be blocked. */
    private @Nullable Handle running;

    /** The context of the callback that is running. */
    Context context = Context.empty();

    CallbackRunner(Kernel kernel) {
        this.kernel = kernel;
        this.thread = kernel.newThread(this);
    }

    EventLoop loop() {
        return kernel.loop;
    }

    @Nullable
    Thread thread() {
        return thread.thread();
    }

    /** Takes the callback to run first and returns the coroutine to step. */
    CoroutineThread threadFor(Handle first) {
        next = first;
        return thread;
    }

    /** The body of the coroutine: ends when it is stepped without a callback, or is one too many. */
    void runCallbacks() {
        Handle handle;
        while ((handle = next) != null) {
            next = null;
            while (handle != null) {
                runOne(handle);
                handle = kernel.nextForStreak(this);
            }
            if (!kernel.idle(this)) {
                return;
            }
            thread.suspend();
        }
    }

    /** Ends the thread of a runner that is idle. */
    void end() {
        thread.step();
    }

    /** Returns the callback that is running, or is blocked, or null. */
    @Nullable
    Handle running() {
        return running;
    }

    private void runOne(Handle handle) {
        running = handle;
        context = handle.context();
        boolean _ = Thread.interrupted(); // meant for an earlier callback, or for nobody
        try {
            handle.run();
        } catch (KeyboardInterrupt e) {
            kernel.fail(e);
        } catch (Throwable e) {
            Traces.trim(e);
            kernel.loop.callExceptionHandler(new EventLoop.Failure("Exception in callback " + handle, e, null));
        }
        running = null; // it may be all that keeps something alive
    }
}
