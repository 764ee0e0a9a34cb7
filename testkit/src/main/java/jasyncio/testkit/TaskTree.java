package jasyncio.testkit;

import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LoopView;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tasks of a loop as text: who is there, where it stands, what it awaits; a task that is awaited stands below the one that does. */
public final class TaskTree {
    private static final int MAX_FRAMES = 6;

    /** Where a stack leaves what the user wrote. */
    private static final Set<String> BORDERS = Set.of("java.lang.reflect", "jdk.internal.reflect", "java.lang.invoke");

    private final LoopView view;
    private final List<Task<?>> tasks;
    private final Set<Task<?>> told = new HashSet<>();
    private final StringBuilder text = new StringBuilder();

    private TaskTree(LoopView view, List<Task<?>> tasks) {
        this.view = view;
        this.tasks = tasks;
    }

    /**
     * Returns the tasks that are not done, one block each. Never suspends; for the loop's own thread, tasks and callbacks, or for any one
     * thread while it does not run.
     */
    public static String of(EventLoop loop) {
        LoopView view = LoopView.of(loop);
        return of(loop, view.tasks());
    }

    /** The same for some of them. */
    static String of(EventLoop loop, List<Task<?>> tasks) {
        return new TaskTree(LoopView.of(loop), tasks).tell();
    }

    private String tell() {
        Set<Task<?>> awaited = new HashSet<>();
        for (Task<?> task : tasks) {
            if (view.awaitedBy(task) instanceof Task<?> other) {
                awaited.add(other);
            }
        }
        tasks.stream().filter(task -> !awaited.contains(task)).forEach(task -> tell(task, ""));
        tasks.forEach(task -> tell(task, "")); // those that await each other
        return tasks.isEmpty() ? "No task is left" : text.toString().stripTrailing();
    }

    private void tell(Task<?> task, String indent) {
        if (!told.add(task)) {
            return;
        }
        text.append(indent)
                .append("task '")
                .append(task.name())
                .append("' ")
                .append(state(task))
                .append('\n');
        for (String frame : frames(task)) {
            text.append(indent).append("    at ").append(frame).append('\n');
        }
        if (view.awaitedBy(task) instanceof Task<?> other && !other.done()) {
            tell(other, indent + "  ");
        }
    }

    private String state(Task<?> task) {
        Future<?> awaited = view.awaitedBy(task);
        if (awaited instanceof Task<?> other) {
            return "awaits task '" + other.name() + "'" + (other.done() ? ", which is done" : "");
        }
        if (awaited != null) {
            return "awaits " + awaited;
        }
        if (view.blocked(task)) {
            return "is blocked in a JDK call";
        }
        return task.stack().length == 0 ? "has not started" : "is ready to run";
    }

    private static List<String> frames(Task<?> task) {
        var frames = new ArrayList<String>();
        for (StackTraceElement frame : task.stack()) {
            String name = frame.getClassName();
            if (frames.size() == MAX_FRAMES || BORDERS.stream().anyMatch(name::startsWith)) {
                break;
            }
            frames.add(frame.toString());
        }
        return frames;
    }
}
