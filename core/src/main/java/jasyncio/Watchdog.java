package jasyncio;

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
 * reported once, on standard error, written without any lock that the stopped loop might hold. With {@code -Djasyncio.watchdog.fail=true}
 * the loop is also made to fail with {@link LoopStalledException}: for tests.
 */
final class Watchdog implements Runnable {
    private static final long LIMIT = limit();
    private static final boolean FAIL = Switches.on(Switches.FAIL_IF_STALLED);
    private static final long DEBUG_PERIOD = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Map<Kernel, Watched> WATCHED = new ConcurrentHashMap<>();
    private static volatile boolean debug;
    private static final Thread THREAD =
            Thread.ofPlatform().daemon().name("jasyncio-watchdog").unstarted(new Watchdog());

    /** Where a loop was when last looked at. */
    private static final class Watched {
        private long turn = -1;
        private long since;
        private boolean reported;
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
        if (turn != watched.turn || kernel.waiting()) {
            watched.turn = turn;
            watched.since = now;
            watched.reported = false;
        } else if (LIMIT > 0 && !watched.reported && now - watched.since >= LIMIT) {
            watched.reported = true;
            kernel.stuckTurn = turn;
            String report = StallReport.of(kernel, Duration.ofNanos(LIMIT));
            StallReport.print(report);
            if (FAIL) {
                kernel.stall(new LoopStalledException(report));
            }
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
