package jasyncio.sync;

/** Something acquired, for {@code try (var _ = lock.acquire()) { … }}: closing it releases. */
public interface Held extends AutoCloseable {
    /**
     * Releases, once: closing it again does nothing, whoever has the lock then. Never suspends; for a task of the loop.
     *
     * @throws IllegalStateException if {@code release()} was called in between and nobody holds it
     */
    @Override
    void close();
}
