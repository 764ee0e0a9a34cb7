package jasyncio;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A body with a value that runs in place under a timeout.
 *
 * @param <T> its value
 * @param <X> the checked exception it may throw beside {@code TimeoutException} and {@code InterruptedException}, which are absorbed
 */
@FunctionalInterface
public interface TimedCall<T extends @Nullable Object, X extends Exception> extends Callable<T> {
    @Override
    T call() throws X, TimeoutException, InterruptedException;
}
