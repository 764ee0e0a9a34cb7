package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * A resource whose way in and way out may await, and whose way out sees how the body ended. A resource that need not see it is better an
 * {@link AutoCloseable}.
 *
 * @param <C> what the body works with
 */
public interface AsyncContextManager<C extends @Nullable Object> {

    /** Opens. May suspend. */
    C enter() throws Exception;

    /**
     * Closes. May suspend.
     *
     * @param thrown what the body threw, or null
     * @return true to swallow it
     */
    boolean exit(@Nullable Throwable thrown) throws Exception;

    /** A body without a value, for {@link Asyncio#with}. */
    @FunctionalInterface
    interface Body<C extends @Nullable Object, X extends Exception> {
        void run(C context) throws X, InterruptedException;
    }

    /** A body with a value, for {@link Asyncio#withResult}. */
    @FunctionalInterface
    interface Function<C extends @Nullable Object, T extends @Nullable Object, X extends Exception> {
        T call(C context) throws X, InterruptedException;
    }
}
