package jasyncio.queue;

/** Thrown by {@link Queue#putNowait} if there is no room. */
public final class QueueFullException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public QueueFullException() {
        super("The queue is full; put(…) waits for room, tryPut(…) tells");
    }
}
