package jasyncio;

/**
 * A body without a value that runs in place.
 *
 * @param <X> the checked exception it may throw; {@code InterruptedException} is absorbed
 */
@FunctionalInterface
public interface Action<X extends Exception> extends TimedAction<X> {
    @Override
    void run() throws X, InterruptedException;
}
