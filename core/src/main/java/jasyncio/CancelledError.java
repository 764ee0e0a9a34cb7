package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at the await of a task that is being cancelled, and by whoever awaits a cancelled future.
 *
 * <p>An {@code Error}, so that {@code catch (Exception e)} cannot swallow a cancellation. Clean up in {@code finally}, or catch it and
 * throw it again; a task that catches it and returns is not cancelled.
 */
public final class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    public CancelledError() {}

    /** @param message what was given to {@link Future#cancel(String)} */
    public CancelledError(@Nullable String message) {
        super(message);
    }

    CancelledError(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
