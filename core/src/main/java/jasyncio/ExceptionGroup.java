package jasyncio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several failures at once, possibly nested. Unchecked; take it apart with {@link #on}, Python's {@code except*}:
 *
 * {@snippet :
 * try {
 *     taskGroup(group -> …);
 * } catch (ExceptionGroup failures) {
 *     failures.on(IOException.class, e -> log(e))
 *             .on(TimeoutException.class, e -> retry())
 *             .orThrow(); // what none of them took
 * }
 * }
 */
public final class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Throwable> exceptions;
    private final String title;

    /** @throws IllegalArgumentException if there is no exception in it */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(message + " (" + exceptions.size() + " sub-exception" + (exceptions.size() == 1 ? "" : "s") + ")");
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("An exception group needs at least one exception");
        }
        exceptions.forEach(e -> Given.given(e, "An exception for each place in the group"));
        this.title = message;
        this.exceptions = new ArrayList<>(exceptions);
        initCause(exceptions.getFirst());
        exceptions.stream().skip(1).forEach(this::addSuppressed);
    }

    /** Returns the exceptions as they were given, groups among them. */
    public List<Throwable> exceptions() {
        return List.copyOf(exceptions);
    }

    /** Returns the exceptions that are no groups, from all levels. */
    public List<Throwable> leaves() {
        var leaves = new ArrayList<Throwable>();
        for (Throwable e : exceptions) {
            if (e instanceof ExceptionGroup group) {
                leaves.addAll(group.leaves());
            } else {
                leaves.add(e);
            }
        }
        return leaves;
    }

    /** Returns a group of the same shape with only the exceptions of this type, or null if there are none. */
    public @Nullable ExceptionGroup subgroup(Class<? extends Throwable> type) {
        return split(Given.given(type, "A type")::isInstance).match();
    }

    /**
     * The two halves of a group.
     *
     * @param match what satisfied the condition, or null if nothing did
     * @param rest what did not, or null if everything did
     */
    public record Split(
            @Nullable ExceptionGroup match, @Nullable ExceptionGroup rest) {}

    /** Splits the group in two of the same shape. The condition is asked for groups first, and for their exceptions if it denies. */
    public Split split(Predicate<? super Throwable> condition) {
        if (Given.given(condition, "A condition").test(this)) {
            return new Split(this, null);
        }
        var match = new ArrayList<Throwable>();
        var rest = new ArrayList<Throwable>();
        for (Throwable e : exceptions) {
            if (e instanceof ExceptionGroup group) {
                Split halves = group.split(condition);
                addIfPresent(match, halves.match());
                addIfPresent(rest, halves.rest());
            } else {
                (condition.test(e) ? match : rest).add(e);
            }
        }
        return new Split(derive(match), derive(rest));
    }

    /** Hands each exception of this type to {@code handler}; the rest is handled further or thrown. */
    public <X extends Throwable> Handling on(Class<X> type, Consumer<? super X> handler) {
        return new Rest(this).on(type, handler);
    }

    /** What is left of a group while it is being handled. */
    public sealed interface Handling permits Rest {
        /** Hands each exception of this type that is left to {@code handler}. */
        <X extends Throwable> Handling on(Class<X> type, Consumer<? super X> handler);

        /** Throws what no handler took, if anything. */
        void orThrow();
    }

    private record Rest(@Nullable ExceptionGroup group) implements Handling {
        @Override
        public <X extends Throwable> Handling on(Class<X> type, Consumer<? super X> handler) {
            Given.given(type, "A type");
            Given.given(handler, "A handler");
            if (group == null) {
                return this;
            }
            Split halves = group.split(type::isInstance);
            if (halves.match() != null) {
                halves.match().leaves().forEach(e -> handler.accept(type.cast(e)));
            }
            return new Rest(halves.rest());
        }

        @Override
        public void orThrow() {
            if (group != null) {
                throw group;
            }
        }
    }

    private @Nullable ExceptionGroup derive(List<Throwable> some) {
        if (some.isEmpty()) {
            return null;
        }
        var derived = new ExceptionGroup(title, some);
        derived.setStackTrace(getStackTrace());
        return derived;
    }

    private static void addIfPresent(List<Throwable> list, @Nullable Throwable e) {
        if (e != null) {
            list.add(e);
        }
    }
}
