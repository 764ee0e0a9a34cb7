package jasyncio.greenlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitors that a greenlet holds stay its own, whoever runs meanwhile, interpreted and compiled. */
@DisabledIfSystemProperty(
        named = "jasyncio.backend",
        matches = "portable",
        disabledReason = "each greenlet is a thread, whose monitors are its own anyway")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a lost monitor shows as an error, or as a hang
class GreenletMonitorsTest {
    private static final int ENOUGH_FOR_C2 = 40_000;

    private Greenlet main;
    private Greenlet a;
    private Greenlet b;

    /** Both siblings hold two monitors of their own while they switch, and the main greenlet holds others all the time. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 10})
    void switches_underNestedMonitors_leaveEachWithItsHolder(int depth) {
        create(() -> switchUnder(new Object(), new Object(), b), () -> switchUnder(new Object(), new Object(), a));
        var monitors = new Object[depth];
        for (int i = 0; i < depth; i++) {
            monitors[i] = new Object();
        }
        for (int i = 0; i < ENOUGH_FOR_C2; i++) {
            underAll(monitors, 0);
        }
        assertFalse(a.dead() || b.dead());
    }

    /** Siblings that switch and from time to time let the main greenlet go on. */
    private void create(Runnable stepOfA, Runnable stepOfB) {
        main = Greenlet.current();
        a = Greenlet.of(() -> repeat(stepOfA));
        b = Greenlet.of(() -> repeat(stepOfB));
    }

    private void repeat(Runnable step) {
        while (true) {
            step.run();
            main.switchTo();
        }
    }

    private static void switchUnder(Object outer, Object inner, Greenlet sibling) {
        synchronized (outer) {
            sibling.switchTo();
            synchronized (inner) {
                synchronized (outer) {
                    sibling.switchTo();
                    check(outer);
                }
                check(inner);
            }
            check(outer);
        }
        assertFalse(Thread.holdsLock(outer));
    }

    /** Throws if the caller does not own the monitor. */
    private static void check(Object monitor) {
        assertTrue(Thread.holdsLock(monitor));
        monitor.notifyAll();
    }

    private void underAll(Object[] monitors, int depth) {
        if (depth == monitors.length) {
            a.switchTo();
            for (Object monitor : monitors) {
                check(monitor);
            }
            return;
        }
        synchronized (monitors[depth]) {
            underAll(monitors, depth + 1);
        }
        assertFalse(Thread.holdsLock(monitors[depth]));
    }

    /** A monitor that main has entered before it switches may be entered again by any greenlet of its thread. */
    @Test
    void monitorOfMain_reenteredByGreenletsWhileTheySwitch_isLeftAsOftenAsEntered() {
        Object shared = new Object();
        create(() -> reenter(shared, b), () -> reenter(shared, a));
        for (int i = 0; i < ENOUGH_FOR_C2; i++) {
            synchronized (shared) {
                synchronized (shared) {
                    a.switchTo();
                    check(shared);
                }
                a.switchTo();
                check(shared);
            }
        }
        // What the suspended greenlets have entered is still entered.
        a.throwIn();
        b.throwIn();
        assertFalse(Thread.holdsLock(shared));
    }

    private static void reenter(Object shared, Greenlet sibling) {
        synchronized (shared) {
            sibling.switchTo();
            check(shared);
        }
    }

    @Test
    void monitorOfMain_keepsContendersOutWhileGreenletsSwitch() throws InterruptedException {
        Object monitor = new Object();
        var stop = new AtomicBoolean();
        var entries = new int[2];
        var started = new CountDownLatch(1);
        Thread contender = Thread.ofPlatform().daemon().start(() -> {
            started.countDown();
            while (!stop.get()) {
                synchronized (monitor) {
                    entries[0]++;
                    entries[1]++;
                }
            }
        });
        started.await();
        create(() -> b.switchTo(), () -> a.switchTo());
        for (int i = 0; i < ENOUGH_FOR_C2; i++) {
            synchronized (monitor) {
                int before = entries[0]++;
                a.switchTo();
                assertEquals(before + 1, entries[0], "the contender was kept out");
                entries[1]++;
            }
        }
        stop.set(true);
        assertTrue(contender.join(Duration.ofSeconds(10)));
        assertEquals(entries[0], entries[1]);
    }

    @Test
    void monitorOfASuspendedGreenlet_keepsContendersOutUntilItLeaves() throws InterruptedException {
        Object monitor = new Object();
        main = Greenlet.current();
        var entered = new AtomicBoolean();
        a = Greenlet.of(() -> {
            synchronized (monitor) {
                main.switchTo();
                check(monitor);
            }
        });
        a.switchTo();
        Thread contender = Thread.ofPlatform().daemon().start(() -> {
            synchronized (monitor) {
                entered.set(true);
            }
        });
        while (contender.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        assertFalse(entered.get());
        a.switchTo();
        assertTrue(contender.join(Duration.ofSeconds(10)));
        assertTrue(entered.get());
    }

    /** The trampoline on a virtual thread: what the thread's own frames hold is inflated too. */
    @Test
    void switches_onAVirtualThreadUnderMonitors_leaveThemWithTheirHolders() throws InterruptedException {
        var succeeded = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().start(() -> {
            switches_underNestedMonitors_leaveEachWithItsHolder(3);
            succeeded.set(true);
        });
        assertTrue(thread.join(Duration.ofSeconds(60)));
        assertTrue(succeeded.get());
    }
}
