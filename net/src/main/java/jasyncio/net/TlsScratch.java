package jasyncio.net;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory that records are encrypted into before they are copied to a buffer of their size. As many are kept as were ever in use at once,
 * which is one for each loop, and one more for each callback that was held up meanwhile. Thread-safe, without a lock.
 */
final class TlsScratch {
    private static final ConcurrentLinkedQueue<byte[]> FREE = new ConcurrentLinkedQueue<>();

    private TlsScratch() {}

    static byte[] take(int size) {
        byte @Nullable [] free = FREE.poll();
        return free != null && free.length >= size ? free : new byte[size];
    }

    static void give(byte[] scratch) {
        FREE.add(scratch);
    }
}
