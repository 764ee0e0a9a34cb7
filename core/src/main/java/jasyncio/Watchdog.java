package jasyncio;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that watches all running loops and names what stops one: nothing else can, since a loop that is stopped runs no timer and no
 * callback, and the JVM's own deadlock detector does not see virtual threads.
 *
 * <p>A loop that has begun an entry and has not come back for {@code -Djasyncio.watchdog=SECONDS} (5 if not given, 0 for never) is
 * reported once, on standard error, written without any lock that the stopped loop might hold. So is a task that has waited for a
 * {@code synchronized} lock for so long while its loop was idle. With {@code -Djasyncio.watchdog.fail=true}
 * the loop is also made to fail with {@link LoopStalledException}: for tests.
 */
final class Watchdog implements Runnable {
    private static final long LIMIT = limit();
    private static final boolean FAIL = Switches.on(Switches.FAIL_IF_STALLED);
    private static final long DEBUG_PERIOD = TimeUnit.MILLISECONDS.toNanos(20);

    /** A thread that uses less than this part of a processor hardly runs. */
    private static final int HARDLY = 50;

    private static final Map<Kernel, Watched> WATCHED = new ConcurrentHashMap<>();
    private static volatile boolean debug;
    private static final Thread THREAD =
            Thread.ofPlatform().daemon().name("jasyncio-watchdog").unstarted(new Watchdog());

    /** Where a loop was when last looked at. */
    private static final class Watched {
        private final BlockedTasks blocked = new BlockedTasks(LIMIT);
        private long turn = -1;
        private long since;
        private boolean reported;

        /** The processor time that the loop's thread had used by {@code processorAt}, half-way to the report; -1 if not known. */
        private long processor;

        private long processorAt;

        private void moved(long turn, long now) {
            this.turn = turn;
            since = now;
            processorAt = now;
            processor = -1;
            reported = false;
        }

        /** Looks at the processor time half-way, so that the report can tell what has been used since. */
        private void halfWay(Kernel kernel, long now) {
            if (processor < 0 && now - since >= LIMIT / 2) {
                processor = processorTime(kernel);
                processorAt = now;
            }
        }

        private boolean usesProcessor(Kernel kernel, long now) {
            long time = processorTime(kernel);
            return processor < 0 || time < 0 || now == processorAt || time - processor > (now - processorAt) / HARDLY;
        }
    }

    private Watchdog() {}

    static void add(Kernel kernel) {
        if (LIMIT > 0 || debug) {
            WATCHED.put(kernel, new Watched());
            if (THREAD.getState() == Thread.State.NEW) {
                startOnce();
            }
        }
    }

    static void remove(Kernel kernel) {
        WATCHED.remove(kernel);
    }

    /** Has slow callbacks looked at, which takes a shorter period. */
    static void debug(boolean on) {
        if (on) {
            debug = true;
            LockSupport.unpark(THREAD);
        }
    }

    private static synchronized void startOnce() {
        if (THREAD.getState() == Thread.State.NEW) {
            THREAD.start();
        }
    }

    @Override
    public void run() {
        while (true) {
            LockSupport.parkNanos(this, debug ? DEBUG_PERIOD : Math.max(LIMIT / 4, DEBUG_PERIOD));
            try {
                WATCHED.forEach(Watchdog::look);
            } catch (OutOfMemoryError e) {
                // Whoever needs the memory says so. The next look may find some.
            } catch (RuntimeException | Error e) {
                StallReport.print("jasyncio's watchdog failed (please report): " + e);
            }
        }
    }

    private static void look(Kernel kernel, Watched watched) {
        if (kernel.slow.enabled()) {
            kernel.slow.takeSample();
        }
        long turn = kernel.turn();
        long now = System.nanoTime();
        boolean waiting = kernel.waiting();
        if (turn != watched.turn || waiting) {
            watched.moved(turn, now);
        } else if (LIMIT > 0 && !watched.reported) {
            watched.halfWay(kernel, now);
            if (now - watched.since >= LIMIT) {
                watched.reported = true;
                kernel.stuckTurn = turn;
                report(kernel, StallReport.of(kernel, Duration.ofNanos(LIMIT), watched.usesProcessor(kernel, now)));
            }
        }
        if (!waiting) {
            watched.blocked.reset();
        } else if (LIMIT > 0) {
            watched.blocked.look(
                    kernel.tasks,
                    now,
                    (task, thread) ->
                            report(kernel, StallReport.ofBlocked(kernel, task, thread, Duration.ofNanos(LIMIT))));
        }
    }

    private static void report(Kernel kernel, String report) {
        StallReport.print(report);
        if (FAIL) {
            kernel.stall(new LoopStalledException(report));
        }
    }

    /** Returns what the loop's thread has used, in nanoseconds; -1 if nobody can tell, as of a virtual thread. */
    private static long processorTime(Kernel kernel) {
        Thread thread = kernel.loopThread();
        try {
            return thread == null || thread.isVirtual()
                    ? -1
                    : ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
        } catch (UnsupportedOperationException e) {
            return -1;
        }
    }

    /** Refuses a setting that is no number: when a loop is created, where somebody sees it. */
    static void checkSetting() {
        if (LIMIT < 0) {
            throw new IllegalArgumentException("Not a number of seconds: -Djasyncio.watchdog="
                    + System.getProperty("jasyncio.watchdog") + "; for example 5 or 0.5, or 0 for never");
        }
    }

    private static long limit() {
        try {
            return (long) (Double.parseDouble(System.getProperty("jasyncio.watchdog", "5")) * 1e9);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
