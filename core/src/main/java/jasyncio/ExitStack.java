package jasyncio;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Any number of things to close, closed in reverse order when a body ends. Each sees what is being thrown at that point and may swallow
 * it (context managers) or replace it.
 *
 * {@snippet :
 * var stack = new ExitStack();
 * stack.run(() -> {
 *     for (var host : hosts) {
 *         connections.add(stack.closing(openConnection(host, 80)));
 *     }
 *     …
 * });
 * }
 *
 * <p>For one task at a time.
 */
public final class ExitStack {
    /** Causes may go round in a circle. */
    private static final int MAX_CAUSES = 100;

    private final Deque<Exit> exits = new ArrayDeque<>();

    public ExitStack() {}

    /** One thing to do on the way out. */
    @FunctionalInterface
    private interface Exit {
        /** Returns true to swallow {@code thrown}. */
        boolean exit(@Nullable Throwable thrown) throws Exception;
    }

    /**
     * Runs the body in place, then closes. Suspends as the body and the closing do; cancellable; for a task of the loop.
     *
     * @return the body's value; null if it threw and that was swallowed
     */
    @SuppressWarnings("NullAway") // see @return
    public <T extends @Nullable Object, X extends Exception> T run(Call<? extends T, X> body) throws X {
        Given.given(body, "A body"); // before anything is entered
        T value = null;
        Throwable thrown = null;
        try {
            value = body.call();
        } catch (Throwable e) {
            thrown = Scopes.atEdge(e);
        }
        Throwable left = unwind(thrown);
        if (left != null) {
            throw Rethrow.unchecked(left);
        }
        return value;
    }

    /** The same for a body without a value. */
    public <X extends Exception> void run(Action<X> body) throws X {
        Given.given(body, "A body");
        this.<@Nullable Void, X>run(() -> {
            body.run();
            return null;
        });
    }

    /** Enters a context manager and leaves it on the way out. Suspends as it does; cancellable; for a task of the loop. */
    public <C extends @Nullable Object> C enter(AsyncContextManager<? extends C> manager) {
        Given.given(manager, "A context manager");
        C context;
        try {
            context = manager.enter();
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
        exits.push(manager::exit);
        return context;
    }

    /** Closes {@code resource} on the way out. Never suspends. */
    public <C extends AutoCloseable> C closing(C resource) {
        Given.given(resource, "Something to close");
        exits.push(_ -> {
            resource.close();
            return false;
        });
        return resource;
    }

    /** Runs {@code action} on the way out. Never suspends. */
    public void callback(Action<?> action) {
        Given.given(action, "An action");
        exits.push(_ -> {
            action.run();
            return false;
        });
    }

    /** Tells whether {@code cause} is {@code e} or among its causes: the trace of {@code e} shows it then. */
    private static boolean leadsTo(Throwable e, Throwable cause) {
        Throwable next = e;
        for (int i = 0; next != null && i < MAX_CAUSES; i++) {
            if (next == cause) {
                return true;
            }
            next = cause(next);
        }
        return false;
    }

    private static @Nullable Throwable cause(Throwable e) {
        try {
            return e.getCause();
        } catch (RuntimeException | Error odd) {
            return null; // a getCause of the program's: the other exits must run all the same
        }
    }

    /** Returns what is thrown in the end; an earlier exception is kept as suppressed by the one that replaces it. */
    private @Nullable Throwable unwind(@Nullable Throwable first) {
        Throwable thrown = first;
        while (!exits.isEmpty()) {
            try {
                if (exits.pop().exit(thrown)) {
                    thrown = null;
                }
            } catch (Throwable e) {
                Throwable later = Scopes.atEdge(e);
                if (thrown != null && !leadsTo(later, thrown)) {
                    later.addSuppressed(thrown);
                }
                thrown = later;
            }
        }
        return thrown;
    }
}
