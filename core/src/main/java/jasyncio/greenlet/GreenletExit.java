package jasyncio.greenlet;

import org.jspecify.annotations.Nullable;

/**
 * Ends a greenlet that does not catch it, without being an error: the parent receives it as the result of its switch.
 *
 * <p>An {@code Error}, so that {@code catch (Exception e)} in a greenlet's body leaves it alone.
 */
public final class GreenletExit extends Error {
    private static final long serialVersionUID = 1L;

    public GreenletExit() {}

    /** @param message for the greenlet that it is thrown into, and for the parent that receives it */
    public GreenletExit(@Nullable String message) {
        super(message);
    }
}
