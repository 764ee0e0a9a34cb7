package jasyncio;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything a program calls, for {@code import static jasyncio.Asyncio.*}.
 *
 * {@snippet :
 * void main() {
 *     run(() -> {
 *         var tasks = List.of(createTask(() -> fetch("a")), createTask(() -> fetch("b")));
 *         println(await(gather(tasks)));
 *     });
 * }
 * }
 *
 * <p>What is {@code async def} in asyncio is a method here that suspends the caller's task: it is called, not awaited. What returns a
 * future there returns one here, and goes through {@link #await(Awaitable)}. Each method says whether it suspends, whether a cancellation
 * reaches it while it does, and where it may be called.
 *
 * <p><b>Blocking calls in a task</b> park that task only (on the portable backend they block the loop, see {@code docs/howto}). A
 * cancellation, and so a timeout, gets a task out of such a call where the JDK can be interrupted:
 *
 * <table>
 * <caption>What a cancellation does to a task in a blocking call</caption>
 * <tr><th>call</th><th>effect</th></tr>
 * <tr><td>{@code Thread.sleep}, {@code Object.wait}, {@code LockSupport.park} loops that look at interrupts</td><td>ends it</td></tr>
 * <tr><td>{@code BlockingQueue.take/put}, {@code Semaphore.acquire}, {@code CountDownLatch.await}, {@code lockInterruptibly}, {@code Condition.await}</td><td>ends it</td></tr>
 * <tr><td>{@code CompletableFuture.get}, {@code Future.get}, {@code HttpClient.send}, {@code Thread.join}</td><td>ends it</td></tr>
 * <tr><td>{@code Socket} read, write, connect, accept; {@code SocketChannel}</td><td>ends it, and closes the socket</td></tr>
 * <tr><td>{@code synchronized}, {@code Lock.lock}, {@code CompletableFuture.join}</td><td>waits until the call returns by itself</td></tr>
 * <tr><td>files, pipes, {@code System.in}</td><td>waits until the call returns by itself; these block the loop: use {@link #toThread}</td></tr>
 * </table>
 *
 * <p>What escapes from an interrupted call becomes {@link CancelledError}, with the original as its cause, at the edge of the nearest scope
 * ({@code timeout}, {@code taskGroup}, {@code with}) or at the task's end; a call that swallows the interrupt meets it at the next await.
 */
public final class Asyncio {
    /** See {@link ReturnWhen#FIRST_COMPLETED}. */
    public static final ReturnWhen FIRST_COMPLETED = ReturnWhen.FIRST_COMPLETED;

    /** See {@link ReturnWhen#FIRST_EXCEPTION}. */
    public static final ReturnWhen FIRST_EXCEPTION = ReturnWhen.FIRST_EXCEPTION;

    /** See {@link ReturnWhen#ALL_COMPLETED}. */
    public static final ReturnWhen ALL_COMPLETED = ReturnWhen.ALL_COMPLETED;

    private static final String AWAITABLES = "Something to gather";
    private static final String BODIES = "An array of bodies";
    private static final String LENGTH = "A length of time";

    private Asyncio() {}

    // ---- running

    /**
     * Runs {@code main} on a new loop and returns its value: the entry of a program. Then cancels the tasks that are left, waits for them,
     * and closes the loop. Blocks the calling thread; not in a task.
     *
     * @throws IllegalStateException if the caller is on a running loop already
     * @throws KeyboardInterrupt if Ctrl-C ended {@code main}, or the wait for the tasks that are left; what {@code main} threw before that is
     *     among what it suppressed
     */
    public static <T extends @Nullable Object, X extends Exception> T run(Call<? extends T, X> main) throws X {
        return Runner.<T, X>useAndClose(runner -> runner.<T, X>run(main));
    }

    /** The same for a body without a value. */
    public static <X extends Exception> void run(Action<X> main) throws X {
        Runner.<@Nullable Void, X>useAndClose(runner -> {
            runner.run(main);
            return null;
        });
    }

    /** The same for a coroutine object. */
    public static <T extends @Nullable Object> T run(Awaitable<? extends T> main) {
        return Runner.<T, RuntimeException>useAndClose(runner -> runner.<T>run(main));
    }

    // ---- coroutines and tasks

    /** Creates a coroutine that runs {@code body} when it is awaited or made a task. Never suspends; thread-safe. */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> coroutine(Callable<? extends T> body) {
        return new Coroutine<>(Given.given(body, "A body"), body);
    }

    /** The same for a body without a value. */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> coroutine(Action<?> body) {
        return new Coroutine<>(new ActionBody(body), body);
    }

    /**
     * Creates a task that runs {@code body}, beginning in the next iteration of the loop. Keep the task: the loop holds it only weakly.
     * Never suspends; for a task or callback of the loop.
     */
    public static <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
        return task().start(body);
    }

    /** The same for a body without a value. */
    public static Task<@Nullable Void> createTask(Action<?> body) {
        return task().start(body);
    }

    /** The same for a coroutine object. */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return task().start(coroutine);
    }

    /** The same with a name. */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Callable<? extends T> body) {
        return task().name(name).start(body);
    }

    /** The same with a name, for a body without a value. */
    public static Task<@Nullable Void> createTask(String name, Action<?> body) {
        return task().name(name).start(body);
    }

    /** The same with a name, for a coroutine object. */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Coroutine<T> coroutine) {
        return task().name(name).start(coroutine);
    }

    /** Begins a task with the rarer options. Never suspends; for a task or callback of the loop. */
    public static Task.Builder task() {
        return Await.loop().task();
    }

    /** Returns a future as it is, and makes a task of a coroutine. Never suspends; for a task or callback of the loop. */
    public static <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable) {
        return awaitable instanceof Future<T> future ? future : Await.loop().ensureFuture(awaitable);
    }

    /**
     * Waits for a future, or runs a coroutine in the caller's task, and returns the result. Suspends (not if the future is done); cancellable:
     * a future that is awaited is cancelled with the task; for a task of the loop. What the awaited one failed with is thrown as it is: the
     * very object, of whatever type, undeclared.
     *
     * @throws CancelledError if the awaited one or the caller's task was cancelled
     */
    public static <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) {
        return Await.awaitable(awaitable);
    }

    /** The same, declaring an exception so that it can be caught. */
    public static <T extends @Nullable Object, X extends Throwable> T await(
            Awaitable<? extends T> awaitable, Class<X> thrown) throws X {
        return Await.awaitable(awaitable);
    }

    /** The same, declaring two exceptions. */
    public static <T extends @Nullable Object, X1 extends Throwable, X2 extends Throwable> T await(
            Awaitable<? extends T> awaitable, Class<X1> thrown, Class<X2> alsoThrown) throws X1, X2 {
        return Await.awaitable(awaitable);
    }

    /**
     * Waits for a JDK stage, such as a {@code CompletableFuture}, whatever thread completes it. Its failure is thrown without the wrappers
     * that stages put around it. Suspends (not if it has a value); cancellable: the stage is cancelled too; for a task of the loop.
     */
    public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        return Await.<T>stage(stage);
    }

    /** The same, declaring an exception so that it can be caught. */
    public static <T extends @Nullable Object, X extends Throwable> T await(
            CompletionStage<? extends T> stage, Class<X> thrown) throws X {
        return Await.<T>stage(stage);
    }

    /** The same, declaring two exceptions. */
    public static <T extends @Nullable Object, X1 extends Throwable, X2 extends Throwable> T await(
            CompletionStage<? extends T> stage, Class<X1> thrown, Class<X2> alsoThrown) throws X1, X2 {
        return Await.<T>stage(stage);
    }

    /** Suspends for {@code length}; zero or less lets everything run that is ready. Suspends; cancellable; for a task of the loop. */
    public static void sleep(Duration length) {
        Sleep.sleep(length);
    }

    // ---- several at once

    /**
     * Runs or waits for all of them and gives the results in the order of the arguments. The first failure is the failure of the whole, and
     * the others go on. Cancelling the whole cancels them. Never suspends; for a task or callback of the loop.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the arrays are only read
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return Asyncio.<T>gather(Arrays.asList(Given.given(awaitables, AWAITABLES)));
    }

    /** The same for bodies, each of which becomes a task. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the arrays are only read
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<List<T>> gather(Callable<? extends T>... bodies) {
        return Asyncio.<T>gather(coroutines(bodies));
    }

    /** The same for bodies without a value. */
    @CheckReturnValue
    public static Future<List<@Nullable Void>> gather(Action<?>... bodies) {
        return Asyncio.<@Nullable Void>gather(Arrays.stream(Given.given(bodies, BODIES))
                .map(Asyncio::coroutine)
                .toList());
    }

    /** The same for a collection. */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.<T>values(loopOf(awaitables), noNulls(awaitables));
    }

    /** Like {@link #gather(Awaitable[])}, but a failure is a result like any other: {@code return_exceptions=True}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the arrays are only read
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return Asyncio.<T>gatherOutcomes(Arrays.asList(Given.given(awaitables, AWAITABLES)));
    }

    /** The same for bodies, each of which becomes a task. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the arrays are only read
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Callable<? extends T>... bodies) {
        return Asyncio.<T>gatherOutcomes(coroutines(bodies));
    }

    /** The same for a collection. */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.<T>outcomes(loopOf(awaitables), noNulls(awaitables));
    }

    /**
     * Waits until all are done, and says which are done and which are not. What they failed with is theirs to tell. Suspends; cancellable:
     * the futures go on; for a task of the loop.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures) {
        return Waiting.<F>waitFor(futures, ReturnWhen.ALL_COMPLETED, null);
    }

    /** The same, for {@code timeout} at most; nothing is thrown when it is over, and nothing is cancelled. */
    public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures, Duration timeout) {
        return Waiting.<F>waitFor(futures, ReturnWhen.ALL_COMPLETED, Given.given(timeout, LENGTH));
    }

    /** The same, until {@code when}. */
    public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures, ReturnWhen when) {
        return Waiting.<F>waitFor(futures, when, null);
    }

    /** The same, until {@code when} and for {@code timeout} at most. */
    public static <F extends Future<?>> WaitResult<F> wait(
            Collection<? extends F> futures, ReturnWhen when, Duration timeout) {
        return Waiting.<F>waitFor(futures, when, Given.given(timeout, LENGTH));
    }

    /**
     * Awaits for {@code timeout} at most; then the awaited one is cancelled. A coroutine runs in the caller's task; with a timeout of zero
     * or less it does not start. Suspends; cancellable; for a task of the loop.
     *
     * @throws TimeoutException if the time was up
     */
    public static <T extends @Nullable Object> T waitFor(Awaitable<? extends T> awaitable, Duration timeout)
            throws TimeoutException {
        return WaitFor.<T>waitFor(awaitable, timeout);
    }

    /**
     * Iterates over the futures in the order in which they are done: each item is one of those given, and done. Iterating suspends; never
     * suspends itself; for a task of the loop.
     */
    @CheckReturnValue
    public static <F extends Future<?>> AsyncIterable<F> asCompleted(Collection<? extends F> futures) {
        return new AsCompleted<>(Await.loop(), futures, null);
    }

    /**
     * The same, for {@code timeout} at most.
     *
     * @throws TimeoutException by the iteration, when the time is up and some are not done
     */
    @CheckReturnValue
    public static <F extends Future<?>> AsyncIterable<F> asCompleted(Collection<? extends F> futures, Duration timeout)
            throws TimeoutException {
        return new AsCompleted<>(Await.loop(), futures, Given.given(timeout, LENGTH));
    }

    /**
     * Runs bodies one after another until one of them returns a value: the next is started when the one before has failed. Suspends;
     * cancellable: the body that runs is cancelled and waited for; for a task of the loop.
     */
    public static <T extends @Nullable Object> Race<T> staggeredRace(List<? extends Callable<? extends T>> bodies) {
        return StaggeredRace.<T>run(bodies, null);
    }

    /**
     * Runs bodies in tasks of their own until one of them returns a value: the first is started at once, and each of the others when the one
     * before has failed or {@code delay} after it was started. The others are then cancelled and waited for; a value that one of them returns
     * all the same comes too late. Nothing a body throws is thrown here. Suspends; cancellable: the bodies are cancelled and waited for; for
     * a task of the loop.
     */
    public static <T extends @Nullable Object> Race<T> staggeredRace(
            List<? extends Callable<? extends T>> bodies, Duration delay) {
        return StaggeredRace.<T>run(bodies, Given.given(delay, LENGTH));
    }

    // ---- scopes

    /**
     * Returns a future in front of the given one: cancelling it, or the task that awaits it, leaves the other one running. Keep a reference
     * to that one. Never suspends; for a task or callback of the loop.
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable) {
        return Shield.of(ensureFuture(awaitable));
    }

    /** The same for a body, which becomes a task. */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> shield(Callable<? extends T> body) {
        return Shield.of(Asyncio.<T>createTask(body));
    }

    /** The same for a body without a value. */
    @CheckReturnValue
    public static Future<@Nullable Void> shield(Action<?> body) {
        return Shield.of(createTask(body));
    }

    /**
     * Runs the body in place, for {@code limit} at most; see {@link Timeout}. Suspends as the body does; cancellable; for a task of the loop.
     *
     * @throws TimeoutException if the time was up
     */
    public static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, TimedCall<? extends T, X> body) throws X, TimeoutException {
        return Timeout.after(limit).<T, X>run(body);
    }

    /** The same for a body without a value. */
    public static <X extends Exception> void timeout(Duration limit, TimedAction<X> body) throws X, TimeoutException {
        Timeout.after(limit).run(body);
    }

    /** The same until a moment of the loop's clock. */
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
            Instant when, TimedCall<? extends T, X> body) throws X, TimeoutException {
        return Timeout.at(when).<T, X>run(body);
    }

    /** The same until a moment of the loop's clock, for a body without a value. */
    public static <X extends Exception> void timeoutAt(Instant when, TimedAction<X> body) throws X, TimeoutException {
        Timeout.at(when).run(body);
    }

    /**
     * Runs the body in place and waits for the tasks it created in its group; see {@link TaskGroup}. Suspends; cancellable; for a task of
     * the loop.
     *
     * @throws ExceptionGroup if the body or a task failed
     */
    public static void taskGroup(TaskGroup.Body body) {
        Given.given(body, "A body"); // before a group is entered, which would wrap the failure
        var group = new TaskGroup();
        group.run(() -> {
            body.run(group);
            return null;
        });
    }

    /** Enters the manager, runs the body in place, and leaves the manager, which sees what was thrown. Suspends as they do; cancellable; for a task of the loop. */
    public static <C extends @Nullable Object, X extends Exception> void with(
            AsyncContextManager<? extends C> manager, AsyncContextManager.Body<? super C, X> body) throws X {
        Given.given(body, "A body");
        Scopes.<C, @Nullable Void, X>with(manager, context -> {
            body.run(context);
            return null;
        });
    }

    /** The same for a body with a value; null if the manager swallowed what the body threw. */
    public static <C extends @Nullable Object, T extends @Nullable Object, X extends Exception> T withResult(
            AsyncContextManager<? extends C> manager, AsyncContextManager.Function<? super C, ? extends T, X> body)
            throws X {
        return Scopes.<C, T, X>with(manager, body);
    }

    // ---- threads

    /**
     * Runs the body on a thread of the loop's default executor, in a copy of the caller's context, and returns its value. Suspends;
     * cancellable: a body that has not begun never does, one that has goes on unattended; for a task of the loop.
     */
    public static <T extends @Nullable Object, X extends Exception> T toThread(Call<? extends T, X> body) throws X {
        Given.given(body, "A body");
        EventLoop loop = Await.task().loop;
        Context context = Context.copyCurrent();
        return Await.future(ExecutorJob.<T>submit(loop, loop.defaultExecutor.get(), () -> context.<T, X>run(body)));
    }

    /** The same for a body without a value. */
    public static <X extends Exception> void toThread(Action<X> body) throws X {
        Given.given(body, "A body");
        Asyncio.<@Nullable Void, X>toThread(() -> {
            body.run();
            return null;
        });
    }

    /**
     * Hands the body to an executor and returns the future of its value; null means the loop's default executor. Cancelling the future keeps
     * a body that has not begun from beginning.
     *
     * <p>A serializable body is submitted as it is to an {@code ExecutorService} that is not the JDK's, since that may run it in another
     * JVM; cancelling the future then cancels that service's. If those are {@code CompletionStage}s, as those of
     * {@code ProcessPoolExecutor}, no thread waits for them.
     *
     * <p>Never suspends; for a task or callback of the loop.
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> runInExecutor(
            @Nullable Executor executor, Callable<? extends T> body) {
        EventLoop loop = Await.loop();
        return ExecutorJob.submit(loop, executor == null ? loop.defaultExecutor.get() : executor, body);
    }

    /** The same for a body without a value. */
    @CheckReturnValue
    public static Future<@Nullable Void> runInExecutor(@Nullable Executor executor, Action<?> body) {
        return runInExecutor(executor, new ActionBody(body));
    }

    /**
     * Creates a task on a loop that runs on another thread. Cancelling the returned future cancels the task. Never suspends; thread-safe.
     */
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            EventLoop loop, Callable<? extends T> body) {
        return ThreadsafeTask.start(loop, body);
    }

    /** The same for a body without a value. */
    public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(EventLoop loop, Action<?> body) {
        return ThreadsafeTask.start(loop, new ActionBody(body));
    }

    /** Returns a future that completes as the stage does; cancelling it cancels the stage. Never suspends; for a task or callback of the loop. */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> wrapFuture(CompletionStage<T> stage) {
        return Bridges.wrap(Await.loop(), Given.given(stage, "A stage"));
    }

    /**
     * The same for a JDK future that can only be waited for: a virtual thread waits. In a task, {@code future.get()} does as well. Never
     * suspends; for a task or callback of the loop.
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> wrapBlocking(java.util.concurrent.Future<T> future) {
        return Bridges.wrapBlocking(Await.loop(), Given.given(future, "A future"));
    }

    // ---- where am I

    /** Returns the task the caller runs in. Never suspends; for a task of the loop. */
    public static Task<?> currentTask() {
        return Await.currentTask();
    }

    /** Returns the tasks of the running loop that are not done, oldest first. Never suspends; for a task or callback of the loop. */
    public static Set<Task<?>> allTasks() {
        return Collections.unmodifiableSet(
                new LinkedHashSet<>(Await.loop().kernel.tasks.live()));
    }

    /** Returns the loop the caller runs on. Never suspends; for a task or callback of the loop. */
    public static EventLoop runningLoop() {
        return Await.loop();
    }

    /**
     * Creates a loop; close it when it is no longer needed. If {@code -Djasyncio.loopFactory=CLASS} names a public class that implements
     * {@code Supplier<EventLoop>}, that makes it. Never suspends; thread-safe.
     *
     * @throws IllegalStateException if that class cannot be used
     */
    public static EventLoop newEventLoop() {
        return DefaultLoops.create();
    }

    /** Creates a loop with a clock or poller of your own, whatever the property says. Never suspends; thread-safe. */
    public static EventLoop newEventLoop(UnaryOperator<EventLoop.Options> options) {
        return new EventLoop(options);
    }

    private static EventLoop loopOf(Collection<? extends Awaitable<?>> awaitables) {
        return Given.given(awaitables, AWAITABLES).stream()
                .filter(Future.class::isInstance)
                .findFirst()
                .map(future -> ((Future<?>) future).loop)
                .orElseGet(Await::loop);
    }

    private static <T extends @Nullable Object> List<Coroutine<T>> coroutines(Callable<? extends T>[] bodies) {
        return Arrays.stream(Given.given(bodies, BODIES))
                .map(body -> Asyncio.<T>coroutine(body))
                .toList();
    }

    private static <A extends Awaitable<?>> List<A> noNulls(Collection<? extends A> awaitables) {
        return awaitables.stream()
                .<A>map(each -> Objects.requireNonNull(each, "Nothing to gather: one of the arguments is null"))
                .toList();
    }
}
