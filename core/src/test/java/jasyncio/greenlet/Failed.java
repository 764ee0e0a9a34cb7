package jasyncio.greenlet;

/** What cases throw to fail. */
final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }
}
