package jasyncio;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@link Asyncio#waitFor}. */
final class WaitFor {
    private WaitFor() {}

    static <T extends @Nullable Object> T waitFor(Awaitable<? extends T> awaitable, Duration timeout)
            throws TimeoutException {
        if (Given.given(timeout, "A length of time").isZero() || timeout.isNegative()) {
            return now(Asyncio.<T>ensureFuture(covariant(awaitable)));
        }
        return Timeout.after(timeout).<T, RuntimeException>run(() -> Await.awaitable(awaitable));
    }

    /** There is no time: only what is done counts, and what is not is cancelled, and waited for. */
    private static <T extends @Nullable Object> T now(Future<T> future) throws TimeoutException {
        Await.checkLoop(future, future.loop);
        if (future.done()) {
            return future.result(); // cancelled earlier and by others, it is no timeout
        }
        cancelAndWait(future);
        try {
            return future.result();
        } catch (CancelledError e) {
            var timeout = Traces.here(new TimeoutException("Timed out"));
            timeout.initCause(e);
            throw timeout;
        }
    }

    private static void cancelAndWait(Future<?> future) {
        // Not awaited directly: the caller's own cancellation must not be taken for the future's.
        Future<@Nullable Void> ended = future.loop.createFuture();
        LibraryCallback release = () -> {
            if (!ended.done()) {
                ended.succeed(null);
            }
        };
        future.addCallback(release);
        try {
            future.cancel();
            Await.future(ended);
        } finally {
            future.removeCallback(release);
        }
    }

    @SuppressWarnings("unchecked") // results are only read
    private static <T extends @Nullable Object> Awaitable<T> covariant(Awaitable<? extends T> awaitable) {
        return (Awaitable<T>) awaitable;
    }
}
