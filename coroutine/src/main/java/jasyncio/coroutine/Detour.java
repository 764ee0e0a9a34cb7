package jasyncio.coroutine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs a body on a thread of another kind while the caller waits for it. */
final class Detour {
    private Detour() {}

    /**
     * Interrupts of the caller go to the thread, and come back if the body leaves them there; what the body throws is thrown here.
     *
     * @param end completed with the body's end; if it fails before, the caller waits no longer
     */
    static void run(Thread.Builder kind, Runnable body, CompletableFuture<@Nullable Void> end) {
        Thread thread = kind.unstarted(() -> {
            try {
                body.run();
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            await(end, thread);
        } finally {
            if (thread.isInterrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void await(CompletableFuture<@Nullable Void> end, Thread thread) {
        while (true) {
            try {
                end.get();
                return;
            } catch (InterruptedException e) {
                thread.interrupt();
            } catch (ExecutionException e) {
                throw Detour.<RuntimeException>as(Objects.requireNonNullElse(e.getCause(), e));
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X as(Throwable failure) throws X {
        throw (X) failure;
    }
}
