package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code System.exit} in a task whose loop ends while the shutdown hooks run: the task, which is parked in there, must halt the JVM. */
@LoopOnly
class JvmExitTest {
    private static final int CODE = 3;

    @Test
    void exit_whenAHookEndsTheLoopAndWaitsForMain_haltsTheJvmWithItsCode() throws Exception {
        try (ChildJvm child = ChildJvm.start(GracefulProgram.class)) {
            assertEquals("closed\nhook done", child.output(CODE), "no other task goes on");
        }
    }

    @Test
    void exit_whenToldToGoOnInTheLastEntryOfARun_haltsTheJvmWithItsCode() throws Exception {
        try (ChildJvm child = ChildJvm.start(LastEntryProgram.class)) {
            assertEquals("run ended", child.output(CODE));
        }
    }

    /** Adds a hook, and lets a task of {@code loop} call exit as soon as that runs; the task's thread is put into {@code exiting}. */
    private static void exitSoon(EventLoop loop, AtomicReference<Thread> exiting, Runnable hook) {
        Runtime.getRuntime().addShutdownHook(new Thread(hook));
        loop.createTask(() -> {
            exiting.set(Thread.currentThread());
            System.exit(CODE);
        });
    }

    static final class GracefulProgram {
        private GracefulProgram() {}

        public static void main(String[] args) {
            EventLoop loop = Asyncio.newEventLoop();
            Thread main = Thread.currentThread();
            var others = new CountDownLatch(1);
            loop.createTask(() -> {
                others.await();
                System.out.println("another task went on");
            });
            exitSoon(loop, new AtomicReference<>(), () -> {
                loop.callSoonThreadsafe(loop::stop);
                join(main);
                others.countDown();
                WatchdogTest.ComputingProgram.compute(200); // in which the other task must not be run
                System.out.println("hook done");
            });
            loop.runForever();
            loop.close();
            System.out.println("closed");
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                System.out.println("interrupted");
            }
        }
    }

    static final class LastEntryProgram {
        private LastEntryProgram() {}

        public static void main(String[] args) {
            EventLoop loop = Asyncio.newEventLoop();
            var exiting = new AtomicReference<Thread>();
            var last = new CountDownLatch(1);
            exitSoon(loop, exiting, () -> {
                loop.callSoonThreadsafe(() -> {
                    last.countDown();
                    while (exiting.get().getState() == Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    WatchdogTest.ComputingProgram.compute(200); // the news comes from another thread
                    loop.stop();
                });
                try {
                    last.await();
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            });
            loop.runForever();
            System.out.println("run ended");
        }
    }
}
