package jasyncio;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs several main coroutines, one after another, on one loop and in one context, and shuts the loop down in the end.
 *
 * <p>{@link #close()} cancels the tasks that are left, waits for them, reports those that failed, closes the asynchronous generators that
 * are left, ends the default executor's threads (waiting five minutes at most) and closes the loop. {@link Asyncio#run} does all of it for one main coroutine.
 *
 * <p>While {@code run} runs on the program's main thread, the first Ctrl-C (SIGINT) cancels the main task, the second interrupts whatever
 * is running and throws {@link KeyboardInterrupt}, and the third halts the JVM. While {@code close} runs there, the first interrupts and
 * throws, after the loop was closed, and the second halts. Where {@code run} threw something too, try-with-resources throws that and has
 * the {@code KeyboardInterrupt} among what it suppressed; out of {@link Asyncio#run} it comes itself.
 *
 * <p>For one thread at a time.
 */
public final class Runner implements AutoCloseable {
    private static final Duration EXECUTOR_TIMEOUT = Duration.ofMinutes(5);

    private final Setup setup;
    private @Nullable EventLoop loop;
    private @Nullable Context context;
    private boolean closed;

    /** What the latest run threw. */
    private @Nullable KeyboardInterrupt thrown;

    public Runner() {
        this(options -> options);
    }

    /** @param options for example {@code o -> o.debug(true)} */
    public Runner(UnaryOperator<Options> options) {
        this.setup = (Setup)
                Given.options(Given.given(options, "A function of the options").apply(new Setup()));
    }

    /** What a runner can be told. */
    public sealed interface Options permits Setup {
        /** Sets the loop's debug mode. */
        Options debug(boolean debug);

        /** Sets how the loop is made; {@link Asyncio#newEventLoop()} if not called. */
        Options loopFactory(Supplier<EventLoop> factory);
    }

    private static final class Setup implements Options {
        private @Nullable Boolean debug;
        private Supplier<EventLoop> factory = Asyncio::newEventLoop;

        @Override
        public Options debug(boolean debug) {
            this.debug = debug;
            return this;
        }

        @Override
        public Options loopFactory(Supplier<EventLoop> factory) {
            this.factory = Given.given(factory, "A loop factory");
            return this;
        }
    }

    /**
     * Runs {@code main} as a task and returns its value; blocks the calling thread until it is done.
     *
     * @throws IllegalStateException if this runner is closed, or a loop runs on the caller's thread
     * @throws KeyboardInterrupt if Ctrl-C ended it
     */
    public <T extends @Nullable Object, X extends Exception> T run(Call<? extends T, X> main) throws X {
        return runTask(start -> start.start((java.util.concurrent.Callable<? extends T>) main));
    }

    /** The same for a body without a value. */
    public <X extends Exception> void run(Action<X> main) throws X {
        runTask(start -> start.start((Action<?>) main));
    }

    /** The same for a coroutine, or for a future of this runner's loop. */
    public <T extends @Nullable Object> T run(Awaitable<? extends T> main) {
        Objects.requireNonNull(main, "Nothing to run: the argument is null");
        return this.<T>runTask(start -> start.start(() -> Await.awaitable(main)));
    }

    /** The same in a context of your choice instead of the runner's own. */
    public <T extends @Nullable Object, X extends Exception> T run(Context context, Call<? extends T, X> main)
            throws X {
        return runTask(start -> start.context(context).start((java.util.concurrent.Callable<? extends T>) main));
    }

    /** The same in a context of your choice, for a body without a value. */
    public <X extends Exception> void run(Context context, Action<X> main) throws X {
        runTask(start -> start.context(context).start((Action<?>) main));
    }

    private <T extends @Nullable Object> T runTask(java.util.function.Function<Task.Builder, Task<T>> starter) {
        EventLoop loop = initialized();
        LoopRuns.checkNoneRuns(loop);
        Task<T> task = starter.apply(loop.task().context(Objects.requireNonNull(context)));
        try (var interrupts = Interrupts.whileRunning(loop, task)) {
            try {
                return LoopRuns.untilDone(loop, task, true);
            } catch (CancelledError e) {
                throw interrupts.explain(e);
            } catch (KeyboardInterrupt e) {
                thrown = e;
                throw e;
            }
        }
    }

    /** Returns the loop, which is created now if it was not before. */
    public EventLoop loop() {
        return initialized();
    }

    private EventLoop initialized() {
        if (closed) {
            throw new IllegalStateException("Runner is closed; create another one, or close it after its last run");
        }
        EventLoop existing = loop;
        if (existing != null) {
            return existing;
        }
        EventLoop running = EventLoop.currentOrNull();
        if (running != null) {
            throw new IllegalStateException("run() cannot be called from a running event loop: " + running
                    + "; you are in a task or callback of it already: just call the method, or createTask(…)");
        }
        EventLoop created = Given.given(setup.factory.get(), "A loop: what the loop factory returned");
        if (setup.debug != null) {
            created.setDebug(setup.debug);
        }
        context = Context.copyCurrent();
        loop = created;
        return created;
    }

    /** What {@link Asyncio#run} does with a runner. */
    interface Use<T extends @Nullable Object, X extends Exception> {
        T of(Runner runner) throws X;
    }

    /** Uses a new runner and closes it. A Ctrl-C meanwhile goes before what the use threw, as what is thrown later does in Python. */
    static <T extends @Nullable Object, X extends Exception> T useAndClose(Use<T, X> use) throws X {
        var runner = new Runner();
        T value;
        try {
            value = use.of(runner);
        } catch (Throwable e) {
            runner.closeAfter(e);
            throw e;
        }
        runner.close();
        return value;
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (Throwable e) {
            if (e instanceof KeyboardInterrupt && !(failure instanceof KeyboardInterrupt)) {
                e.addSuppressed(failure);
                throw e;
            }
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Shuts the loop down, see above. Does nothing if there is none yet, or if it was closed before.
     *
     * @throws KeyboardInterrupt if Ctrl-C ended it
     */
    @Override
    public void close() {
        EventLoop loop = this.loop;
        if (loop != null && !closed) {
            LoopRuns.checkNoneRuns(loop); // before anything is cancelled: closing it later must still work
            try (var interrupts = Interrupts.whileClosing(loop)) {
                shutDown(loop);
                if (interrupts.any()) { // too late to end a run of the loop
                    throw new KeyboardInterrupt();
                }
            }
        }
    }

    private void shutDown(EventLoop loop) {
        try {
            cancelAllTasks(loop);
            loop.runUntilComplete(loop::shutdownAsyncgens);
            loop.runUntilComplete(() -> loop.shutdownDefaultExecutor(EXECUTOR_TIMEOUT));
        } catch (KeyboardInterrupt e) {
            // A task that is left may end with the very object that run() threw, which try-with-resources cannot
            // suppress by itself.
            if (e != thrown) {
                throw e;
            }
        } finally {
            closed = true;
            loop.close();
        }
    }

    /** Cancels a task; returns false if that is not possible, since it awaits tasks that await each other in a cycle. */
    private static boolean cancelled(Task<?> task, EventLoop loop) {
        try {
            task.cancel();
            return true;
        } catch (IllegalStateException | StackOverflowError e) {
            loop.callExceptionHandler(
                    new EventLoop.Failure("a task cannot be cancelled during run() shutdown", e, task));
            return false;
        }
    }

    private static void cancelAllTasks(EventLoop loop) {
        List<Task<?>> left = loop.kernel.tasks.live();
        if (left.isEmpty()) {
            return;
        }
        List<Task<?>> ending =
                left.stream().filter(task -> cancelled(task, loop)).toList();
        loop.runUntilComplete(Gathering.outcomes(loop, ending));
        for (Task<?> task : ending) {
            Throwable failure = task.cancelled() ? null : task.exception();
            if (failure != null) {
                loop.callExceptionHandler(
                        new EventLoop.Failure("unhandled exception during run() shutdown", failure, task));
            }
        }
    }
}
