package jasyncio;

import jasyncio.generator.SendGenerator;
import jasyncio.generator.StopIteration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The body of a coroutine that is a generator: awaits what it yields, sends the results in and throws the failures in. */
final class GeneratorCoroutine<T extends @Nullable Object> implements Callable<T> {
    private final SendGenerator<?, @Nullable Object, ? extends T> generator;

    GeneratorCoroutine(SendGenerator<?, @Nullable Object, ? extends T> generator) {
        this.generator = Objects.requireNonNull(generator, "No generator: the argument is null");
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what the generator's body returned
    public T call() {
        Object result = null;
        Throwable failure = null;
        while (true) {
            Object yielded;
            try {
                yielded = failure == null ? generator.send(result) : generator.throwIn(failure);
            } catch (StopIteration end) {
                return (T) end.value();
            }
            result = null;
            failure = null;
            try {
                result = outcome(yielded);
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    /** As asyncio takes what reaches a task: a yield of nothing is one iteration of the loop, what cannot be awaited an error after it. */
    private @Nullable Object outcome(@Nullable Object yielded) {
        if (yielded instanceof Awaitable<?> awaitable) {
            return Await.awaitable(awaitable);
        }
        Await.yieldOnce();
        if (yielded != null) {
            throw new IllegalStateException(
                    "Task got bad yield: " + yielded
                            + ", which cannot be awaited; a generator that runs as a coroutine yields futures, tasks and coroutines");
        }
        return null;
    }

    void close() {
        generator.close();
    }

    /** As a reader knows it. */
    @Override
    public String toString() {
        return generator.toString();
    }
}
