package jasyncio.queue;

/** Thrown by the methods of a queue that has been shut down: putting at once, getting when nothing is left. */
public final class QueueShutDownException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public QueueShutDownException() {
        super("The queue has been shut down");
    }
}
