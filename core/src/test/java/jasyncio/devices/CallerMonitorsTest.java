package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Task;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitors that the caller of {@code run…} holds stay the caller's, whatever the tasks do meanwhile. */
class CallerMonitorsTest {
    private static final int ENOUGH_FOR_C2 = 12_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void runUntilComplete_underNestedMonitors_leavesThemWithTheCaller(int depth) {
        try (EventLoop loop = Asyncio.newEventLoop()) {
            var monitors = new Object[depth];
            for (int i = 0; i < depth; i++) {
                monitors[i] = new Object();
            }
            underAll(loop, monitors, 0);
        }
    }

    private static void underAll(EventLoop loop, Object[] monitors, int depth) {
        if (depth == monitors.length) {
            loop.runUntilComplete(CallerMonitorsTest::suspendUnderMonitors);
            for (Object monitor : monitors) {
                assertTrue(Thread.holdsLock(monitor), "held after the run");
                monitor.notifyAll();
            }
            return;
        }
        synchronized (monitors[depth]) {
            underAll(loop, monitors, depth + 1);
        }
        assertFalse(Thread.holdsLock(monitors[depth]), "held after its block");
    }

    private static void suspendUnderMonitors() {
        Object outer = new Object();
        Object inner = new Object();
        synchronized (outer) {
            Asyncio.sleep(Duration.ZERO);
            synchronized (inner) {
                Asyncio.sleep(Duration.ZERO);
                inner.notifyAll();
            }
            outer.notifyAll();
        }
    }

    @Test
    void runUntilComplete_underTheSameMonitorTwice_leavesBothEntriesWithTheCaller() {
        Object monitor = new Object();
        try (EventLoop loop = Asyncio.newEventLoop()) {
            synchronized (monitor) {
                synchronized (monitor) {
                    loop.runUntilComplete(CallerMonitorsTest::suspendUnderMonitors);
                    monitor.notifyAll();
                }
                assertTrue(Thread.holdsLock(monitor));
                monitor.notifyAll();
            }
            assertFalse(Thread.holdsLock(monitor));
        }
    }

    /** A task that is suspended in one run and goes on in the next comes back to a thread that holds other monitors. */
    @Test
    void runUntilComplete_againAndAgainWithTasksThatStay_survivesUntilItsCallerIsCompiled() {
        Object a = new Object();
        Object b = new Object();
        try (EventLoop loop = Asyncio.newEventLoop()) {
            Task<Void> stays = loop.createTask(() -> {
                while (true) {
                    suspendUnderMonitors();
                }
            });
            for (int i = 0; i < ENOUGH_FOR_C2; i++) {
                runUnderTwo(loop, a, b);
            }
            stays.cancel();
            loop.runUntilComplete(() -> Asyncio.wait(java.util.List.of(stays)));
        }
    }

    private static void runUnderTwo(EventLoop loop, Object a, Object b) {
        synchronized (a) {
            synchronized (b) {
                loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
                assertTrue(Thread.holdsLock(b));
                b.notifyAll();
            }
            a.notifyAll();
        }
        assertFalse(Thread.holdsLock(a));
    }

    @Test
    void contender_forTheCallersMonitor_getsInOnlyAfterItsBlock() throws InterruptedException {
        Object monitor = new Object();
        var inside = new AtomicBoolean();
        var started = new CountDownLatch(1);
        var enteredDuringBlock = new AtomicBoolean();
        Thread contender = Thread.ofPlatform().unstarted(() -> {
            started.countDown();
            synchronized (monitor) {
                enteredDuringBlock.set(inside.get());
            }
        });
        synchronized (monitor) {
            inside.set(true);
            contender.start();
            started.await();
            Asyncio.run(() -> {
                for (int i = 0; i < 20 || contender.getState() != Thread.State.BLOCKED; i++) {
                    Asyncio.sleep(Duration.ofMillis(1));
                }
            });
            assertEquals(Thread.State.BLOCKED, contender.getState());
            monitor.notifyAll();
            inside.set(false);
        }
        assertTrue(contender.join(Duration.ofSeconds(10)), "the contender got in");
        assertFalse(enteredDuringBlock.get());
    }

    @Test
    void run_onVirtualThreadUnderMonitor_leavesItWithTheCaller() throws InterruptedException {
        var held = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            Object monitor = new Object();
            synchronized (monitor) {
                Asyncio.run(CallerMonitorsTest::suspendUnderMonitors);
                monitor.notifyAll();
                held.set(Thread.holdsLock(monitor));
            }
        });
        assertTrue(caller.join(Duration.ofSeconds(10)), "the caller ended");
        assertTrue(held.get());
    }
}
