package jasyncio.coroutine;

/**
 * Keeps the monitors that a thread holds while continuations are run on it.
 *
 * <p>HotSpot notes the thin monitors of a thread in a lock stack of its own, and takes for granted that it is empty where a continuation is
 * run: a yield carries off all of it, also what frames below the continuation hold (the caller's {@code synchronized} block would lose its
 * monitor without a word), and the next run puts back what was carried off without looking, so that a lock stack that is not empty
 * overflows and the JVM crashes. There is room for eight; when another is entered the oldest is inflated, and inflated ones are noted
 * elsewhere and stay. So eight private ones are entered, which drives out all others, and left again.
 */
final class Monitors {
    private static final int LOCK_STACK_CAPACITY = 8;

    private final Object[] locks = new Object[LOCK_STACK_CAPACITY];

    Monitors() {
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
    }

    /** Inflates every monitor that the caller holds. For one thread: private monitors that met contention would be inflated themselves. */
    void inflateHeld() {
        enter(0);
    }

    /** Recursive, with the locks in a field, so that no compiler can prove them useless and leave them out. */
    private void enter(int depth) {
        if (depth < locks.length) {
            synchronized (locks[depth]) {
                enter(depth + 1);
            }
        }
    }
}
