package jasyncio.spi;

/**
 * Chooses which of the entries that are ready runs next, for tests that explore interleavings. Without one the first runs: what became
 * ready first.
 *
 * <p>Called on the loop's own thread before every entry that runs. What becomes ready in an iteration may run in it, before what was
 * ready at its beginning; but the iteration ends after as many entries as were ready then, so that timers and I/O get their turn.
 */
@FunctionalInterface
public interface Picker {

    /** Returns the index of the entry to run, from 0 to {@code ready.size() - 1}. */
    int pick(Ready ready);

    /** The entries that are ready, oldest first. */
    interface Ready {
        /** Returns how many there are, at least one. */
        int size();

        /** Names one: a task by its name, a user's callback as {@code callback}, the library's own by what they belong to. */
        String describe(int index);
    }
}
