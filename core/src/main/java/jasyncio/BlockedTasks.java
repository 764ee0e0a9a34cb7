package jasyncio;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Finds tasks that have waited for a {@code synchronized} lock at every look for longer than the watchdog's limit while their loop was
 * idle: such a loop seems to be well, but may wait for ever. Looks at the oldest tasks only if there are very many. For the watchdog's
 * thread.
 */
final class BlockedTasks {
    private static final long REPORTED = Long.MIN_VALUE;

    /** A look at a million tasks would take longer than what they do. */
    private static final int MOST = 10_000;

    private final long limit;
    private long lastLook = System.nanoTime();

    /** When a thread that is blocked was first seen so. */
    private Map<Thread, Long> since = Map.of();

    BlockedTasks(long limit) {
        this.limit = limit;
    }

    /** Looks at the tasks of an idle loop, and tells of each that is found to be stuck, once. */
    void look(TaskRegistry tasks, long now, BiConsumer<Task<?>, Thread> stuck) {
        if (now - lastLook < limit / 4) {
            return;
        }
        lastLook = now;
        var blocked = new HashMap<Thread, Long>();
        tasks.forEachLive(MOST, task -> {
            Thread thread = task.thread();
            if (thread != null && thread.getState() == Thread.State.BLOCKED) {
                long first = since.getOrDefault(thread, now);
                if (first != REPORTED && now - first >= limit) {
                    first = REPORTED;
                    stuck.accept(task, thread);
                }
                blocked.put(thread, first);
            }
        });
        since = blocked;
    }

    /** Forgets what it has seen: the loop is busy, and may be running what was blocked. */
    void reset() {
        since = Map.of();
    }
}
