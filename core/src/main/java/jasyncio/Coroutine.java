package jasyncio;

import jasyncio.generator.SendGenerator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A body that has not run yet: the object that calling an {@code async def} gives in Python. It runs once, when it is awaited or made a
 * task; one that is dropped without that is reported.
 *
 * <p>A Java program rarely needs one, since a suspending method is simply called. Create it with {@link Asyncio#coroutine}.
 *
 * @param <T> the type of the result
 */
@CheckReturnValue
public final class Coroutine<T extends @Nullable Object> implements Awaitable<T> {
    private final String description;
    private @Nullable Callable<? extends T> body;
    private final UnawaitedCoroutines.@Nullable Watch watch;

    Coroutine(Callable<? extends T> body, Object described) {
        this.body = body;
        this.description = Describe.body(described);
        this.watch = UnawaitedCoroutines.watch(this, description);
    }

    /**
     * Runs a generator as a coroutine: each awaitable that it yields is awaited in the coroutine's task, and the yield returns the result, or
     * throws the failure or the cancellation. What the generator returns is the coroutine's result. A null that it yields lets one iteration of
     * the loop pass; anything else that cannot be awaited comes back as an {@code IllegalStateException}.
     *
     * {@snippet :
     * SendGenerator<Awaitable<?>, Object, String> greeting = SendGenerator.of(y -> {
     *     Object name = y.yield(createTask(() -> lookUp("name")));
     *     return "hello " + name;
     * });
     * println(await(Coroutine.fromGenerator(greeting)));
     * }
     *
     * <p>The generator is the coroutine's from now on: {@link #close()} closes it.
     *
     * <p>Never suspends; thread-safe.
     */
    public static <T extends @Nullable Object> Coroutine<T> fromGenerator(
            SendGenerator<? extends @Nullable Awaitable<?>, @Nullable Object, ? extends T> generator) {
        var body = new GeneratorCoroutine<T>(generator);
        return new Coroutine<>(body, body);
    }

    /** Returns what is known of the body's name: its class, or the class it was written in. */
    public String name() {
        return description;
    }

    /** Drops the body without running it and without the report that it was never awaited. Does nothing if it was used. */
    public void close() {
        Callable<? extends T> dropped = body;
        body = null;
        used();
        if (dropped instanceof GeneratorCoroutine<?> generator) {
            generator.close();
        }
    }

    /**
     * Takes the body out, once.
     *
     * @throws IllegalStateException if that was done before
     */
    Callable<? extends T> start() {
        Callable<? extends T> once = body;
        if (once == null) {
            throw new IllegalStateException("Cannot reuse " + this
                    + ": it has been awaited, made a task or closed already; create another one");
        }
        body = null;
        used();
        return once;
    }

    private void used() {
        if (watch != null) {
            watch.used();
        }
    }

    @Override
    public String toString() {
        return "<Coroutine " + description + (body == null ? " used>" : ">");
    }
}
