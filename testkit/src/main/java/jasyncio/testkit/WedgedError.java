package jasyncio.testkit;

/**
 * The loop under test cannot go on: nothing is ready, and nothing is known that could make it so. The message names each task, where it
 * stands and what it awaits.
 */
public final class WedgedError extends AssertionError {
    private static final long serialVersionUID = 1L;

    WedgedError(String message) {
        super(message);
    }
}
