package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Makes one task of a loop, by way of its {@link TaskFactory}. */
final class TaskBuilder implements Task.Builder {
    private static final String NO_BODY = "A task needs a body; it is null";

    private final EventLoop loop;
    private final @Nullable TaskGroup group;
    private @Nullable String name;
    private @Nullable Context context;
    private boolean eager;
    private boolean started;
    private boolean inFactory;

    TaskBuilder(EventLoop loop) {
        this(loop, null);
    }

    TaskBuilder(EventLoop loop, @Nullable TaskGroup group) {
        this.loop = loop;
        this.group = group;
    }

    @Override
    public TaskBuilder name(@Nullable String name) {
        this.name = name;
        return this;
    }

    @Override
    public TaskBuilder context(Context context) {
        this.context = Given.given(context, "A context");
        return this;
    }

    @Override
    public TaskBuilder eager(boolean eager) {
        this.eager = eager;
        return this;
    }

    @Override
    public Task<@Nullable Void> start(Action<?> body) {
        return start(new ActionBody(Objects.requireNonNull(body, NO_BODY)));
    }

    @Override
    public <T extends @Nullable Object> Task<T> start(Coroutine<T> coroutine) {
        Objects.requireNonNull(coroutine, NO_BODY);
        try {
            check();
        } catch (IllegalStateException e) {
            coroutine.close(); // the refusal is all there is to report
            throw e;
        }
        return start(coroutine.start());
    }

    @Override
    public <T extends @Nullable Object> Task<T> start(Callable<? extends T> body) {
        check();
        TaskFactory factory = loop.taskFactory();
        if (factory != TaskFactory.LAZY && !inFactory) {
            inFactory = true;
            Task<T> task = factory.newTask(this, body);
            if (task == null) {
                throw new IllegalStateException("The task factory " + Describe.text(factory)
                        + " returned null; return the task that builder.start(body) gives");
            }
            return task;
        }
        return create(body);
    }

    private <T extends @Nullable Object> Task<T> create(Callable<? extends T> body) {
        started = true;
        var task = new Task<T>(
                loop, Objects.requireNonNull(body, NO_BODY), name, context == null ? Context.copyCurrent() : context);
        CoroutineThread caller = CoroutineThread.current();
        if (eager && caller != null && caller.host() == loop.kernel) {
            task.startEagerly(caller);
        } else {
            task.schedule();
        }
        if (group != null) {
            group.add(task);
        }
        return task;
    }

    private void check() {
        if (started) {
            throw new IllegalStateException("A task builder starts one task; call task() again for another");
        }
        if (group != null) {
            group.checkOpen();
        }
        loop.checkOpen();
        loop.kernel.checkAccess(loop);
    }
}
