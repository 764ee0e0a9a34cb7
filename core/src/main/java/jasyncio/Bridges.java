package jasyncio;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Between this library's futures and the JDK's: results, failures and cancellations go both ways. */
final class Bridges {
    private Bridges() {}

    /** Returns a future of {@code loop} that completes as the stage does, from whatever thread. */
    static <T extends @Nullable Object> Future<T> wrap(EventLoop loop, CompletionStage<? extends T> stage) {
        Future<T> future = loop.createFuture();
        OutsideWork.track(future, stage);
        stage.whenComplete((value, failure) -> {
            Throwable e =
                    failure == null ? null : unwrap(failure); // calls the program's getCause: not on the bare loop
            loop.enqueue((LibraryCallback) () -> settle(future, value, e));
        });
        future.addCallback((LibraryCallback) () -> {
            if (future.cancelled()) {
                loop.kernel.asUser(() -> cancel(stage));
            }
        });
        return future;
    }

    /**
     * Returns a future of {@code loop} for one that can only be waited for: a virtual thread of the JDK's waits. One that tells of its
     * completion by itself needs none.
     */
    @SuppressWarnings("unchecked")
    static <T extends @Nullable Object> Future<T> wrapBlocking(EventLoop loop, java.util.concurrent.Future<T> source) {
        if (source instanceof CompletionStage<?> stage) {
            return wrap(loop, (CompletionStage<T>) stage);
        }
        var waited = new CompletableFuture<T>();
        Future<T> future = wrap(loop, waited);
        Thread.ofVirtual().name("wait for " + source).start(() -> {
            try {
                waited.complete(source.get());
            } catch (ExecutionException e) {
                waited.completeExceptionally(e.getCause() == null ? e : e.getCause());
            } catch (Throwable e) {
                waited.completeExceptionally(e);
            }
        });
        future.addCallback((LibraryCallback) () -> {
            if (future.cancelled()) {
                loop.kernel.asUser(() -> source.cancel(true));
            }
        });
        return future;
    }

    static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(Future<T> future) {
        var result = new Mirror<T>(future);
        future.addCallback((LibraryCallback) () -> future.loop.kernel.asUser(() -> complete(result, future)));
        return result;
    }

    /** Completes {@code target} as {@code future}, which is done, has ended. */
    static <T extends @Nullable Object> void complete(CompletableFuture<T> target, Future<T> future) {
        if (future.cancelled()) {
            target.cancel(false);
        } else {
            switch (future.outcomeUnchecked()) {
                case Outcome.Success<T>(var value) -> target.complete(value);
                case Outcome.Failure<T>(var failure) -> target.completeExceptionally(failure);
            }
        }
    }

    /** Takes off what {@code CompletableFuture} and executors wrap around a failure. */
    static Throwable unwrap(Throwable failure) {
        Throwable e = failure;
        try {
            while ((e instanceof CompletionException || e instanceof ExecutionException) && e.getCause() != null) {
                e = e.getCause();
            }
        } catch (RuntimeException | Error odd) {
            // a getCause of the program's: what we have is what failed
        }
        return e;
    }

    private static <T extends @Nullable Object> void settle(Future<T> future, T value, @Nullable Throwable failure) {
        if (future.done()) {
            return;
        }
        if (failure == null) {
            future.succeed(value);
        } else {
            if (failure instanceof CancellationException || failure instanceof CancelledError) {
                future.cancelledWith(message(failure));
            } else {
                future.fail(failure);
            }
        }
    }

    private static @Nullable String message(Throwable e) {
        try {
            return e.getMessage();
        } catch (RuntimeException | Error odd) {
            return null;
        }
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // A stage that cannot be cancelled goes on, and its result is dropped.
        }
    }

    /** A JDK future whose cancellation cancels ours. */
    private static final class Mirror<T extends @Nullable Object> extends CompletableFuture<T> {
        private final Future<T> source;

        Mirror(Future<T> source) {
            this.source = source;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled && !source.loop.closed()) {
                source.loop.enqueue((LibraryCallback) () -> source.cancelUnchecked(null));
            }
            return cancelled;
        }

        @Override
        public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }
}
