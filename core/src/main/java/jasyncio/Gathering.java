package jasyncio;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future that {@code gather} returns. Cancelling it cancels the children, and it ends when they have.
 *
 * @param <T> the children's results
 * @param <R> what stands for one child in the list
 */
final class Gathering<T extends @Nullable Object, R extends @Nullable Object> extends Future<List<R>> {
    private final List<Future<T>> children = new ArrayList<>();
    private final boolean failFast;
    private final Function<Future<T>, R> toResult;
    private int distinct;
    private int finished;
    private boolean cancelRequested;

    private Gathering(EventLoop loop, boolean failFast, Function<Future<T>, R> toResult) {
        super(loop);
        this.failFast = failFast;
        this.toResult = toResult;
    }

    /** Gathers values; the first failure is the failure of all. */
    static <T extends @Nullable Object> Gathering<T, T> values(
            EventLoop loop, List<? extends Awaitable<? extends T>> awaitables) {
        return new Gathering<T, T>(loop, true, Future::resultUnchecked).begin(awaitables);
    }

    /** Gathers outcomes; failures are values too. */
    static <T extends @Nullable Object> Gathering<T, Outcome<T>> outcomes(
            EventLoop loop, List<? extends Awaitable<? extends T>> awaitables) {
        return new Gathering<T, Outcome<T>>(loop, false, Future::outcomeCopy).begin(awaitables);
    }

    @SuppressWarnings("unchecked") // results are only read
    private Gathering<T, R> begin(List<? extends Awaitable<? extends T>> awaitables) {
        var futures = new IdentityHashMap<Object, Future<T>>();
        var done = new ArrayList<Future<T>>();
        Await.checkLoop("what is gathered", loop);
        for (Awaitable<? extends T> awaitable : awaitables) {
            Future<T> child = futures.get(awaitable);
            if (child == null) {
                child = (Future<T>) loop.ensureFuture(awaitable);
                checkLoop(child);
                child.checkAccess();
                if (child != awaitable && child instanceof Task<?> task) {
                    task.doNotReportLoss(); // the caller never had it in hand
                }
                futures.put(awaitable, child);
                distinct++;
                register(child, done);
            }
            children.add(child);
        }
        if (distinct == 0) {
            succeed(List.of());
        }
        done.forEach(this::childDone);
        return this;
    }

    private void register(Future<T> child, List<Future<T>> done) {
        if (child.done()) {
            done.add(child);
        } else {
            child.addCallback(new ChildDone(child));
        }
    }

    private void checkLoop(Future<?> child) {
        if (child.loop != loop) {
            throw new IllegalArgumentException(
                    "Cannot gather " + child + " of " + child.loop + " on " + loop + ": all must belong to one loop");
        }
    }

    private final class ChildDone implements LibraryCallback {
        private final Future<T> child;

        ChildDone(Future<T> child) {
            this.child = child;
        }

        @Override
        public void run() {
            childDone(child);
        }

        @Override
        public String toString() {
            return "gather";
        }
    }

    private void childDone(Future<T> child) {
        finished++;
        if (done()) {
            child.markRetrieved();
            return;
        }
        if (failFast) {
            Throwable failure = child.failureOrCancelled();
            if (failure != null) {
                fail(failure);
                return;
            }
        }
        if (finished == distinct) {
            allDone();
        }
    }

    private void allDone() {
        var results = new ArrayList<R>(children.size());
        for (Future<T> child : children) {
            results.add(toResult.apply(child));
        }
        if (cancelRequested) {
            fail(children.getLast().cancelledError()); // as in CPython: the message is the last argument's
        } else {
            succeed(results);
        }
    }

    @Override
    boolean cancelUnchecked(@Nullable String message) {
        if (done()) {
            return false;
        }
        boolean any = false;
        for (Future<T> child : children) {
            any |= child.cancelUnchecked(message);
        }
        cancelRequested |= any;
        return any;
    }
}
