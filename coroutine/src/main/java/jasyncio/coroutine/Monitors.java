package jasyncio.coroutine;

/**
 * Keeps the monitors that a thread holds while continuations are run on it.
 *
 * <p>A yield carries off every thin monitor of the OS thread, also those of frames below the continuation: the caller's
 * {@code synchronized} block would lose its monitor without a word. HotSpot has room for eight thin monitors per thread and inflates the
 * oldest when another is entered; inflated ones stay. So eight private ones are entered first.
 */
final class Monitors {
    private static final int LOCK_STACK_CAPACITY = 8;

    private Monitors() {}

    /** Runs {@code body}, in which continuations are run, so that the caller's monitors stay with the caller. */
    static void keepCallers(Runnable body) {
        Object[] locks = new Object[LOCK_STACK_CAPACITY];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
        enter(locks, 0, body);
    }

    private static void enter(Object[] locks, int depth, Runnable body) {
        if (depth == locks.length) {
            body.run();
        } else {
            synchronized (locks[depth]) {
                enter(locks, depth + 1, body);
            }
        }
    }
}
