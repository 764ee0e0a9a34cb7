package jasyncio;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The platform threads of a loop for code that blocks: created when first used, bounded, named after the loop. */
final class DefaultExecutor {
    private static final int MAX_THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

    private final EventLoop loop;
    private @Nullable ExecutorService own;
    private @Nullable Executor users;
    private boolean shutDown;

    DefaultExecutor(EventLoop loop) {
        this.loop = loop;
    }

    Executor get() {
        if (shutDown) {
            throw new IllegalStateException(
                    "Executor shutdown has been called: " + loop + " takes no more work for threads");
        }
        if (users != null) {
            return users;
        }
        if (own == null) {
            own = Executors.newFixedThreadPool(
                    MAX_THREADS,
                    Thread.ofPlatform()
                            .daemon()
                            .name(loop.name() + "-thread-", 1)
                            .factory());
        }
        return own;
    }

    void replace(Executor executor) {
        users = Given.given(executor, "An executor");
    }

    /** Takes no more work and waits for what is under way. Suspends if there was any. */
    void shutdown(Duration timeout) {
        shutDown = true;
        ExecutorService threads = own;
        if (threads == null) {
            return;
        }
        threads.shutdown();
        Future<@Nullable Void> ended = loop.createFuture();
        OutsideWork.track(ended, "the end of the default executor's threads");
        Thread.ofPlatform().daemon().name(loop.name() + "-shutdown").start(() -> awaitEnd(threads, ended));
        try {
            Asyncio.timeout(timeout, () -> {
                Asyncio.await(ended);
            });
        } catch (TimeoutException e) {
            System.getLogger("jasyncio")
                    .log(
                            Level.WARNING,
                            "The default executor''s threads did not end within {0}; they are left behind",
                            timeout);
        }
    }

    private void awaitEnd(ExecutorService threads, Future<@Nullable Void> ended) {
        try {
            while (!threads.awaitTermination(1, TimeUnit.DAYS)) {
                // wait on
            }
        } catch (InterruptedException e) {
            return;
        }
        loop.enqueue((LibraryCallback) () -> {
            if (!ended.done()) {
                ended.succeed(null);
            }
        });
    }

    /** Lets the threads end when their work is done, without waiting. */
    void abandon() {
        shutDown = true;
        if (own != null) {
            own.shutdown();
        }
    }
}
