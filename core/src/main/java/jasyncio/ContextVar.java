package jasyncio;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value belongs to the task that set it, and to the tasks created by that one afterwards.
 *
 * {@snippet :
 * static final ContextVar<String> USER = new ContextVar<>("user");
 *
 * try (var _ = USER.set("ada")) {
 *     createTask(() -> greet()); // sees "ada"
 * } // and here it is gone again
 * }
 *
 * <p>Never suspends; thread-safe in the sense that each thread and each task has its own value.
 *
 * @param <T> the type of the value; null is a value like any other
 */
public final class ContextVar<T extends @Nullable Object> {
    /** Stands for null, since a context's map holds no null. */
    private static final Object NULL = new Object();

    private final String name;
    private final boolean hasDefault;
    private final @Nullable T defaultValue;

    public ContextVar(String name) {
        this.name = name;
        this.hasDefault = false;
        this.defaultValue = null;
    }

    /** @param defaultValue what {@link #get()} returns in a context that has no value */
    public ContextVar(String name, T defaultValue) {
        this.name = name;
        this.hasDefault = true;
        this.defaultValue = defaultValue;
    }

    public String name() {
        return name;
    }

    /**
     * Returns the value in the current context, or the variable's default.
     *
     * @throws NoSuchElementException if there is neither
     */
    @SuppressWarnings("NullAway") // a default that was given is a T
    public T get() {
        Object value = Context.current().get(this);
        if (value != null) {
            return unwrap(value);
        }
        if (hasDefault) {
            return defaultValue;
        }
        throw new NoSuchElementException(
                this + " has no value in this context; set(…) one, give the variable a default, or use orElse(…)");
    }

    /** Returns the value in the current context, or {@code other}; the variable's own default is not asked. */
    public T orElse(T other) {
        Object value = Context.current().get(this);
        return value == null ? other : unwrap(value);
    }

    /** Sets the value in the current context. Closing the token, or {@link #reset}, brings back what was there before. */
    public Token set(T value) {
        Context context = Context.current();
        return new Change(this, context, context.set(this, value == null ? NULL : value));
    }

    /**
     * Brings back what was there before the {@link #set} that returned {@code token}.
     *
     * @throws IllegalStateException if the token was used already
     * @throws IllegalArgumentException if it belongs to another variable or another context
     */
    public void reset(Token token) {
        if (!(token instanceof Change change) || change.variable != this) {
            throw new IllegalArgumentException(token + " was created by another variable than " + this);
        }
        if (change.used) {
            throw new IllegalStateException(token + " has already been used once");
        }
        Context context = Context.current();
        if (change.context != context) {
            throw new IllegalArgumentException(
                    token + " was created in a different context; reset a variable in the task that set it");
        }
        change.used = true;
        context.set(this, change.previous);
    }

    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // only T and NULL are ever put in
    private static <T extends @Nullable Object> T unwrap(Object value) {
        return value == NULL ? null : (T) value;
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'" + (hasDefault ? " default=" + describedDefault() : "") + ">";
    }

    /** A plain value as it is, anything else by its class: it may hold this variable, and would then be described for ever. */
    private String describedDefault() {
        Object value = defaultValue;
        return value == null
                        || value instanceof CharSequence
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Enum<?>
                ? Describe.value(value)
                : value.getClass().getSimpleName() + "…";
    }

    /** Remembers what a {@link ContextVar#set} replaced. */
    public sealed interface Token extends AutoCloseable permits Change {
        /** The same as {@link ContextVar#reset}; does nothing if that was done already. */
        @Override
        void close();
    }

    private static final class Change implements Token {
        private final ContextVar<?> variable;
        private final Context context;
        private final @Nullable Object previous;
        private boolean used;

        Change(ContextVar<?> variable, Context context, @Nullable Object previous) {
            this.variable = variable;
            this.context = context;
            this.previous = previous;
        }

        @Override
        public void close() {
            if (!used) {
                variable.reset(this);
            }
        }

        @Override
        public String toString() {
            return "<Token" + (used ? " used" : "") + " var=" + variable + ">";
        }
    }
}
