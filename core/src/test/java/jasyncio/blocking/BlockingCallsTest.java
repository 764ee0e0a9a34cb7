package jasyncio.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every row of the table, in the four situations it speaks of. */
@Tag("blocking")
class BlockingCallsTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    @TestFactory
    Stream<DynamicTest> call_inTask_parksThatTaskOnly() {
        return rows().map(row -> dynamicTest(row.call(), () -> parksThatTaskOnly(row)));
    }

    @TestFactory
    Stream<DynamicTest> call_whoseTaskIsCancelled_endsOrIsWaitedFor() {
        return rows().map(row -> dynamicTest(row.call(), () -> cancelled(row)));
    }

    @TestFactory
    Stream<DynamicTest> call_whoseTimeIsUp_endsOrIsWaitedFor() {
        return rows().map(row -> dynamicTest(row.call(), () -> timedOut(row)));
    }

    private static Stream<Scene.Row> rows() {
        return Stream.of(Waits.rows(), Monitors.rows(), Sockets.rows()).flatMap(rows -> rows);
    }

    private static void parksThatTaskOnly(Scene.Row row) throws Exception {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            try (Scene scene = row.scene().call()) {
                Task<Void> blocked = Asyncio.createTask(() -> {
                    log.add("blocks");
                    scene.block();
                    log.add("goes on");
                });
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(SHORT);
                log.add("others");
                assertFalse(blocked.done());
                scene.release();
                Asyncio.await(blocked);
            }
        });
        assertEquals(List.of("blocks", "others", "goes on"), log);
    }

    private static void cancelled(Scene.Row row) throws Exception {
        Asyncio.run(() -> {
            try (Scene scene = row.scene().call()) {
                Task<Void> blocked = Asyncio.createTask(scene::block);
                Asyncio.sleep(SHORT);
                assertTrue(blocked.cancel("enough"));
                if (!scene.interruptible()) {
                    Asyncio.sleep(SHORT);
                    assertFalse(blocked.done(), "it cannot be interrupted");
                    scene.release();
                }
                var e = assertThrows(CancelledError.class, () -> Asyncio.await(blocked));
                assertEquals("enough", e.getMessage());
                if (scene.interruptible()) {
                    assertInstanceOf(scene.interruptedBy, e.getCause());
                }
                assertTrue(blocked.cancelled());
            }
        });
    }

    private static void timedOut(Scene.Row row) throws Exception {
        Asyncio.run(() -> {
            try (Scene scene = row.scene().call()) {
                if (scene.interruptible()) {
                    Asyncio.await(Asyncio.createTask(() -> ended(scene)));
                } else {
                    waitedFor(scene);
                }
            }
        });
    }

    private static void ended(Scene scene) {
        var e = assertThrows(TimeoutException.class, () -> Asyncio.timeout(SHORT, scene::block));
        assertInstanceOf(CancelledError.class, e.getCause());
        assertInstanceOf(scene.interruptedBy, e.getCause().getCause());
        assertFalse(Thread.currentThread().isInterrupted(), "the flag is clear");
        assertEquals(0, Asyncio.currentTask().cancelling());
        Asyncio.sleep(Duration.ZERO);
    }

    /** The time is up while the call cannot be ended, so it ends in its own way, and the body has its value. */
    private static void waitedFor(Scene scene) throws Exception {
        Task<Boolean> limited = Asyncio.createTask(() -> {
            var timeout = Timeout.after(SHORT);
            timeout.run(scene::block);
            boolean flag = Thread.currentThread().isInterrupted();
            Asyncio.sleep(Duration.ZERO);
            return timeout.expired() && !flag;
        });
        Asyncio.sleep(SHORT.multipliedBy(3));
        assertFalse(limited.done());
        scene.release();
        assertTrue(Asyncio.await(limited), "expired, and the flag is clear");
    }
}
