package jasyncio;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Reports what was lost without anybody noticing: failures, pending tasks, coroutines. */
final class Losses {
    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private Losses() {}

    /** Reports what has become garbage since the last time. Cheap when there is nothing. */
    static void reportCollected(EventLoop loop) {
        EventLoop.Failure failure;
        while ((failure = loop.kernel.failures.pollLost()) != null) {
            loop.callExceptionHandler(failure);
        }
        TaskRegistry.Entry entry;
        while ((entry = loop.kernel.tasks.pollLost()) != null) {
            loop.callExceptionHandler(destroyed(entry, null));
        }
        String coroutine;
        while ((coroutine = loop.unawaited.pollLost()) != null) {
            String description = coroutine;
            loop.kernel.asUser(() -> warnNeverAwaited(description));
        }
    }

    /** Reports everything when a loop is closed: after that nobody could notice any more. */
    static void reportAll(EventLoop loop) {
        reportCollected(loop);
        for (Task<?> task : loop.kernel.tasks.live()) {
            if (task.reportsLoss()) {
                loop.callExceptionHandler(destroyed(task.entry, task));
            }
        }
        loop.kernel.failures.drain().forEach(loop::callExceptionHandler);
        loop.unawaited.drain().forEach(Losses::warnNeverAwaited);
    }

    private static EventLoop.Failure destroyed(TaskRegistry.Entry entry, @Nullable Task<?> task) {
        return new EventLoop.Failure(
                "Task was destroyed but it is pending!: '" + entry.name() + "'" + entry.created(), null, task);
    }

    private static void warnNeverAwaited(String description) {
        LOGGER.log(
                Level.WARNING,
                "coroutine ''{0}'' was never awaited; await(…) it, make it a task, or close() it",
                description);
    }
}
