package jasyncio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that has dropped one of Netty's buffers without releasing it. It is there for every class of the module; Netty watches every buffer (level
 * "paranoid", a system property).
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final int COLLECTIONS = 200;

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @Deprecated
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long maxActive) {
                return new Collecting<>(type, interval);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval) {
                return new Collecting<>(type, interval);
            }
        });
    }

    private static final class Collecting<T> extends ResourceLeakDetector<T> {
        Collecting(Class<?> type, int interval) {
            super(type, interval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }

        @Override
        protected boolean needReport() {
            return true;
        }
    }

    /** Returns what was dropped and not released, and forgets it. */
    static List<String> leaks() {
        String last = "the last one to be found " + System.nanoTime();
        drop(last);
        for (int i = 0; i < COLLECTIONS && !found(last); i++) {
            System.gc();
            Unpooled.directBuffer(1).release(); // the detector looks for dropped ones when a new one is made
        }
        List<String> found = LEAKS.stream().filter(leak -> !leak.contains(last)).toList();
        LEAKS.clear();
        return found;
    }

    /** Drops a buffer of which is known that it must be found. */
    private static void drop(String hint) {
        Unpooled.directBuffer(1).touch(hint);
    }

    private static boolean found(String hint) {
        return LEAKS.stream().anyMatch(leak -> leak.contains(hint));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // the detector is set when this class is initialized, before there is a buffer
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertEquals(List.of(), leaks(), "buffers that were dropped and not released in " + context.getDisplayName());
    }
}
