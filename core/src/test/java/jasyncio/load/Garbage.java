package jasyncio.load;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;

/** What must be collected, and how much is left when it is. */
final class Garbage {
    private static final int ROUNDS = 20;
    private static final long WAIT_MILLIS = 200;

    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Set<Reference<?>> expected = new HashSet<>();

    /** Expects an object to be garbage when {@link #awaitAll} is called. */
    void expect(Object garbage) {
        expected.add(new WeakReference<>(garbage, collected));
    }

    void awaitAll() throws InterruptedException {
        for (int round = 0; round < ROUNDS && !expected.isEmpty(); round++) {
            System.gc();
            Reference<?> next = collected.remove(WAIT_MILLIS);
            while (next != null) {
                expected.remove(next);
                next = collected.poll();
            }
        }
        if (!expected.isEmpty()) {
            fail(expected.size() + " objects are still reachable, among them "
                    + expected.iterator().next().get());
        }
    }

    /** The heap in use when all garbage is collected. */
    static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
