package jasyncio;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a loop are made; see {@link EventLoop#setTaskFactory}. It may set options of the builder, wrap the body, and must
 * return what {@code builder.start(…)} returns.
 */
public interface TaskFactory {

    /** The default: a task's first step waits in the ready queue. */
    TaskFactory LAZY = new TaskFactory() {
        @Override
        public <T extends @Nullable Object> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
            return builder.start(body);
        }
    };

    /** Every task runs to its first suspension when it is created. */
    TaskFactory EAGER = new TaskFactory() {
        @Override
        public <T extends @Nullable Object> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
            return builder.eager(true).start(body);
        }
    };

    /** Makes one task. */
    <T extends @Nullable Object> Task<T> newTask(Task.Builder builder, Callable<? extends T> body);
}
