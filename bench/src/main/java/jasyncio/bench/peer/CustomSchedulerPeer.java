package jasyncio.bench.peer;

import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * The floor under {@code switch}: a bare park and unpark of a virtual thread whose scheduler is one platform thread.
 *
 * <p>The scheduler's queue is neither thread-safe nor wakes anybody, the thread parks in a loop, and the carrier unparks and mounts it: nothing that an
 * event loop needs beyond that is in it. One operation is one unpark, one mount and one park. It reaches the JDK's package-private builder, hence
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
public final class CustomSchedulerPeer {

    private CustomSchedulerPeer() {}

    public static void main(String... arguments) throws Exception {
        Meter meter = new Meter(Plan.parse(arguments));
        Queue<Runnable> ready = new ArrayDeque<>();
        long[] parks = new long[1];
        Thread thread = builder(ready::add).unstarted(() -> {
            while (true) {
                LockSupport.park();
                parks[0]++;
            }
        });
        thread.start();
        ready.remove().run();
        switches(meter, thread, ready, parks);
        System.out.println(meter.sample().toJson());
        // The parked thread is a daemon: it ends with the process.
    }

    private static void switches(Meter meter, Thread thread, Queue<Runnable> ready, long[] parks) {
        while (meter.more()) {
            int n = meter.batch();
            long before = parks[0];
            for (int i = 0; i < n; i++) {
                LockSupport.unpark(thread);
                ready.remove().run();
            }
            Expect.equal(n, parks[0] - before);
        }
    }

    private static Thread.Builder.OfVirtual builder(Executor scheduler) throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder").getDeclaredConstructor(Executor.class);
        constructor.setAccessible(true);
        return (Thread.Builder.OfVirtual) constructor.newInstance(scheduler);
    }
}
