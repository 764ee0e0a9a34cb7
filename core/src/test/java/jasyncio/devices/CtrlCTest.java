package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.KeyboardInterrupt;
import jasyncio.Runner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;

/** Ctrl-C: the first cancels the main task, the second interrupts what runs, the third halts. */
@DisabledOnOs(OS.WINDOWS)
class CtrlCTest {
    private static final int HALTED = 130;

    @Test
    void first_whileMainAwaits_cancelsItAndRunEndsWithKeyboardInterrupt() throws Exception {
        String output = interrupted(AwaitingProgram.class, 1);
        assertTrue(output.contains("cleaned up") && output.contains("run: jasyncio.KeyboardInterrupt"), output);
    }

    @Test
    @LoopOnly
    void first_whileMainBlocksInAJdkCall_endsTheCall() throws Exception {
        String output = interrupted(BlockingProgram.class, 1);
        assertTrue(output.contains("cleaned up") && output.contains("run: jasyncio.KeyboardInterrupt"), output);
    }

    @Test
    void first_whenMainRefusesAndReturns_isForgotten() throws Exception {
        String output = interrupted(RefusingProgram.class, 1);
        assertTrue(output.contains("refused") && output.contains("run returned value"), output);
    }

    @Test
    void second_whileATaskComputesAndLooksAtItsFlag_interruptsIt() throws Exception {
        String output = interrupted(ComputingProgram.class, 2);
        assertTrue(output.contains("interrupted") && output.contains("run: jasyncio.KeyboardInterrupt"), output);
    }

    @Test
    void second_whileCleaningUpAwaits_endsTheRun() throws Exception {
        String output = interrupted(StubbornProgram.class, 2);
        assertTrue(output.contains("cleaning up") && output.contains("run: jasyncio.KeyboardInterrupt"), output);
    }

    @Test
    void second_whileRunWaitsForAnotherTask_endsTheRun() throws Exception {
        String output = interrupted(LingeringProgram.class, 2);
        assertTrue(
                output.endsWith("run: jasyncio.KeyboardInterrupt: Interrupted from the keyboard\nclosed: true"),
                output);
    }

    @Test
    void first_whileRunWaitsForAnotherTask_goesBeforeWhatMainThrew() throws Exception {
        String output = interrupted(FailingProgram.class, 1);
        assertTrue(output.contains("run: jasyncio.KeyboardInterrupt"), output);
        assertTrue(output.contains("suppressed: [java.lang.IllegalStateException: main's]"), output);
    }

    @Test
    void first_whileARunnerCloses_isThrownByIt() throws Exception {
        String output = interrupted(ClosingProgram.class, 1);
        assertTrue(output.startsWith("main is done\ncleaning up, ready"), output);
        assertTrue(output.endsWith("close: jasyncio.KeyboardInterrupt"), output);
    }

    @Test
    void second_whileARunnerCloses_haltsTheJvm() throws Exception {
        try (ChildJvm child = ChildJvm.start(DeafCleaningProgram.class)) {
            child.awaitLine("cleaning up");
            child.interrupt();
            child.awaitLine("interrupted, goes on");
            child.interrupt();
            assertFalse(child.output(HALTED).contains("after the run"));
        }
    }

    @Test
    void third_whateverRuns_haltsTheJvm() throws Exception {
        try (ChildJvm child = ChildJvm.start(DeafProgram.class)) {
            child.awaitLine("ready");
            child.interrupt();
            child.awaitLine("cancelled, goes on");
            child.interrupt();
            child.awaitLine("interrupted, goes on");
            child.interrupt();
            child.output(HALTED);
        }
    }

    @Test
    void handler_afterTheRun_isTheJvmsAgain() throws Exception {
        try (ChildJvm child = ChildJvm.start(AfterwardsProgram.class)) {
            child.awaitLine("ready");
            child.interrupt();
            assertFalse(child.output(HALTED).contains("not ended"));
        }
    }

    @Test
    void handler_ofTheProgramsOwn_isKept() throws Exception {
        try (ChildJvm child = ChildJvm.start(OwnHandlerProgram.class)) {
            child.awaitLine("ready");
            child.interrupt();
            child.awaitLine("own handler");
            child.awaitLine("run returned");
            child.output(0);
        }
    }

    @Test
    void loop_onAnotherThanTheMainThread_isLeftAlone() throws Exception {
        try (ChildJvm child = ChildJvm.start(OtherThreadProgram.class)) {
            child.awaitLine("ready");
            child.interrupt();
            assertFalse(child.output(HALTED).contains("cleaned up"));
        }
    }

    /** Sends the signals, one for each line "ready", and returns what the program printed. */
    private static String interrupted(Class<?> program, int times) throws Exception {
        try (ChildJvm child = ChildJvm.start(program)) {
            for (int i = 0; i < times; i++) {
                child.awaitLine("ready");
                child.interrupt();
            }
            return child.output(0);
        }
    }

    private static void sleepLong() {
        Asyncio.sleep(Duration.ofHours(1));
    }

    static final class AwaitingProgram {
        private AwaitingProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    try {
                        System.out.println("ready");
                        sleepLong();
                    } finally {
                        Asyncio.sleep(Duration.ofMillis(1));
                        System.out.println("cleaned up");
                    }
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("run: " + e);
            }
        }
    }

    static final class BlockingProgram {
        private BlockingProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    try {
                        System.out.println("ready");
                        new CountDownLatch(1).await();
                    } finally {
                        System.out.println("cleaned up");
                    }
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("run: " + e);
            }
        }
    }

    static final class RefusingProgram {
        private RefusingProgram() {}

        public static void main(String[] args) {
            String value = Asyncio.run(() -> {
                try {
                    System.out.println("ready");
                    sleepLong();
                } catch (jasyncio.CancelledError e) {
                    System.out.println("refused");
                }
                return "value";
            });
            System.out.println("run returned " + value);
        }
    }

    static final class ComputingProgram {
        private ComputingProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    System.out.println("ready");
                    long announced = System.nanoTime();
                    boolean again = false;
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                        if (!again && System.nanoTime() - announced > 500_000_000) {
                            again = true;
                            System.out.println("ready");
                        }
                    }
                    System.out.println("interrupted");
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("run: " + e);
            }
        }
    }

    static final class StubbornProgram {
        private StubbornProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    try {
                        System.out.println("ready");
                        sleepLong();
                    } finally {
                        System.out.println("cleaning up, ready");
                        sleepLong();
                    }
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("run: " + e);
            }
        }
    }

    /** Makes a task that takes long to clean up, and lets it begin. */
    private static void createLingering(Runnable cleaning) {
        Asyncio.createTask(() -> {
            try {
                sleepLong();
            } finally {
                cleaning.run();
            }
        });
        Asyncio.sleep(Duration.ZERO);
    }

    private static void cleanForLong() {
        System.out.println("cleaning up, ready");
        sleepLong();
    }

    static final class LingeringProgram {
        private LingeringProgram() {}

        public static void main(String[] args) {
            var loop = new java.util.concurrent.atomic.AtomicReference<jasyncio.EventLoop>();
            try {
                Asyncio.run(() -> {
                    loop.set(Asyncio.runningLoop());
                    createLingering(CtrlCTest::cleanForLong);
                    System.out.println("ready");
                    sleepLong();
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("run: " + e);
            } finally {
                System.out.println("closed: " + loop.get().closed());
            }
        }
    }

    static final class FailingProgram {
        private FailingProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    createLingering(CtrlCTest::cleanForLong);
                    throw new IllegalStateException("main's");
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("run: " + e);
                System.out.println("suppressed: " + List.of(e.getSuppressed()));
            }
        }
    }

    static final class ClosingProgram {
        private ClosingProgram() {}

        public static void main(String[] args) {
            try (var runner = new Runner()) {
                runner.run(() -> createLingering(CtrlCTest::cleanForLong));
                System.out.println("main is done");
            } catch (KeyboardInterrupt e) {
                System.out.println("close: " + e.getClass().getName());
            }
        }
    }

    static final class DeafCleaningProgram {
        private DeafCleaningProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> createLingering(DeafCleaningProgram::clean));
            } finally {
                System.out.println("after the run");
            }
        }

        private static void clean() {
            System.out.println("cleaning up");
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
            System.out.println("interrupted, goes on");
            while (true) {
                Thread.onSpinWait();
            }
        }
    }

    static final class DeafProgram {
        private DeafProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> {
                try {
                    System.out.println("ready");
                    sleepLong();
                } catch (jasyncio.CancelledError e) {
                    System.out.println("cancelled, goes on");
                }
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
                System.out.println("interrupted, goes on");
                while (true) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    static final class AfterwardsProgram {
        private AfterwardsProgram() {}

        public static void main(String[] args) throws InterruptedException {
            Asyncio.run(() -> Asyncio.sleep(Duration.ZERO));
            System.out.println("ready");
            Thread.sleep(10_000);
            System.out.println("not ended");
        }
    }

    static final class OwnHandlerProgram {
        private OwnHandlerProgram() {}

        public static void main(String[] args) {
            var loop = new java.util.concurrent.atomic.AtomicReference<jasyncio.EventLoop>();
            var goOn = new java.util.concurrent.atomic.AtomicReference<jasyncio.Future<String>>();
            Signal.handle(new Signal("INT"), _ -> {
                System.out.println("own handler");
                loop.get().callSoonThreadsafe(() -> goOn.get().setResult("go on"));
            });
            Asyncio.run(() -> {
                loop.set(Asyncio.runningLoop());
                goOn.set(Asyncio.runningLoop().createFuture());
                System.out.println("ready");
                Asyncio.await(goOn.get());
            });
            System.out.println("run returned");
        }
    }

    static final class OtherThreadProgram {
        private OtherThreadProgram() {}

        public static void main(String[] args) {
            Thread.ofPlatform()
                    .start(() -> Asyncio.run(() -> {
                        try {
                            System.out.println("ready");
                            sleepLong();
                        } finally {
                            System.out.println("cleaned up");
                        }
                    }));
        }
    }
}
