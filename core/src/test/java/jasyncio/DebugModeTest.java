package jasyncio;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.LogCapture;
import jasyncio.testing.VirtualLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What debug mode reports of callbacks and steps that take too long. */
class DebugModeTest {

    private static void compute(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void slowStep_isReportedWithTheTasksNameAndWhereItWas() {
        try (var log = new LogCapture()) {
            virtually(v -> {
                v.loop().setDebug(true);
                assertTrue(v.loop().debug());
                v.loop().setSlowCallbackDuration(ofMillis(50));
                Asyncio.await(createTask("busy", () -> compute(ofMillis(500))));
                sleep(ZERO);
                v.loop().setDebug(false);
            });
            String message = log.messages().getFirst();
            assertTrue(message.startsWith("WARNING: Executing <Task finished name='busy'"), message);
            assertTrue(message.contains(" took 0."), message);
            assertTrue(message.contains("\n\tat jasyncio.DebugModeTest.compute(DebugModeTest.java:"), message);
        }
    }

    @Test
    void slowCallback_isReportedWithItsHandle() {
        try (var log = new LogCapture()) {
            virtually(v -> {
                v.loop().setDebug(true);
                v.loop().setSlowCallbackDuration(ofMillis(30));
                v.loop().callSoon(() -> compute(ofMillis(50)));
                sleep(ZERO);
                sleep(ZERO);
                v.loop().setDebug(false);
            });
            String first = log.messages().getFirst();
            assertTrue(first.startsWith("WARNING: Executing <Handle DebugModeTest lambda> took 0."), first);
        }
    }

    @Test
    void quickOnes_areNotReported() {
        try (var log = new LogCapture()) {
            virtually(v -> {
                v.loop().setDebug(true);
                v.loop().setSlowCallbackDuration(ofHours(1));
                v.loop().callSoon(() -> compute(ofMillis(5)));
                sleep(ZERO);
                sleep(ofHours(2));
                v.loop().setDebug(false);
            });
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void slowOnes_withoutDebugMode_areNotReported() {
        try (var log = new LogCapture()) {
            virtually(v -> {
                assertFalse(v.loop().debug());
                v.loop().setSlowCallbackDuration(ZERO);
                Asyncio.await(createTask("busy", () -> compute(ofMillis(5))));
            });
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    @Tag("blocking")
    void slowStep_afterABlockingCall_isReportedWithTheTasksName() {
        String message = slowAfterBlocking((v, body) -> Asyncio.await(createTask("busy", body::run)));
        assertTrue(message.startsWith("WARNING: Executing <Task finished name='busy'"), message);
    }

    @Test
    @Tag("blocking")
    void slowCallback_afterABlockingCall_isReportedWithItsHandle() {
        String message = slowAfterBlocking((v, body) -> {
            v.loop().callSoon(body);
            sleep(ofHours(1));
        });
        assertTrue(message.startsWith("WARNING: Executing <Handle DebugModeTest lambda> took 0."), message);
    }

    /** Returns the first report about a body that blocks and computes then. */
    private static String slowAfterBlocking(BiConsumer<VirtualLoop, Runnable> start) {
        try (var log = new LogCapture()) {
            virtually(v -> {
                v.loop().setDebug(true);
                v.loop().setSlowCallbackDuration(ofMillis(50));
                var gate = new CompletableFuture<String>();
                v.loop().callLater(ofMillis(1), () -> gate.complete("open"));
                start.accept(v, () -> {
                    gate.join();
                    compute(ofMillis(150));
                });
                sleep(ZERO);
                v.loop().setDebug(false);
            });
            return log.messages().getFirst();
        }
    }
}
