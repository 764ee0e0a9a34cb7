package jasyncio.executor;

/**
 * A note that a job of a {@link ProcessPoolExecutor} has thrown an exception in a child process, among its suppressed exceptions. The
 * stack trace of the exception itself is the child's.
 */
public final class RemoteTraceback extends Exception {
    private static final long serialVersionUID = 1L;

    RemoteTraceback(String message) {
        super(message, null, false, false);
    }
}
