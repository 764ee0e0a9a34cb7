package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@link ContextVar}s for one line of execution.
 *
 * <p>Each task runs in its own, a copy of the one it was created in; each callback in a copy of the one it was scheduled in; each thread
 * that is no task has one too. A copy costs one small object, since the values behind it are shared until one is set.
 */
public final class Context {
    private static final ThreadLocal<Context> OF_THREAD = ThreadLocal.withInitial(Context::empty);

    /** Never modified: {@link #set} replaces it. */
    private Map<ContextVar<?>, Object> values;

    /** While this is being run, the context that it was entered from. */
    private @Nullable Context outer;

    private Context(Map<ContextVar<?>, Object> values) {
        this.values = values;
    }

    /** Returns a copy of the caller's context. Never suspends; thread-safe. */
    public static Context copyCurrent() {
        return new Context(current().values);
    }

    /** Returns a new context without values. Never suspends; thread-safe. */
    public static Context empty() {
        return new Context(Map.of());
    }

    /** Returns a copy of this context. */
    public Context copy() {
        return new Context(values);
    }

    /** Returns the values of this context, unmodifiable: a snapshot. */
    public Map<ContextVar<?>, Object> values() {
        return java.util.Collections.unmodifiableMap(values);
    }

    /**
     * Runs {@code body} in place, with this context as the current one; what it sets stays in this context.
     *
     * @throws IllegalStateException if this context is being run already
     */
    public <T extends @Nullable Object, X extends Exception> T run(Call<? extends T, X> body) throws X {
        Context previous = enter();
        try {
            return body.call();
        } catch (InterruptedException e) {
            throw Rethrow.unchecked(e);
        } finally {
            leave(previous);
        }
    }

    /** The same for a body without a value. */
    public <X extends Exception> void run(Action<X> body) throws X {
        Context previous = enter();
        try {
            body.run();
        } catch (InterruptedException e) {
            throw Rethrow.unchecked(e);
        } finally {
            leave(previous);
        }
    }

    private Context enter() {
        Context previous = current();
        if (outer != null || previous == this) {
            throw new IllegalStateException("Cannot enter a context that is already entered; run a copy() of it");
        }
        outer = previous;
        makeCurrent();
        return previous;
    }

    private void leave(Context previous) {
        previous.makeCurrent();
        outer = null;
    }

    /** Returns the context that was current before any {@link #run}: a task's own. */
    Context outermost() {
        Context context = this;
        while (context.outer != null) {
            context = context.outer;
        }
        return context;
    }

    static Context current() {
        CoroutineThread coroutine = CoroutineThread.current();
        if (coroutine != null) {
            Task<?> task = Await.taskOf(coroutine);
            if (task != null) {
                return task.context;
            }
            if (coroutine.owner() instanceof CallbackRunner runner) {
                return runner.context;
            }
        }
        return OF_THREAD.get();
    }

    private void makeCurrent() {
        CoroutineThread coroutine = CoroutineThread.current();
        Task<?> task = coroutine == null ? null : Await.taskOf(coroutine);
        if (task != null) {
            task.context = this;
        } else if (coroutine != null && coroutine.owner() instanceof CallbackRunner runner) {
            runner.context = this;
        } else {
            OF_THREAD.set(this);
        }
    }

    @Nullable
    Object get(ContextVar<?> variable) {
        return values.get(variable);
    }

    /** Sets a value, or removes it if null; returns the one it replaces. */
    @Nullable
    Object set(ContextVar<?> variable, @Nullable Object value) {
        var changed = new HashMap<>(values);
        Object previous = value == null ? changed.remove(variable) : changed.put(variable, value);
        values = changed;
        return previous;
    }

    @Override
    public String toString() {
        return "<Context " + values + ">";
    }
}
