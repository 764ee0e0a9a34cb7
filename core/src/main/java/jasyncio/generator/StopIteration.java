package jasyncio.generator;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Thrown by {@link Generator#next()} and its kin when the body has ended. */
public final class StopIteration extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // whatever the body returned
    private final @Nullable Object value;

    public StopIteration(@Nullable Object value) {
        super(value == null ? "The generator has ended" : "The generator has ended with " + value);
        this.value = value;
    }

    /**
     * Returns what the body returned, the first time; null for a body without result and every further time.
     * {@link SendGenerator#result()} has the type and keeps the value.
     */
    public @Nullable Object value() {
        return value;
    }
}
