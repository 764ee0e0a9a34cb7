package jasyncio.executor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} in the order of its items, each waited for when it is asked for. For one thread. */
final class OrderedResults<R extends @Nullable Object> implements Iterator<R> {
    private final Deque<CompletableFuture<List<R>>> chunks;
    private final @Nullable Duration timeout;
    private final long deadline;
    private Iterator<R> chunk = Collections.emptyIterator();

    /**
     * @param timeout for all results together, from now on; null if there is none
     */
    OrderedResults(List<CompletableFuture<List<R>>> chunks, @Nullable Duration timeout) {
        this.chunks = new ArrayDeque<>(chunks);
        this.timeout = timeout;
        this.deadline = timeout == null
                ? 0
                : System.nanoTime() + Math.max(0, java.util.concurrent.TimeUnit.NANOSECONDS.convert(timeout));
    }

    @Override
    public boolean hasNext() {
        while (!chunk.hasNext() && !chunks.isEmpty()) {
            try {
                chunk = await(chunks.getFirst()).iterator();
                chunks.removeFirst();
            } catch (Throwable e) {
                cancelRest();
                throw Conductor.<RuntimeException>rethrow(e);
            }
        }
        return chunk.hasNext();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more results");
        }
        return chunk.next();
    }

    /** Nobody asks for the others any more. */
    void cancelRest() {
        chunks.forEach(each -> each.cancel(true));
        chunks.clear();
    }

    private List<R> await(CompletableFuture<List<R>> future) throws Throwable {
        try {
            return timeout == null
                    ? future.get()
                    : future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            var late = new TimeoutException("Not all results of the map were there within " + timeout);
            late.initCause(e);
            throw late;
        }
    }
}
