package jasyncio;

/** A future was asked for something that its state forbids: a result before it has one, or a second result. */
public final class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public InvalidStateException(String message) {
        super(message);
    }
}
