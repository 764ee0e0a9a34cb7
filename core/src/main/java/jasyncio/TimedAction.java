package jasyncio;

import java.util.concurrent.TimeoutException;

/**
 * A body without a value that runs in place under a timeout.
 *
 * @param <X> the checked exception it may throw beside {@code TimeoutException} and {@code InterruptedException}, which are absorbed, so
 *     that nested timeouts around I/O still throw {@code IOException} and not {@code Exception}
 */
@FunctionalInterface
public interface TimedAction<X extends Exception> {
    void run() throws X, TimeoutException, InterruptedException;
}
