package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a loop waits for that its clock does not govern: coroutines blocked in a JDK call, and futures that other threads complete.
 *
 * <p>Only a loop whose clock is not the system's keeps it, so that its time can stand still meanwhile. For the loop's thread.
 */
final class OutsideWork {
    /** What completes a future, for reports. */
    private final Map<Future<?>, Object> work = new LinkedHashMap<>();

    private final Set<CoroutineThread> blocked = new LinkedHashSet<>();

    /** Counts {@code what} as under way until {@code future} is done. */
    static void track(Future<?> future, Object what) {
        OutsideWork outside = future.loop.kernel.outside;
        if (outside != null) {
            outside.work.put(future, what);
        }
    }

    /** Notes where a step has left a coroutine. */
    void afterStep(CoroutineThread thread) {
        if (thread.inStep()) {
            blocked.add(thread);
        } else if (!blocked.isEmpty()) {
            blocked.remove(thread);
        }
    }

    boolean isEmpty() {
        work.keySet().removeIf(Future::done);
        return work.isEmpty() && blocked.isEmpty();
    }

    /** Tells whether a task stands in a JDK call. */
    boolean blocks(Task<?> task) {
        return blocked.stream().anyMatch(thread -> Await.taskOf(thread) == task);
    }

    List<String> describe() {
        return isEmpty()
                ? List.of()
                : Stream.concat(
                                blocked.stream().map(OutsideWork::describe),
                                work.values().stream().map(Object::toString))
                        .toList();
    }

    private static String describe(CoroutineThread thread) {
        Task<?> task = Await.taskOf(thread);
        String who = task == null ? "a callback" : "task '" + task.name() + "'";
        return who + " is blocked in a JDK call" + stack(thread.thread());
    }

    private static String stack(@Nullable Thread thread) {
        if (thread == null) {
            return "";
        }
        var text = new StringBuilder();
        for (StackTraceElement frame : Traces.userFrames(thread.getStackTrace())) {
            text.append("\n\tat ").append(frame);
        }
        return text.toString();
    }
}
