package jasyncio.sync;

/** One acquisition: gives back once what was taken, however often it is closed. */
final class Acquired implements Held {
    private final Runnable release;
    private boolean closed;

    Acquired(Runnable release) {
        this.release = release;
    }

    @Override
    public void close() {
        if (!closed) {
            release.run(); // may refuse, on another thread: then a later close must still work
            closed = true;
        }
    }
}
