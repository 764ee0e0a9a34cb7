package jasyncio;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gives futures back in the order in which they end. */
final class AsCompleted<F extends Future<?>> implements AsyncIterator<F> {
    private final EventLoop loop;

    /** Ended and not given back yet; an empty one stands for a future that did not make it in time. */
    private final ArrayDeque<Optional<F>> ended = new ArrayDeque<>();

    private final ArrayDeque<Future<@Nullable Void>> waiters = new ArrayDeque<>();
    private final Map<F, LibraryCallback> todo = new LinkedHashMap<>();
    private final @Nullable Deadline deadline;
    private int left;

    AsCompleted(EventLoop loop, Collection<? extends F> futures, @Nullable Duration timeout) {
        this.loop = loop;
        for (F future : Given.given(futures, "A collection of futures")) {
            Await.checkLoop(Given.given(future, "A future for each place in the collection"), future.loop);
            todo.computeIfAbsent(future, f -> () -> completed(f));
        }
        left = todo.size();
        todo.forEach(Future::addCallback);
        deadline = timeout == null || left == 0 ? null : Deadline.after(loop.kernel, timeout, this::timedOut);
    }

    @Override
    public F anext() throws TimeoutException {
        if (left == 0) {
            throw new StopAsyncIteration();
        }
        left--;
        while (ended.isEmpty()) {
            awaitOne();
        }
        return ended.remove().orElseThrow(() -> new TimeoutException("Timed out before all futures were done"));
    }

    private void awaitOne() {
        Future<@Nullable Void> waiter = loop.createFuture();
        waiters.add(waiter);
        try {
            Await.future(waiter);
        } catch (Throwable e) {
            waiters.remove(waiter);
            if (!ended.isEmpty() && !waiter.cancelled()) {
                wakeNext();
            }
            throw e;
        }
    }

    private void completed(F future) {
        if (!todo.isEmpty()) {
            todo.remove(future);
            put(Optional.of(future));
            if (todo.isEmpty() && deadline != null) {
                deadline.cancel();
            }
        }
    }

    private void timedOut() {
        todo.forEach((future, callback) -> {
            future.removeCallback(callback);
            put(Optional.empty());
        });
        todo.clear();
    }

    private void put(Optional<F> future) {
        ended.add(future);
        wakeNext();
    }

    private void wakeNext() {
        Future<@Nullable Void> waiter;
        while ((waiter = waiters.poll()) != null) {
            if (!waiter.done()) {
                waiter.succeed(null);
                return;
            }
        }
    }
}
