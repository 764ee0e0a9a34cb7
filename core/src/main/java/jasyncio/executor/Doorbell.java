package jasyncio.executor;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one task wait for something that other threads bring about. They change what the task waits for and then ring; it leaves a future
 * here and then looks again. So one of the two sees the other.
 */
final class Doorbell {
    private final EventLoop loop;
    private final AtomicReference<@Nullable Future<@Nullable Void>> waiter = new AtomicReference<>();

    Doorbell(EventLoop loop) {
        this.loop = loop;
    }

    /** Suspends until {@code condition} holds; it is looked at again after each ring. */
    void awaitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Future<@Nullable Void> rung = loop.createFuture();
            waiter.set(rung);
            try {
                if (!condition.getAsBoolean()) {
                    Asyncio.await(rung);
                }
            } finally {
                waiter.set(null);
            }
        }
    }

    /** Has whoever waits look again. From any thread. */
    void ring() {
        Future<@Nullable Void> waiting = waiter.getAndSet(null);
        if (waiting != null) {
            try {
                loop.callSoonThreadsafe(() -> {
                    if (!waiting.done()) {
                        waiting.setResult(null);
                    }
                });
            } catch (IllegalStateException e) {
                // The loop is closed, and its tasks wait for nothing any more.
            }
        }
    }
}
