package jasyncio.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of the program language by name. */
final class Vocabulary {
    /** What a statement about a name that nothing has been given yet says. */
    static final String NOTHING = "nothing there";

    /** A statement that does not suspend; it may return a text to log. */
    interface Plain {
        @Nullable
        String execute(Frame frame, Statement statement) throws Exception;
    }

    /** A statement that may suspend, for tasks only. */
    interface Suspending {
        void execute(Frame frame, Statement statement) throws Exception;
    }

    /** A statement that may suspend and contains others, one of which may be a return. */
    interface Nesting {
        @Nullable
        Returned execute(Frame frame, Statement statement) throws Exception;
    }

    private static final Vocabulary ALL = new Vocabulary();

    private final Map<String, Plain> plain = new HashMap<>();
    private final Map<String, Nesting> nesting = new HashMap<>();

    private Vocabulary() {
        Control.addTo(this);
        Tasks.addTo(this);
        Futures.addTo(this);
        Callbacks.addTo(this);
        Contexts.addTo(this);
        Groups.addTo(this);
        Timeouts.addTo(this);
        Waiting.addTo(this);
        Locks.addTo(this);
        Queues.addTo(this);
    }

    static @Nullable Plain plain(String name) {
        return ALL.plain.get(name);
    }

    static Nesting nesting(String name) {
        Nesting operation = ALL.nesting.get(name);
        if (operation == null) {
            throw new IllegalArgumentException(
                    "Unknown statement, or one that suspends where that is not possible: " + name);
        }
        return operation;
    }

    /** Every name, in no order. */
    static Set<String> names() {
        var names = new HashSet<>(ALL.plain.keySet());
        names.addAll(ALL.nesting.keySet());
        return names;
    }

    void plain(String name, Plain operation) {
        plain.put(name, operation);
    }

    void suspending(String name, Suspending operation) {
        nesting(name, (frame, statement) -> {
            operation.execute(frame, statement);
            return null;
        });
    }

    void nesting(String name, Nesting operation) {
        nesting.put(name, operation);
    }
}
