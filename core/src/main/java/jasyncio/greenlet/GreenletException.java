package jasyncio.greenlet;

/** A switch that cannot be made: to a greenlet of another thread, or from a place on the stack that cannot be left. */
public final class GreenletException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GreenletException(String message) {
        super(message);
    }

    GreenletException(String message, Throwable cause) {
        super(message, cause);
    }
}
