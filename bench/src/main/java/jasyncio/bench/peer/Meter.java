package jasyncio.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The stopwatch of a child process: it says how many batches to run, first to warm up, then to measure.
 *
 * <p>Work is written as {@code while (meter.more()) doIt(meter.batch())}. The warm-up lasts at least {@link Plan#warmUp()} and goes on while a batch is
 * slower than the fastest one by more than a twentieth, at most {@value #PATIENCE} times as long. Then garbage is collected and the clocks start; they stop when both the
 * operations and the time the plan asks for are reached.
 *
 * <p>Not thread-safe: one thread, or tasks of one event loop, call it.
 */
public final class Meter {

    private static final int PATIENCE = 4;
    private static final double STABLE = 1.05;

    /** The warm-up sleeps for a hundredth of the time the measured section does. */
    private static final int WARM_DELAY_DIVISOR = 100;

    private final Plan plan;
    private final OperatingSystemMXBean system;

    private boolean warming = true;
    private boolean begun;
    private long warmStart;
    private long batchStart;
    private long fastest = Long.MAX_VALUE;

    private long operations;
    private long wallStart;
    private long cpuStart;
    private long wallNanos;
    private long cpuNanos;

    public Meter(Plan plan) {
        this.plan = plan;
        this.system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    /** Whether another batch is to be run. Called before each batch; a call means that the batch before is complete. */
    public boolean more() {
        long now = System.nanoTime();
        if (warming) {
            warm(now);
            return true;
        }
        operations += plan.batch();
        wallNanos = now - wallStart;
        if (operations < plan.operations() || wallNanos < plan.atLeast().toNanos()) {
            return true;
        }
        cpuNanos = system.getProcessCpuTime() - cpuStart;
        return false;
    }

    /** The number of operations in the batch to run now. */
    public int batch() {
        return warming ? plan.warmBatch() : plan.batch();
    }

    /** The delay for the batch to run now: the plan's, or a hundredth of it while warming up. */
    public Duration delay() {
        return warming ? plan.delay().dividedBy(WARM_DELAY_DIVISOR) : plan.delay();
    }

    /** What was measured, complete once {@link #more} has said no. */
    public Sample sample() {
        return new Sample(operations, wallNanos, cpuNanos, 0);
    }

    private void warm(long now) {
        if (!begun) {
            begun = true;
            warmStart = now;
        } else if (warmedUp(now)) {
            warming = false;
            startClocks();
            return;
        }
        batchStart = System.nanoTime();
    }

    private boolean warmedUp(long now) {
        long last = now - batchStart;
        fastest = Math.min(fastest, last);
        long elapsed = now - warmStart;
        long enough = plan.warmUp().toNanos();
        return elapsed >= PATIENCE * enough || (elapsed >= enough && last <= STABLE * fastest);
    }

    private void startClocks() {
        System.gc();
        cpuStart = system.getProcessCpuTime();
        wallStart = System.nanoTime();
    }
}
