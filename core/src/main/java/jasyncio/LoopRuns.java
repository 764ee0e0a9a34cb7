package jasyncio;

import org.jspecify.annotations.Nullable;

/** Running a loop until a future is done. */
final class LoopRuns {
    private LoopRuns() {}

    /** @param created whether the future was made for this run, so that only we can look at its failure */
    static <T extends @Nullable Object> T untilDone(EventLoop loop, Future<T> future, boolean created) {
        Kernel kernel = loop.kernel;
        if (created && future instanceof Task<?> task) {
            task.doNotReportLoss();
        }
        LibraryCallback stop = () -> {
            if (!(future.failure() instanceof KeyboardInterrupt)) {
                kernel.stopping = true;
            }
        };
        future.addCallback(stop);
        kernel.main = future;
        try {
            kernel.runForever();
        } catch (Throwable e) {
            if (created) {
                future.markRetrieved();
            }
            throw e;
        } finally {
            future.removeCallback(stop);
            kernel.main = null;
        }
        if (!future.done()) {
            throw new IllegalStateException("Event loop stopped before the future completed: " + future);
        }
        Throwable failure = future.failureOrCancelled();
        if (failure != null) {
            throw Rethrow.unchecked(Traces.ranFrom(failure));
        }
        return future.resultUnchecked();
    }

    static void checkNoneRuns(EventLoop loop) {
        if (loop.running()) {
            throw new IllegalStateException("This event loop is already running: " + loop);
        }
        EventLoop running = EventLoop.currentOrNull();
        if (running != null) {
            throw new IllegalStateException("Cannot run " + loop + " while another loop is running on this thread: "
                    + running + "; in a task just call the method, or create a task of the running loop");
        }
    }
}
