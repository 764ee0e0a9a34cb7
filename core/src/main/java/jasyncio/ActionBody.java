package jasyncio;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A body without a value as one with the value null. */
record ActionBody(TimedAction<?> action) implements Callable<@Nullable Void> {
    ActionBody {
        Given.given(action, "A body");
    }

    @Override
    public @Nullable Void call() throws Exception {
        action.run();
        return null;
    }

    /** Returns what a reader knows the body as. */
    static Object described(Object body) {
        return body instanceof ActionBody(var action) ? action : body;
    }

    @Override
    public String toString() {
        return Describe.body(action);
    }
}
