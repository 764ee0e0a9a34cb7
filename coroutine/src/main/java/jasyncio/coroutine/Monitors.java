package jasyncio.coroutine;

/**
 * Keeps the monitors that a thread holds while continuations are run on it.
 *
 * <p>HotSpot notes the thin monitors of a thread in a lock stack of its own, and takes for granted that it is empty where a continuation is
 * run: a yield carries off all of it, also what frames below the continuation hold (the caller's {@code synchronized} block would lose its
 * monitor without a word), and the next run puts back what was carried off without looking, so that a lock stack that is not empty
 * overflows and the JVM crashes. There is room for eight; when another monitor is entered the oldest is inflated, and inflated ones are
 * noted elsewhere and stay. So eight private ones are entered, which drives out all others, and left again.
 *
 * <p>They must be eight: one that is entered again when the lock stack is full is inflated itself, and drives out nothing.
 */
final class Monitors {
    private static final ThreadLocal<Monitors> OF_THREAD = ThreadLocal.withInitial(Monitors::new);

    private final Object a = new Object();
    private final Object b = new Object();
    private final Object c = new Object();
    private final Object d = new Object();
    private final Object e = new Object();
    private final Object f = new Object();
    private final Object g = new Object();
    private final Object h = new Object();

    private Monitors() {}

    /**
     * Returns the calling thread's. A thread has its own, since monitors that met contention would be inflated themselves; and they are
     * kept with it, so that no compiler takes them for locks that nobody else can see, and leaves them out.
     */
    static Monitors ofThisThread() {
        return OF_THREAD.get();
    }

    /** Inflates every monitor that the calling thread, whose monitors these are, holds. */
    void inflateHeld() {
        synchronized (a) {
            synchronized (b) {
                synchronized (c) {
                    synchronized (d) {
                        synchronized (e) {
                            synchronized (f) {
                                synchronized (g) {
                                    synchronized (h) {
                                        return;
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
