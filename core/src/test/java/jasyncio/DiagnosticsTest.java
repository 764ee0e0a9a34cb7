package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jasyncio.testing.LogCapture;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What the library notices that nobody else did: when it becomes garbage, and when the loop is closed. */
class DiagnosticsTest {
    private final IOException failure = new IOException("lost");

    /** Collects garbage until the condition holds. For a task. */
    private static void collectUntil(BooleanSupplier condition) {
        for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
            System.gc();
            sleep(ZERO);
            sleep(ZERO);
        }
        assertTrue(condition.getAsBoolean(), "garbage was not collected");
    }

    private List<EventLoop.Failure> afterCollection(VirtualLoop v) {
        var seen = new java.util.ArrayList<EventLoop.Failure>();
        collectUntil(() -> seen.addAll(v.takeFailures()) || !seen.isEmpty());
        return seen;
    }

    private void dropFailedFuture(VirtualLoop v) {
        v.future().setException(failure);
    }

    private void dropFailedTask() {
        createTask("dropped", () -> {
            throw failure;
        });
    }

    @Test
    void failedFuture_thatBecomesGarbage_isReported() {
        virtually(v -> {
            dropFailedFuture(v);
            var failures = afterCollection(v);
            assertEquals(1, failures.size());
            assertEquals(
                    "Future exception was never retrieved", failures.getFirst().message());
            assertSame(failure, failures.getFirst().exception());
        });
    }

    @Test
    void failedTask_thatBecomesGarbage_isReportedByName() {
        virtually(v -> {
            dropFailedTask();
            sleep(ZERO);
            var failures = afterCollection(v);
            assertEquals(
                    "Task exception was never retrieved: 'dropped'",
                    failures.getFirst().message());
            assertSame(failure, failures.getFirst().exception());
        });
    }

    @Test
    void failure_nobodySawWhenTheLoopIsClosed_isReported() {
        var v = new VirtualLoop();
        var future = v.loop().createFuture();
        future.setException(failure);
        v.close();
        var failures = v.takeFailures();
        assertEquals(1, failures.size());
        assertSame(future, failures.getFirst().future());
    }

    @Test
    void failure_seenInAnyWay_isNotReported() {
        virtually(v -> {
            Future<String> exception = v.future();
            exception.setException(failure);
            assertSame(failure, exception.exception());
            Future<String> result = v.future();
            result.setException(failure);
            assertThrows(IOException.class, result::result);
            Future<String> awaited = v.future();
            awaited.setException(failure);
            assertThrows(IOException.class, () -> await(awaited));
            Future<String> outcome = v.future();
            outcome.setException(failure);
            assertEquals(new Outcome.Failure<>(failure), outcome.outcome());
            Future<String> cancelled = v.future();
            cancelled.setException(failure);
            cancelled.cancel();
        }); // closing reports what nobody saw
    }

    @Test
    void failure_seenBeforeTheFutureBecomesGarbage_isNotReported() {
        virtually(v -> {
            var future = dropSeenFuture(v);
            collectUntil(() -> future.get() == null);
            dropFailedFuture(v); // when this one is reported, the other one would have been
            assertEquals(1, afterCollection(v).size());
        });
    }

    private static WeakReference<Future<String>> dropSeenFuture(VirtualLoop v) {
        Future<String> future = v.future();
        future.setException(new IOException("seen"));
        assertEquals("seen", future.exception().getMessage());
        return new WeakReference<>(future);
    }

    @Test
    void pendingTask_thatBecomesGarbage_isReported() {
        assumeTrue(
                jasyncio.coroutine.Backend.chosen().parksBlockingCalls(),
                "the portable backend's threads are never collected");
        virtually(v -> {
            var task = dropWaitingTask(v);
            collectUntil(() -> task.get() == null);
            var failures = afterCollection(v);
            assertEquals(
                    "Task was destroyed but it is pending!: 'forgotten'",
                    failures.getFirst().message());
            assertNull(failures.getFirst().exception());
        });
    }

    private static WeakReference<Task<String>> dropWaitingTask(VirtualLoop v) {
        Future<String> never = v.future();
        var task = new WeakReference<>(createTask("forgotten", () -> await(never)));
        sleep(ZERO);
        return task;
    }

    @Test
    void pendingTask_whenTheLoopIsClosed_isReported() {
        var v = new VirtualLoop();
        var task = v.loop().task().name("left").start(() -> sleep(ZERO));
        v.close();
        var failures = v.takeFailures();
        assertEquals(1, failures.size());
        assertEquals(
                "Task was destroyed but it is pending!: 'left'",
                failures.getFirst().message());
        assertSame(task, failures.getFirst().future());
    }

    @Test
    void coroutine_thatBecomesGarbageUnused_isLogged() {
        try (var log = new LogCapture()) {
            virtually(v -> {
                var _ = new WeakReference<>(coroutine(() -> 1));
                collectUntil(() -> !log.messages().isEmpty());
            });
            assertEquals(
                    List.of("WARNING: coroutine 'DiagnosticsTest lambda' was never awaited; await(…) it, make it a"
                            + " task, or close() it"),
                    log.messages());
        }
    }

    @Test
    void coroutine_unusedWhenTheLoopIsClosed_isLogged() {
        try (var log = new LogCapture()) {
            var kept = new Object[1];
            virtually(v -> kept[0] = coroutine(() -> 1));
            assertEquals(1, log.messages().size());
            assertTrue(
                    log.messages().getFirst().contains("was never awaited"),
                    log.messages().toString());
        }
    }

    @Test
    void coroutine_usedOrClosed_isNotLogged() {
        try (var log = new LogCapture()) {
            virtually(v -> {
                await(coroutine(() -> 1));
                await(createTask(coroutine(() -> 1)));
                coroutine(() -> 1).close();
                for (int i = 0; i < 3; i++) {
                    System.gc();
                    sleep(ZERO);
                }
            });
            assertEquals(List.of(), log.messages());
        }
    }
}
