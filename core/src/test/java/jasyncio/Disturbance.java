package jasyncio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * With {@code -Dtests.disturb=yes} a thread of its own disturbs all loops while the tests run: it dumps stacks, unparks the threads of tasks
 * and callbacks, and interrupts tasks that are suspended in an await. None of it may change what a test sees.
 *
 * <p>Nothing here takes part in a loop: an entry in its ready queue would shift what a test counts. Targets and pauses come from
 * {@code -Dtests.disturb.seed}, which is printed if it was not given; when they strike is the scheduler's affair.
 *
 * <p>Tests tagged {@code blocking}, whose tasks block in JDK calls, are spared what rightly shows there: an interrupt that met a task in an
 * await stays pending and ends its next blocking call, and a thread that is blocked, and unparked or held by a dump when it is released, goes
 * on sooner or later than in its turn. Their tasks are struck in awaits only, and not interrupted.
 *
 * <p>Tests of generators and greenlets are spared stack traces: JDK 25.0.3 itself crashes if one is taken of a thread in the middle of a
 * switch of raw continuations.
 */
public final class Disturbance implements TestExecutionListener, Runnable {
    private static final int MAX_PAUSE_NANOS = 400_000;
    private static final int STRIKES = 20;

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    /** How many tests and containers with the tag {@code blocking} are under way. */
    private static final AtomicInteger SPARED = new AtomicInteger();

    /** How many tests and containers that switch raw continuations are under way. */
    private static final AtomicInteger SWITCHING = new AtomicInteger();

    /** The loops that run, as the watchdog knows them. */
    private static final Map<Kernel, ?> RUNNING = running();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long seed = Long.getLong("tests.disturb.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private boolean mine;
    private volatile boolean over;

    private final AtomicInteger stacks = new AtomicInteger();
    private final AtomicInteger dumps = new AtomicInteger();
    private final AtomicInteger unparks = new AtomicInteger();
    private final AtomicInteger interrupts = new AtomicInteger();

    private static Map<Kernel, ?> running() {
        try {
            VarHandle watched = MethodHandles.privateLookupIn(Watchdog.class, MethodHandles.lookup())
                    .findStaticVarHandle(Watchdog.class, "WATCHED", Map.class);
            @SuppressWarnings("unchecked") // its type, but for the value's
            var running = (Map<Kernel, ?>) watched.get();
            return running;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The watchdog keeps the running loops elsewhere", e);
        }
    }

    // ---- as JUnit calls it

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        mine = "yes".equals(System.getProperty("tests.disturb")) && BEGUN.compareAndSet(false, true);
        if (mine) {
            System.out.println("Disturbing the tests, seed " + seed);
            Thread.ofPlatform().daemon().name("disturbance").start(this);
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (spared(test)) {
            SPARED.incrementAndGet();
        }
        if (switches(test)) {
            SWITCHING.incrementAndGet();
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (spared(test)) {
            SPARED.decrementAndGet();
        }
        if (switches(test)) {
            SWITCHING.decrementAndGet();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (mine) {
            over = true;
            System.out.println("Disturbed the tests with " + stacks + " stack traces, " + dumps + " dumps, " + unparks
                    + " unparks and " + interrupts + " interrupts, seed " + seed);
        }
    }

    private static boolean spared(TestIdentifier test) {
        return test.getTags().contains(TestTag.create("blocking"));
    }

    /** By the names of package, class or case. */
    private static boolean switches(TestIdentifier test) {
        String names = (test.getUniqueId() + test.getDisplayName()).toLowerCase(Locale.ROOT);
        return names.contains("generator") || names.contains("greenlet");
    }

    private void takeStackTrace(Thread thread) {
        if (SWITCHING.get() == 0) {
            stacks.incrementAndGet();
            thread.getStackTrace();
        }
    }

    // ---- the thread

    @Override
    public void run() {
        while (!over) {
            dump();
            for (int i = 0; i < STRIKES; i++) {
                RUNNING.keySet().forEach(this::strike);
            }
            LockSupport.parkNanos(random.nextInt(MAX_PAUSE_NANOS));
        }
    }

    private void dump() {
        int dice = random.nextInt(20);
        if (SWITCHING.get() > 0) {
            return;
        }
        if (dice == 0) {
            dumps.incrementAndGet();
            Thread.getAllStackTraces();
        } else if (dice == 1) {
            dumps.incrementAndGet();
            threads.dumpAllThreads(true, true);
            threads.findDeadlockedThreads();
        }
    }

    private void strike(Kernel kernel) {
        List<Task<?>> tasks = kernel.tasks.live();
        if (!tasks.isEmpty() && random.nextInt(4) > 0) {
            strike(tasks.get(random.nextInt(tasks.size())));
        } else if (SPARED.get() == 0) {
            strikeAny(kernel);
        }
    }

    private void strike(Task<?> task) {
        Thread thread = task.thread();
        boolean awaits = task.waiter() != null;
        boolean spared = SPARED.get() > 0;
        if (thread == null || spared && !awaits) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> takeStackTrace(thread);
            case 1 -> {
                unparks.incrementAndGet();
                LockSupport.unpark(thread);
            }
            default -> {
                if (awaits && !spared) {
                    interrupts.incrementAndGet();
                    thread.interrupt();
                }
            }
        }
    }

    /** Strikes a task or a runner of callbacks, of which nobody but the loop may ask who they are and where they stand. */
    private void strikeAny(Kernel kernel) {
        List<Thread> all;
        try {
            all = new ArrayList<>(kernel.threads().toList());
        } catch (RuntimeException e) {
            return; // the loop has changed its list of runners meanwhile
        }
        if (!all.isEmpty()) {
            Thread thread = all.get(random.nextInt(all.size()));
            takeStackTrace(thread);
            unparks.incrementAndGet();
            LockSupport.unpark(thread);
        }
    }
}
