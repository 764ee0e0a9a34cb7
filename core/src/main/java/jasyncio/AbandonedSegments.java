package jasyncio;

import java.lang.ref.ReferenceQueue;

/**
 * One thread that waits for the garbage collector to find handles of segments, and wakes the loops that are to close them: a loop that has
 * nothing else to do would not look.
 */
final class AbandonedSegments implements Runnable {
    static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

    static {
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("jasyncio-abandoned")
                .inheritInheritableThreadLocals(false)
                .unstarted(new AbandonedSegments());
        thread.setContextClassLoader(null);
        thread.start();
    }

    private AbandonedSegments() {}

    @Override
    public void run() {
        while (true) {
            try {
                if (QUEUE.remove() instanceof Segments.Entry entry) {
                    entry.abandoned();
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to: go on.
            }
        }
    }
}
