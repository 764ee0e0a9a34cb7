package jasyncio.verify;

import static jasyncio.Asyncio.await;
import static jasyncio.verify.Vocabulary.NOTHING;

import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TaskGroup;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Creating tasks, and what is asked of them. */
final class Tasks {
    private Tasks() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.plain("spawn", Tasks::spawn);
        vocabulary.plain("me", (f, _) -> {
            Task<?> task = currentOrNull();
            return task == null ? "no task" : f.execution().labelOf(task);
        });
        vocabulary.plain("cancel", (f, s) -> {
            Future<?> future = f.execution().named(s.text("on"), Future.class);
            return future == null ? NOTHING : Words.show(future.cancel(s.textOrNull("text")));
        });
        vocabulary.plain("cancelMe", (_, s) -> {
            Task<?> task = currentOrNull();
            return task == null ? "no task" : Words.show(task.cancel(s.textOrNull("text")));
        });
        vocabulary.plain("uncancel", (f, s) -> counted(f, s, Task::uncancel));
        vocabulary.plain("cancelling", (f, s) -> counted(f, s, Task::cancelling));
        vocabulary.suspending("await", (f, s) -> {
            Future<?> future = f.execution().named(s.text("on"), Future.class);
            f.log("await: " + (future == null ? NOTHING : Words.show(await(future))));
        });
    }

    private static @Nullable String spawn(Frame frame, Statement statement) {
        Execution execution = frame.execution();
        Task.Builder builder;
        if (statement.has("group")) {
            TaskGroup group = execution.named(statement.text("group"), TaskGroup.class);
            if (group == null) {
                return NOTHING;
            }
            builder = group.task();
        } else {
            builder = execution.loop().task();
        }
        if (statement.has("context")) {
            Task<?> donor = execution.named(statement.text("context"), Task.class);
            if (donor == null) {
                return NOTHING;
            }
            builder.context(donor.context());
        }
        String to = statement.textOrNull("to");
        String label = execution.nextLabel(to == null ? "task" : to);
        Task<?> task =
                builder.eager(statement.flag("eager")).start(() -> execution.body(label, statement.body("body")));
        if (to != null) {
            execution.name(to, task);
        }
        return null;
    }

    private static String counted(Frame frame, Statement statement, ToIntFunction<Task<?>> count) {
        Task<?> task =
                statement.has("on") ? frame.execution().named(statement.text("on"), Task.class) : currentOrNull();
        return task == null ? NOTHING : Integer.toString(count.applyAsInt(task));
    }

    /** The current task; null in a callback. */
    private static @Nullable Task<?> currentOrNull() {
        try {
            return Asyncio.currentTask();
        } catch (IllegalStateException inCallback) {
            return null;
        }
    }
}
