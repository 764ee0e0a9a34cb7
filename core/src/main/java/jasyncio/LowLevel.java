package jasyncio;

import jasyncio.coroutine.Backend;
import jasyncio.spi.Poller;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door for those who write primitives of their own: everything in {@code jasyncio.sync}, {@code jasyncio.queue} and the network is
 * built on the public API and this.
 */
public final class LowLevel {
    private LowLevel() {}

    /** Returns the task the caller runs in, or null in a callback or outside. Never suspends; thread-safe. */
    public static @Nullable Task<?> currentTask() {
        return Await.taskOrNull();
    }

    /**
     * Creates a future that asks {@code onCancel} when it is cancelled: true lets the cancellation happen, false refuses it, because the
     * operation has passed the point of no return and will complete the future itself. Never suspends; for a task of the loop.
     */
    public static <T extends @Nullable Object> Future<T> suspension(BooleanSupplier onCancel) {
        return new Suspension<>(Await.loop(), onCancel);
    }

    /**
     * Suspends the caller's task until {@code suspension} is completed: {@code setResult} resumes it. Suspends; cancellable; for a task of
     * the loop.
     */
    public static <T extends @Nullable Object> T suspend(Future<T> suspension) {
        return Await.future(suspension);
    }

    /**
     * Refuses a caller that is on another thread than {@code loop} while that runs, before a primitive changes anything.
     *
     * <p>Never suspends; thread-safe.
     *
     * @param what the primitive, for the message
     * @throws IllegalStateException if so
     */
    public static void checkAccess(EventLoop loop, Object what) {
        loop.kernel.checkAccess(what);
    }

    /**
     * Runs what a {@code close()} awaits. A cancellation ends the awaiting but is not thrown: it is left to the task's next await, since
     * try-with-resources would suppress it under the body's exception and lose it. Suspends; not cancellable; for a task of the loop.
     */
    public static <X extends Exception> void closing(Action<X> body) throws X {
        try {
            body.run();
        } catch (CancelledError e) {
            Await.task().rearm(e);
        } catch (InterruptedException e) {
            throw Rethrow.unchecked(e);
        }
    }

    /** Tells whether the caller is a task or callback of {@code loop}. Never suspends; thread-safe. */
    public static boolean runsOn(EventLoop loop) {
        return loop.kernel.current() != null || EventLoop.currentOrNull() == loop;
    }

    /**
     * Returns what {@code loop} waits with, if that is a {@code type}. A loop that was created without a poller gets the one that
     * {@code create} makes, for good. Never suspends; for a task or callback of the loop.
     *
     * @throws IllegalStateException if the loop was created with a poller of another type
     */
    public static <P extends Poller> P poller(EventLoop loop, Class<P> type, Supplier<? extends P> create) {
        loop.kernel.checkAccess(loop);
        return loop.kernel.poller(type, create);
    }

    /**
     * Tells whether a loop stays on one OS thread while it runs. On the portable backend it is a virtual thread, which the JDK moves.
     * Never suspends; thread-safe.
     */
    public static boolean loopsStayOnTheirThread() {
        return Backend.chosen().parksBlockingCalls();
    }

    /**
     * Tells whether what costs something may be recorded for whoever looks for a fault: the running loop's debug mode, or, where none runs,
     * {@code -Djasyncio.debug=true}. Never suspends; thread-safe.
     */
    public static boolean debugging() {
        EventLoop loop = EventLoop.currentOrNull();
        return loop == null ? Switches.on(Switches.DEBUG) : loop.debug();
    }

    /**
     * Creates a piece of code that tasks run in turns, for what is advanced step by step, such as an asynchronous generator. Never suspends;
     * thread-safe.
     *
     * @param body what it runs; what this throws leaves the {@link Segment#resume()} under way
     */
    public static Segment segment(Action<?> body) {
        return new Segment(body);
    }

    private static final class Suspension<T extends @Nullable Object> extends Future<T> {
        private final BooleanSupplier onCancel;

        Suspension(EventLoop loop, BooleanSupplier onCancel) {
            super(loop);
            this.onCancel = onCancel;
        }

        @Override
        boolean cancelUnchecked(@Nullable String message) {
            return !done() && onCancel.getAsBoolean() && super.cancelUnchecked(message);
        }
    }
}
