package jasyncio.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several items of a {@code map}, as one job.
 *
 * @param items a serializable list
 */
record Chunk<A extends @Nullable Object, R extends @Nullable Object>(
        ProcessPoolExecutor.Mapping<? super A, ? extends R> mapping, ArrayList<A> items)
        implements ProcessPoolExecutor.Job<List<R>> {

    static <A extends @Nullable Object, R extends @Nullable Object> List<Chunk<A, R>> of(
            ProcessPoolExecutor.Mapping<? super A, ? extends R> mapping, Iterable<? extends A> items, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("A chunk holds at least one item, and not " + size);
        }
        var chunks = new ArrayList<Chunk<A, R>>();
        var chunk = new ArrayList<A>();
        for (A item : items) {
            chunk.add(item);
            if (chunk.size() == size) {
                chunks.add(new Chunk<>(mapping, chunk));
                chunk = new ArrayList<>();
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(new Chunk<>(mapping, chunk));
        }
        return chunks;
    }

    @Override
    public List<R> call() throws Exception {
        var results = new ArrayList<R>(items.size());
        for (A item : items) {
            results.add(mapping.apply(item));
        }
        return results;
    }

    @Override
    public String toString() {
        return PoolJob.describe(mapping) + " on " + items.size() + (items.size() == 1 ? " item" : " items");
    }
}
