package jasyncio;

import org.jspecify.annotations.Nullable;

/** A future in front of another one: cancelling it leaves the other one alone. */
final class Shield<T extends @Nullable Object> implements LibraryCallback {
    private final Future<T> inner;
    private final Future<T> outer;

    private Shield(Future<T> inner) {
        this.inner = inner;
        this.outer = inner.loop.createFuture();
    }

    static <T extends @Nullable Object> Future<T> of(Future<T> inner) {
        Await.checkLoop(inner, inner.loop);
        inner.checkAccess();
        if (inner.done()) {
            return inner;
        }
        var shield = new Shield<>(inner);
        LibraryCallback outerDone = () -> {
            if (!inner.done()) {
                inner.removeCallback(shield);
                inner.removeCallbacksOf(Unattended.class);
                inner.addCallback(new Unattended(inner));
            }
        };
        inner.addCallback(shield);
        shield.outer.addCallback(outerDone);
        return shield.outer;
    }

    /** The inner one is done while somebody may still wait for the outer one. */
    @Override
    public void run() {
        if (outer.done()) {
            return;
        }
        if (inner.cancelled()) {
            outer.cancelUnchecked(null);
            return;
        }
        Throwable failure = inner.exceptionUnchecked();
        if (failure == null) {
            outer.succeed(inner.resultUnchecked());
        } else {
            outer.fail(failure);
        }
    }

    @Override
    public String toString() {
        return "shield";
    }

    /** The inner one ends after the outer one was cancelled: a failure now has nobody to go to. */
    private record Unattended(Future<?> inner) implements LibraryCallback {
        @Override
        public void run() {
            Throwable failure = inner.cancelled() ? null : inner.exceptionUnchecked();
            if (failure != null) {
                inner.loop.callExceptionHandler(new EventLoop.Failure(
                        failure.getClass().getSimpleName() + " exception in shielded future", failure, inner));
            }
        }

        @Override
        public String toString() {
            return "shield";
        }
    }
}
