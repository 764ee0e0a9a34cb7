package jasyncio.executor;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that a job of a {@link ProcessPoolExecutor} has thrown and that cannot be had here: it, or something in it, is
 * not serializable, or the filter refuses it.
 */
public final class RemoteJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Its class. */
    private final String remoteClass;

    /** Its stack trace as the child would have printed it, causes included. */
    private final String remoteTrace;

    RemoteJobException(
            String remoteClass, String message, String where, String remoteTrace, @Nullable Throwable unreadable) {
        super(remoteClass + ": " + message, unreadable);
        this.remoteClass = remoteClass;
        this.remoteTrace = remoteTrace;
        addSuppressed(new RemoteTraceback("Thrown in " + where + ":\n" + remoteTrace.stripTrailing()));
    }

    /** Returns the name of the class of what was thrown. */
    public String remoteClass() {
        return remoteClass;
    }

    /** Returns the stack trace as the child would have printed it, with all causes. */
    public String remoteTrace() {
        return remoteTrace;
    }
}
