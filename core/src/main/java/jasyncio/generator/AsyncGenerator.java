package jasyncio.generator;

import jasyncio.AsyncContextManager;
import jasyncio.AsyncIterator;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.StopAsyncIteration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A generator whose body is a coroutine of its own: it may await, and any task of the loop may advance or close it.
 *
 * {@snippet :
 * AsyncGenerator<String> lines(String host) {
 *     return AsyncGenerator.of(y -> {
 *         try (var connection = openConnection(host, 80)) {
 *             for (var line : connection.reader().lines()) y.yield(line);
 *         }
 *     });
 * }
 *
 * try (var lines = lines("localhost")) {
 *     for (var line : lines) println(line);
 * }
 * }
 *
 * <p>The body runs as the task that advances it: the current task and the context variables are that task's, a cancellation of it arrives
 * at the await in the body. The thread is the body's own, so thread locals and locks of threads are not the task's; a lock that the
 * consumer holds cannot be taken in the body.
 *
 * <p>One that is not advanced to its end is closed by its loop, in a task of its own, after it has become garbage, or else when the loop
 * is shut down ({@link EventLoop#shutdownAsyncgens()}). Close it by try-with-resources if it should be soon, for leaving a {@code for} does
 * not. It belongs to the loop whose task first advances it; a task of another one gets an error.
 *
 * @param <Y> the type of the values
 */
public sealed interface AsyncGenerator<Y extends @Nullable Object> extends Generator<Y>, AsyncIterator<Y>
        permits AsyncSendGenerator, SegmentGenerator {

    /** Creates a generator; nothing of the body runs yet. Never suspends; thread-safe. */
    static <Y extends @Nullable Object> AsyncGenerator<Y> of(Body<Y> body) {
        return new SegmentGenerator<Y, @Nullable Void>(AsyncFrame.oneWay(body));
    }

    /**
     * Runs the body to its next yield and returns the value. Suspends as the body does; cancellable as the body is; for a task of the loop.
     *
     * @throws StopAsyncIteration if the body ends instead, and ever after; or whatever the body throws
     * @throws IllegalStateException if the body is running already, for this task or another one, or belongs to another loop
     */
    @Override
    Y anext();

    /** {@link #anext()}. Suspends as the body does; cancellable as the body is; for a task of the loop. */
    @Override
    Y next();

    /**
     * Throws {@code exception} at the yield where the body stands and returns the value of its next one. Before the first yield and after
     * the end it is thrown here. Suspends as the body does; cancellable as the body is; for a task of the loop.
     *
     * @throws StopAsyncIteration if the body ends instead; or whatever the body throws
     * @throws IllegalStateException as {@link #anext()}
     */
    Y athrow(Throwable exception);

    /** {@link #athrow}. Suspends as the body does; cancellable as the body is; for a task of the loop. */
    @Override
    Y throwIn(Throwable exception);

    /**
     * Ends the body: {@link GeneratorExit} is thrown at the yield where it stands, and the body may await while it cleans up. Does nothing
     * before the beginning, but that nothing will run, and after the end. Suspends as the body does; cancellable as the body is; for a task
     * of the loop.
     *
     * @throws StopAsyncIteration if it was closed before and has ignored that
     * @throws IllegalStateException if the body yields nevertheless, or is running; or whatever else the body throws
     */
    void aclose();

    /**
     * The same for try-with-resources: a cancellation ends what the body does to clean up, and is left to the task's next await, as
     * {@link CancelledError} is not thrown here. Suspends as the body does; not cancellable; for a task of the loop.
     */
    @Override
    void close();

    /** Returns where it stands; while the body awaits it is {@link State#RUNNING}. Never suspends. */
    @Override
    State state();

    /**
     * Returns the values to come as a stream, for a task of the loop; closing it closes the generator. Never suspends; what is done with the
     * stream suspends as the body does.
     */
    @Override
    Stream<Y> stream();

    /**
     * Returns an iterator over the values to come. Its {@code hasNext} runs the body to its next yield; {@link #anext()} then has that value.
     * Never suspends; {@code hasNext} suspends as the body does.
     */
    @Override
    Iterator<Y> iterator();

    @Override
    default AsyncIterator<Y> aiter() {
        return this;
    }

    /**
     * Makes a context manager of a body that yields once: what is before the yield is the way in, the value is what the body of
     * {@code with} gets, what is after it is the way out. What {@code with} throws is thrown at the yield; to catch it there is to swallow
     * it. The manager is good for one {@code with}. Never suspends; thread-safe.
     *
     * {@snippet :
     * AsyncContextManager<Connection> connected(Pool pool) {
     *     return AsyncGenerator.asyncContextManager(y -> {
     *         Connection connection = pool.take();
     *         try {
     *             y.yield(connection);
     *         } finally {
     *             pool.giveBack(connection);
     *         }
     *     });
     * }
     * }
     *
     * <p>On the way in or out an {@code IllegalStateException} tells that the body yields never, or once more.
     */
    static <C extends @Nullable Object> AsyncContextManager<C> asyncContextManager(Body<C> body) {
        return new GeneratorContext<>(of(body));
    }

    /**
     * Returns a context manager that gives {@code generator} and closes it on the way out with {@link #aclose()}, which throws a cancellation
     * as Python does; try-with-resources is the shorter way. Never suspends; thread-safe.
     */
    static <G extends AsyncGenerator<?>> AsyncContextManager<G> aclosing(G generator) {
        return new Closing<>(generator);
    }
}
