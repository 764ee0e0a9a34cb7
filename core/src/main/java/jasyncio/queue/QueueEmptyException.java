package jasyncio.queue;

import java.util.NoSuchElementException;

/** Thrown by {@link Queue#getNowait} if there is nothing. */
public final class QueueEmptyException extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    public QueueEmptyException() {
        super("The queue is empty; get() waits for an item, tryGet() tells");
    }
}
