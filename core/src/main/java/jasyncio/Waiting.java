package jasyncio;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#wait}: counts the futures that end. */
final class Waiting<F extends Future<?>> {
    private final Set<F> futures;
    private final ReturnWhen when;
    private final Future<@Nullable Void> enough;
    private int unfinished;

    private Waiting(EventLoop loop, Collection<? extends F> futures, ReturnWhen when) {
        this.futures = new LinkedHashSet<>(futures); // read once: what it gives may be made by reading
        for (F future : this.futures) {
            Await.checkLoop(Given.given(future, "A future for each place in the collection"), future.loop);
        }
        this.when = when;
        this.enough = loop.createFuture();
        this.unfinished = this.futures.size();
    }

    static <F extends Future<?>> WaitResult<F> waitFor(
            Collection<? extends F> futures, ReturnWhen when, @Nullable Duration timeout) {
        Task<?> task = Await.task();
        Given.given(when, "A ReturnWhen");
        Given.given(futures, "A collection of futures");
        if (futures.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing to wait for: the collection of futures is empty; wait(…) takes one or more");
        }
        return new Waiting<F>(task.loop, futures, when).await(timeout);
    }

    private WaitResult<F> await(@Nullable Duration timeout) {
        Deadline deadline = timeout == null ? null : Deadline.after(enough.loop.kernel, timeout, this::stop);
        var callbacks = new java.util.ArrayList<Ended>(futures.size());
        for (F future : futures) {
            var ended = new Ended(future);
            future.addCallback(ended);
            callbacks.add(ended);
        }
        try {
            Await.future(enough);
        } finally {
            if (deadline != null) {
                deadline.cancel();
            }
            callbacks.forEach(ended -> ended.future.removeCallback(ended));
        }
        return result();
    }

    private void stop() {
        if (!enough.done()) {
            enough.succeed(null);
        }
    }

    private WaitResult<F> result() {
        var done = new LinkedHashSet<F>();
        var pending = new LinkedHashSet<F>();
        for (F future : futures) {
            (future.done() ? done : pending).add(future);
        }
        return new WaitResult<>(done, pending);
    }

    private final class Ended implements LibraryCallback {
        private final Future<?> future;

        Ended(Future<?> future) {
            this.future = future;
        }

        @Override
        public void run() {
            unfinished--;
            if (unfinished <= 0
                    || when == ReturnWhen.FIRST_COMPLETED
                    || (when == ReturnWhen.FIRST_EXCEPTION
                            && !future.cancelled()
                            && future.exceptionUnchecked() != null)) {
                stop();
            }
        }

        @Override
        public String toString() {
            return "wait";
        }
    }
}
