package jasyncio.bench.peer;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Measures the live heap, and ends the process with what has come to stand on it. */
public final class UsedHeap {

    private final long before;

    private UsedHeap(long before) {
        this.before = before;
    }

    /** Takes the live heap as it is now as the base. */
    public static UsedHeap now() {
        return new UsedHeap(live());
    }

    /** Prints the growth since {@link #now} as the sample of this process and ends it, with whatever still sleeps in it. */
    public void reportAndHalt(int operations) {
        long growth = live() - before;
        System.out.println(Sample.ofBytes(operations, growth).toJson());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** The used heap after two full collections: the second one takes what the first one's reference processing let go. */
    private static long live() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
