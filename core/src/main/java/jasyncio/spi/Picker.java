package jasyncio.spi;

/**
 * Chooses which of the entries that are ready runs next, for tests that explore interleavings. Without one the first runs: what became
 * ready first.
 *
 * <p>Called on the loop's own thread for every entry, within an iteration: what becomes ready meanwhile waits for the next one.
 */
@FunctionalInterface
public interface Picker {

    /** Returns the index of the entry to run, from 0 to {@code ready.size() - 1}. */
    int pick(Ready ready);

    /** The entries that are left of this iteration, oldest first. */
    interface Ready {
        /** Returns how many there are, at least one. */
        int size();

        /** Names one: a task by its name, a callback by its kind. */
        String describe(int index);
    }
}
