package jasyncio.executor;

import jasyncio.EventLoop;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A loop as an executor, for libraries that ask where to run their callbacks.
 *
 * {@snippet :
 * client.sendAsync(request).thenAcceptAsync(cache::put, LoopExecutor.of(loop)); // cache is the loop's own
 * }
 */
public final class LoopExecutor {
    private LoopExecutor() {}

    /**
     * Returns an executor whose commands are called on the loop, one after the other, in the order in which each thread hands them over:
     * as if by {@link EventLoop#callSoonThreadsafe}. They are callbacks and may not await; what they throw goes to the loop's exception
     * handler. Once the loop is closed it throws {@link RejectedExecutionException}.
     *
     * <p>Never suspends; thread-safe, and so is the executor.
     */
    public static Executor of(EventLoop loop) {
        return new OfLoop(Objects.requireNonNull(loop, "A loop is needed; it is null"));
    }

    private record OfLoop(EventLoop loop) implements Executor {
        @Override
        public void execute(Runnable command) {
            Objects.requireNonNull(command, "A command is needed; it is null");
            try {
                loop.callSoonThreadsafe(command);
            } catch (IllegalStateException e) {
                throw new RejectedExecutionException("Cannot run " + command + ": " + loop + " is closed", e);
            }
        }
    }
}
