package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import jasyncio.spi.Clock;
import jasyncio.spi.Picker;
import jasyncio.spi.Poller;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and callbacks one at a time, in an order one can reason about: what became ready first runs first.
 *
 * <p>Most programs never touch it: {@link Asyncio#run} creates one, and {@link Asyncio#runningLoop()} returns it. Callbacks run on the
 * loop too but are no tasks: they cannot await.
 *
 * <p>No method here suspends. All are for the loop's own tasks and callbacks, or for any one thread while the loop does not run, but for
 * {@link #callSoonThreadsafe}, {@link #running()}, {@link #closed()} and {@code toString}, which are thread-safe. {@code run…} blocks its
 * caller until the loop has been stopped.
 */
public final class EventLoop implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private final String name;
    final Kernel kernel;
    final UnawaitedCoroutines unawaited = new UnawaitedCoroutines();
    final DefaultExecutor defaultExecutor = new DefaultExecutor(this);
    final Set<ThreadsafeTask<?>> asked = ConcurrentHashMap.newKeySet();
    private final Signals signals = new Signals(this);
    private TaskFactory taskFactory = TaskFactory.LAZY;
    private @Nullable Consumer<? super Failure> exceptionHandler;
    private volatile boolean closed;

    EventLoop(UnaryOperator<Options> options) {
        var own = new Setup("jasyncio-" + COUNT.incrementAndGet());
        var setup = (Setup)
                Given.options(Given.given(options, "A function of the options").apply(own));
        Watchdog.checkSetting();
        Switches.check();
        this.name = setup.name;
        this.kernel = new Kernel(this, setup);
        setDebug(Switches.on(Switches.DEBUG));
    }

    /** What a loop can be made of; see {@link Asyncio#newEventLoop(UnaryOperator)}. */
    public sealed interface Options permits Setup {
        /** Sets where its time comes from; the system's clock if not called. */
        Options clock(Clock clock);

        /** Sets where it waits; a parked thread if not called. */
        Options poller(Poller poller);

        /** Sets the order in which ready entries run, for tests; first in, first out if not called. */
        Options picker(Picker picker);

        /** Sets its name, for thread dumps. */
        Options name(String name);
    }

    static final class Setup implements Options {
        Clock clock = Clock.SYSTEM;
        Poller poller = new ParkingPoller();

        @Nullable
        Picker picker;

        String name;

        Setup(String name) {
            this.name = name;
        }

        @Override
        public Options clock(Clock clock) {
            this.clock = Given.given(clock, "A clock");
            return this;
        }

        @Override
        public Options poller(Poller poller) {
            this.poller = Given.given(poller, "A poller");
            return this;
        }

        @Override
        public Options picker(Picker picker) {
            this.picker = Given.given(picker, "A picker");
            return this;
        }

        @Override
        public Options name(String name) {
            this.name = Given.given(name, "A name");
            return this;
        }
    }

    /** Returns the loop the caller runs on, or null. */
    static @Nullable EventLoop currentOrNull() {
        CoroutineThread coroutine = CoroutineThread.current();
        return coroutine == null ? null : ((Kernel) coroutine.host()).loop;
    }

    // ---- scheduling

    /** Has {@code callback} called in the next iteration, after what is ready already, in a copy of the caller's context. */
    public Handle callSoon(Runnable callback) {
        return callSoon(callback, Context.copyCurrent());
    }

    /** The same, in a context of your choice. */
    public Handle callSoon(Runnable callback, Context context) {
        checkOpen();
        kernel.checkAccess(this);
        var handle = new Handle(Given.given(callback, "A callback"), context);
        kernel.ready.add(handle);
        return handle;
    }

    /** The same from any thread; wakes the loop if it waits. Thread-safe. */
    public Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, Context.copyCurrent());
    }

    /** The same, in a context of your choice. Thread-safe. */
    public Handle callSoonThreadsafe(Runnable callback, Context context) {
        checkOpen();
        var handle = new Handle(Given.given(callback, "A callback"), context);
        enqueue(handle);
        if (closed && kernel.takeBack(handle)) { // closed since we looked, and after close() emptied the queue
            checkOpen();
        }
        return handle;
    }

    /** Adds an entry from any thread. */
    void enqueue(Object entry) {
        if (kernel.onLoop()) {
            kernel.ready.add(entry);
        } else {
            kernel.addExternal(entry);
        }
    }

    /** Has {@code callback} called after {@code delay}; zero or less means as soon as possible. */
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, Context.copyCurrent());
    }

    /** The same, in a context of your choice. */
    public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
        return callAtNanos(kernel.time.after(delay), callback, context);
    }

    /** Has {@code callback} called at a moment of the loop's clock; equal moments run in the order they were scheduled in. */
    public TimerHandle callAt(Instant when, Runnable callback) {
        return callAt(when, callback, Context.copyCurrent());
    }

    /** The same, in a context of your choice. */
    public TimerHandle callAt(Instant when, Runnable callback, Context context) {
        return callAtNanos(kernel.time.nanosOf(when), callback, context);
    }

    private TimerHandle callAtNanos(long deadline, Runnable callback, Context context) {
        checkOpen();
        kernel.checkAccess(this);
        var handle = new TimerHandle(kernel, deadline, Given.given(callback, "A callback"), context);
        kernel.timers.add(deadline, handle);
        return handle;
    }

    /** Returns the moment on the loop's clock: the wall clock at its creation plus the monotonic time since. */
    public Instant time() {
        return kernel.time.instantOf(kernel.time.now());
    }

    // ---- futures and tasks

    /** Creates a future for somebody to complete. */
    public <T extends @Nullable Object> Future<T> createFuture() {
        return new Future<>(this);
    }

    /** Creates a task of this loop; see {@link Asyncio#createTask}. */
    public <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
        return task().start(body);
    }

    /** Creates a task of this loop; see {@link Asyncio#createTask}. */
    public Task<@Nullable Void> createTask(Action<?> body) {
        return task().start(body);
    }

    /** Creates a task of this loop; see {@link Asyncio#createTask}. */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return task().start(coroutine);
    }

    /** Begins a task with options. */
    public Task.Builder task() {
        return new TaskBuilder(this);
    }

    /** Sets how the tasks of this loop are made; null is the default way. */
    public void setTaskFactory(@Nullable TaskFactory factory) {
        this.taskFactory = factory == null ? TaskFactory.LAZY : factory;
    }

    public TaskFactory taskFactory() {
        return taskFactory;
    }

    // ---- running

    /**
     * Runs {@code body} as a task until it is done; the other tasks go on meanwhile, and keep their place after it.
     *
     * @throws IllegalStateException if this loop or another one runs on the caller's thread already, or if {@link #stop()} came first
     */
    public <T extends @Nullable Object, X extends Exception> T runUntilComplete(Call<? extends T, X> body) throws X {
        checkRunnable();
        return LoopRuns.untilDone(this, this.<T>createTask((Callable<? extends T>) body), true);
    }

    /** The same for a body without a value. */
    public <X extends Exception> void runUntilComplete(Action<X> body) throws X {
        checkRunnable();
        LoopRuns.untilDone(this, createTask((Action<?>) body), true);
    }

    /**
     * The same for a coroutine or a future of this loop.
     *
     * @throws IllegalArgumentException if it is a future of another loop
     */
    public <T extends @Nullable Object> T runUntilComplete(Awaitable<? extends T> awaitable) {
        checkRunnable();
        if (awaitable instanceof Future<?> future && future.loop != this) {
            throw new IllegalArgumentException("Cannot run " + this + " until " + future + " is done: it belongs to "
                    + future.loop + "; run that loop");
        }
        Future<? extends T> future = ensureFuture(awaitable);
        return LoopRuns.untilDone(this, future, future != awaitable);
    }

    /** Runs until {@link #stop()}. */
    public void runForever() {
        checkRunnable();
        kernel.runForever();
    }

    /** Ends {@code run…} after the iteration that is under way; what is scheduled later waits for the next run. */
    public void stop() {
        kernel.checkAccess(this);
        kernel.stopping = true;
    }

    public boolean running() {
        return kernel.running();
    }

    public boolean closed() {
        return closed;
    }

    /**
     * Drops what is scheduled and closes the loop for good. A callback that another thread had handed over and that never began is
     * cancelled; one that comes too late for that is refused. Reports failures that nobody has seen, tasks that are not done, and coroutines
     * that were never awaited. Closing twice does nothing.
     *
     * @throws IllegalStateException if it runs
     */
    @Override
    public void close() {
        if (kernel.running()) {
            throw new IllegalStateException("Cannot close a running event loop: " + this + "; stop() it first");
        }
        if (!closed) {
            closed = true;
            signals.removeAll();
            try {
                kernel.close();
            } finally {
                defaultExecutor.abandon();
                asked.forEach(ThreadsafeTask::loopClosed);
                Losses.reportAll(this);
            }
        }
    }

    /**
     * Closes the asynchronous generators that were begun on this loop and are not at their end, all at once, each in a task of its own; tells
     * the exception handler of those that fail. One that is begun later is reported in the log. {@link Runner#close()} does this.
     *
     * <p>Suspends; cancellable; for a task of this loop.
     */
    public void shutdownAsyncgens() {
        kernel.segments.shutDown();
    }

    /** Waits until the default executor's threads have ended, at most {@code timeout}. Suspends; cancellable; for a task of this loop. */
    public void shutdownDefaultExecutor(Duration timeout) {
        defaultExecutor.shutdown(timeout);
    }

    /** Sets where {@code toThread} and {@code runInExecutor(null, …)} run; the loop does not shut this one down. */
    public void setDefaultExecutor(Executor executor) {
        defaultExecutor.replace(executor);
    }

    // ---- failures and debugging

    /**
     * A failure that has nowhere else to go.
     *
     * @param message what happened
     * @param exception what was thrown, or null
     * @param future the future or task it is about, or null
     */
    public record Failure(
            String message,
            @Nullable Throwable exception,
            @Nullable Future<?> future) {}

    /** Sets who is told of failures that have nowhere else to go; null means the default: they are logged. */
    public void setExceptionHandler(@Nullable Consumer<? super Failure> handler) {
        this.exceptionHandler = handler;
    }

    /** Tells the exception handler of a failure; one that throws is logged. */
    public void callExceptionHandler(Failure failure) {
        Given.given(failure, "A failure");
        kernel.asUser(() -> handle(failure));
    }

    private void handle(Failure failure) {
        Consumer<? super Failure> handler = exceptionHandler;
        if (handler == null) {
            logSafely(failure);
            return;
        }
        try {
            handler.accept(failure);
        } catch (KeyboardInterrupt e) {
            kernel.fail(e);
        } catch (Throwable e) {
            logSafely(new Failure("Unhandled error in exception handler", e, null));
            logSafely(failure);
        }
    }

    /** As CPython: a failure that cannot be logged must not take the rest with it. */
    private void logSafely(Failure failure) {
        try {
            defaultExceptionHandler(failure);
        } catch (Throwable e) { // its own toString's, or the log's
            try {
                LOGGER.log(
                        Level.ERROR,
                        "Exception in default exception handler: "
                                + e.getClass().getName() + ", while it told of: " + failure.message());
            } catch (Throwable broken) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, broken); // there is no log
            }
        }
    }

    /** Logs a failure at level ERROR to the logger {@code jasyncio}. */
    public void defaultExceptionHandler(Failure failure) {
        String about = failure.future() == null ? "" : "\n  " + failure.future();
        if (failure.exception() == null) {
            LOGGER.log(Level.ERROR, failure.message() + about);
        } else {
            LOGGER.log(Level.ERROR, failure.message() + about, failure.exception());
        }
    }

    /**
     * Debug mode reports slow callbacks and steps, with the task's name and the stack they were slow in, and remembers where each task was
     * created. {@code -Djasyncio.debug=true}.
     */
    public void setDebug(boolean debug) {
        kernel.slow.enable(debug);
    }

    public boolean debug() {
        return kernel.slow.enabled();
    }

    /** Sets how long a callback or a step may take before debug mode reports it; 100 ms at first. */
    public void setSlowCallbackDuration(Duration duration) {
        kernel.slow.threshold(duration);
    }

    // ---- signals

    /** Has {@code callback} called on the loop when the process gets {@code signal}, such as {@code "TERM"}. Replaces an earlier one. */
    public void addSignalHandler(String signal, Runnable callback) {
        checkOpen();
        signals.add(signal, callback);
    }

    /** Brings back the signal's former handler; returns false if there was none of this loop. */
    public boolean removeSignalHandler(String signal) {
        return signals.remove(signal);
    }

    // ---- for the library

    String name() {
        return name;
    }

    <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable) {
        return switch (Given.given(awaitable, "Something to await")) {
            case Coroutine<T> coroutine -> createTask(coroutine);
            case Future<T> future -> future;
        };
    }

    /** Reports what the garbage collector found lost since the last iteration. */
    void reportLost() {
        Losses.reportCollected(this);
    }

    /** The loop's own thread was interrupted: somebody wants it to end, so its main task is cancelled. Returns false if there is none. */
    boolean onThreadInterrupted() {
        Future<?> main = kernel.main;
        return main != null && main.cancelUnchecked("The loop's thread was interrupted");
    }

    private void checkRunnable() {
        checkOpen();
        LoopRuns.checkNoneRuns(this);
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "Event loop is closed: " + this + "; create another one, or close it later");
        }
    }

    @Override
    public String toString() {
        return "<EventLoop " + name + " running=" + running() + " closed=" + closed + " debug=" + debug() + ">";
    }
}
