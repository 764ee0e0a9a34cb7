package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Runner;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;

/** Ctrl-C and a main task that is between two steps, awaits a future, or is cancelled already. */
@DisabledOnOs(OS.WINDOWS)
class InterruptedMainTest {

    private static String output(Class<?> program) throws Exception {
        try (ChildJvm child = ChildJvm.start(program)) {
            return child.output(0);
        }
    }

    @Test
    void ctrlC_whileMainYieldsAllTheTime_cancelsIt() throws Exception {
        assertEquals("main is cancelled\nrun: jasyncio.KeyboardInterrupt", output(YieldingProgram.class));
    }

    @Test
    void ctrlC_whileMainAwaitsAFuture_cancelsTheFutureToo() throws Exception {
        assertEquals(
                "main is cancelled\nrun: jasyncio.KeyboardInterrupt\nfuture cancelled: true",
                output(AwaitingProgram.class));
    }

    @Test
    void ctrlC_whenMainIsCancelledAlready_leavesTheCancellation() throws Exception {
        assertEquals("run: jasyncio.CancelledError", output(CancelledProgram.class));
    }

    private static void ctrlC() {
        Signal.raise(new Signal("INT"));
    }

    private static void run(Runner runner, jasyncio.Action<RuntimeException> main) {
        try {
            runner.run(main);
        } catch (Error e) {
            System.out.println("run: " + e.getClass().getName());
        }
    }

    private static void forEver(Runnable wait) {
        try {
            while (true) {
                wait.run();
            }
        } catch (CancelledError e) {
            System.out.println("main is cancelled");
            throw e;
        }
    }

    static final class YieldingProgram {
        private YieldingProgram() {}

        public static void main(String[] args) {
            try (var runner = new Runner()) {
                runner.loop().callLater(Duration.ofMillis(100), InterruptedMainTest::ctrlC);
                run(runner, () -> forEver(() -> Asyncio.sleep(Duration.ZERO)));
            }
        }
    }

    static final class AwaitingProgram {
        private AwaitingProgram() {}

        public static void main(String[] args) {
            try (var runner = new Runner()) {
                Future<String> future = runner.loop().createFuture();
                runner.loop().callLater(Duration.ofMillis(100), InterruptedMainTest::ctrlC);
                run(runner, () -> forEver(() -> Asyncio.await(future)));
                System.out.println("future cancelled: " + future.cancelled());
            }
        }
    }

    static final class CancelledProgram {
        private CancelledProgram() {}

        public static void main(String[] args) {
            try (var runner = new Runner()) {
                run(runner, () -> {
                    var main = Asyncio.currentTask();
                    var other = Asyncio.createTask(() -> {
                        Asyncio.sleep(Duration.ZERO);
                        main.cancel();
                        ctrlC();
                    });
                    try {
                        Asyncio.sleep(Duration.ofSeconds(10));
                    } finally {
                        Asyncio.sleep(Duration.ofMillis(200)); // until the signal's thread has come
                        if (!other.done()) {
                            System.out.println("other: " + other);
                        }
                    }
                });
            }
        }
    }
}
