package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other threads dump the stacks of tasks, unpark them and interrupt them while they run: what the tasks do, and in which order, must be
 * what they do when left alone.
 */
class DisturbanceTest {
    private static final int TASKS = 8;
    private static final int ROUNDS = 12;
    private static final long NANOS = Duration.ofMillis(1_200).toNanos();
    private static final int AT_LEAST = 200;

    /** The threads of the tasks that run now, for the disturbers. */
    private final AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(TASKS);

    private final AtomicInteger disturbances = new AtomicInteger();

    private interface Disturber {
        void disturb(Thread thread) throws IOException;
    }

    @Test
    void tasks_whoseStacksAreDumped_doWhatTheyDoUndisturbed() throws Exception {
        sameTraceUnder(Thread::getStackTrace);
    }

    @Test
    void tasks_thatAreUnparked_doWhatTheyDoUndisturbed() throws Exception {
        sameTraceUnder(LockSupport::unpark);
    }

    @Test
    void tasks_thatAreInterruptedInAwaits_doWhatTheyDoUndisturbed() throws Exception {
        sameTraceUnder(Thread::interrupt);
    }

    @Test
    void tasks_underAllOfIt_doWhatTheyDoUndisturbed() throws Exception {
        sameTraceUnder(thread -> {
            thread.interrupt();
            LockSupport.unpark(thread);
            thread.getStackTrace();
        });
    }

    /** A loop stands still for such a dump; ordinary virtual threads do not, and the JVM can crash on them (JDK 25.0.3). */
    @Test
    @LoopOnly
    void tasks_whileTheWholeJvmIsDumped_doWhatTheyDoUndisturbed(@TempDir Path directory) throws Exception {
        var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Path file = directory.resolve("threads.json");
        sameTraceUnder(_ -> {
            diagnostics.dumpThreads(file.toString(), ThreadDumpFormat.JSON);
            Files.delete(file);
        });
    }

    private void sameTraceUnder(Disturber disturber) throws Exception {
        List<String> undisturbed = trace();
        var stop = new AtomicInteger();
        var failure = new AtomicReferenceArray<Throwable>(1);
        Thread disturbing = Thread.ofPlatform().daemon().name("disturber").start(() -> {
            try {
                for (int i = 0; stop.get() == 0; i = (i + 1) % TASKS) {
                    Thread thread = threads.get(i);
                    if (thread != null) {
                        disturber.disturb(thread);
                        disturbances.incrementAndGet();
                    }
                }
            } catch (Throwable e) {
                failure.set(0, e);
            }
        });
        long end = System.nanoTime() + NANOS;
        int repetitions = 0;
        while (System.nanoTime() < end || repetitions < AT_LEAST) {
            assertEquals(undisturbed, trace(), "repetition " + repetitions);
            repetitions++;
        }
        stop.set(1);
        assertTrue(disturbing.join(Duration.ofSeconds(20)), "the disturber ended");
        assertEquals(null, failure.get(0));
        assertTrue(disturbances.get() > 0, disturbances + " disturbances");
    }

    /** Tasks that hand a token round a ring of futures, yield and schedule callbacks. */
    private List<String> trace() {
        List<String> trace = new ArrayList<>();
        Asyncio.run(() -> {
            List<Future<Integer>> ring = new ArrayList<>();
            for (int i = 0; i < TASKS * ROUNDS + 1; i++) {
                ring.add(Asyncio.runningLoop().createFuture());
            }
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                tasks.add(Asyncio.createTask(() -> member(number, ring, trace)));
            }
            ring.getFirst().setResult(0);
            Asyncio.await(Asyncio.gather(tasks));
        });
        return trace;
    }

    private void member(int number, List<Future<Integer>> ring, List<String> trace) {
        threads.set(number, Thread.currentThread());
        EventLoop loop = Asyncio.runningLoop();
        for (int round = 0; round < ROUNDS; round++) {
            int place = round * TASKS + number;
            int token = Asyncio.await(ring.get(place));
            trace.add(number + " has " + token);
            loop.callSoon(() -> trace.add("callback of " + number));
            ring.get(place + 1).setResult(token + 1);
            Asyncio.sleep(Duration.ZERO);
            trace.add(number + " goes on");
        }
        threads.set(number, null);
    }
}
