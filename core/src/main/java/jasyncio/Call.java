package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * A body with a value that runs in place. A {@link java.util.concurrent.Callable}, so it fits wherever one does.
 *
 * @param <T> its value
 * @param <X> the checked exception it may throw; {@code InterruptedException} is absorbed
 */
@FunctionalInterface
public interface Call<T extends @Nullable Object, X extends Exception> extends TimedCall<T, X> {
    @Override
    T call() throws X, InterruptedException;
}
