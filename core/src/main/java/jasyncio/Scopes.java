package jasyncio;

import org.jspecify.annotations.Nullable;

/** What scopes have in common: a cancellation that interrupted a blocking call becomes one at their edge. */
final class Scopes {
    private Scopes() {}

    static Throwable atEdge(Throwable thrown) {
        Task<?> task = Await.taskOrNull();
        return task == null ? thrown : task.atScopeEdge(thrown);
    }

    /** Python's {@code async with}. Returns null if the manager swallowed what the body threw. */
    @SuppressWarnings("NullAway")
    static <C extends @Nullable Object, T extends @Nullable Object, X extends Exception> T with(
            AsyncContextManager<? extends C> manager, AsyncContextManager.Function<? super C, ? extends T, X> body)
            throws X {
        Given.given(manager, "A context manager");
        Given.given(body, "A body"); // before the manager is entered
        var stack = new ExitStack();
        return stack.<T, X>run(() -> {
            C context = stack.enter(manager);
            return body.call(context);
        });
    }
}
