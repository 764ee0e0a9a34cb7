package jasyncio.sync;

/** Something acquired, for {@code try (var _ = lock.acquire()) { … }}: closing it releases. */
public interface Held extends AutoCloseable {
    /** Releases. Never suspends; for a task of the loop. */
    @Override
    void close();
}
