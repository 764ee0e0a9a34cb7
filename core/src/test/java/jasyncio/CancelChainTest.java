package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runCoroutineThreadsafe;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.VirtualLoop;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cancellations that go a long way, and what they take along. */
class CancelChainTest {
    private static final int LONG = 50_000;

    @Test
    void cancel_ofTheLastOfManyTasks_cancelsThemAll() {
        run(() -> {
            Task<Integer> first = createTask(() -> await(runningLoop().<Integer>createFuture()));
            Task<Integer> last = first;
            for (int i = 0; i < LONG; i++) {
                Task<Integer> before = last;
                last = createTask(() -> await(before));
            }
            sleep(Duration.ZERO);
            Task<Integer> cancelled = last;
            assertTrue(cancelled.cancel("all"));
            assertEquals(
                    "all",
                    assertThrows(CancelledError.class, () -> await(cancelled)).getMessage());
            assertTrue(first.cancelled());
        });
    }

    @Test
    void cancel_ofTasksThatAwaitEachOther_isRefusedByName() {
        run(() -> {
            var tasks = new Task<?>[2];
            tasks[0] = createTask("hen", () -> await(tasks[1]));
            tasks[1] = createTask("egg", () -> await(tasks[0]));
            sleep(Duration.ZERO);
            var refused = assertThrows(IllegalStateException.class, () -> tasks[0].cancel());
            assertTrue(
                    refused.getMessage().contains("cycle")
                            && refused.getMessage().contains("hen"),
                    refused::getMessage);
            tasks[0].doNotReportLoss();
            tasks[1].doNotReportLoss();
            breakCycle(tasks[0]);
        });
    }

    /** Lets the loop end: nobody else could. */
    private static void breakCycle(Task<?> task) {
        task.cancelledWith(null);
    }

    @Test
    void timeout_ofAnAwaitedStage_hasCancelledItWhenItIsCaught() {
        run(() -> {
            var stage = new CompletableFuture<String>();
            assertThrows(TimeoutException.class, () -> timeout(Duration.ofMillis(1), () -> await(stage)));
            assertTrue(stage.isCancelled());
        });
    }

    @Test
    void close_withTasksThatOtherThreadsWaitFor_tellsThem() {
        EventLoop loop = Asyncio.newEventLoop();
        CompletableFuture<@Nullable Void> asked = runCoroutineThreadsafe(loop, () -> sleep(Duration.ofDays(1)));
        loop.close();
        assertThrows(CancellationException.class, asked::join);
    }

    @Test
    void timeout_inACycleOfTasks_isReportedAndDoesNotEndTheLoop() {
        var v = new VirtualLoop();
        try (v) {
            v.run(() -> {
                var tasks = new Task<?>[2];
                tasks[0] = createTask("hen", () -> await(tasks[1]));
                tasks[1] = createTask("egg", () -> timeout(Duration.ofSeconds(1), () -> await(tasks[0])));
                var bystander = createTask(() -> {
                    sleep(Duration.ofSeconds(2));
                    return "finished";
                });
                assertEquals("finished", await(bystander));
                assertEquals(1, v.takeFailures().size());
                tasks[0].doNotReportLoss();
                tasks[1].doNotReportLoss();
                breakCycle(tasks[0]);
            });
        }
    }
}
