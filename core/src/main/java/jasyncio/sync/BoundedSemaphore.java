package jasyncio.sync;

/** A semaphore that refuses to have more permits than it began with: releasing once too often is a mistake. */
public final class BoundedSemaphore extends Semaphore {
    private final int bound;

    /** @throws IllegalArgumentException if {@code permits} is negative */
    public BoundedSemaphore(int permits) {
        super(permits);
        this.bound = permits;
    }

    /** @throws IllegalStateException if no permit is out */
    @Override
    public void release() {
        if (value() >= bound) {
            throw new IllegalStateException(
                    "BoundedSemaphore released too many times: all " + bound + " permits are back already");
        }
        super.release();
    }
}
