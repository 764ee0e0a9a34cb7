package jasyncio.traces;

/** What cases throw to fail. Unchecked, so that callbacks can throw it too. */
final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }

    Failed(String message, Throwable cause) {
        super(message, cause);
    }
}
