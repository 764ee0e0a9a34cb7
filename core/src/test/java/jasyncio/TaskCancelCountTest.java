package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a task was cancelled, what takes a cancellation back, and who may refuse it. */
class TaskCancelCountTest {

    @Test
    void cancel_twiceBeforeDelivery_throwsOnceWithTheFirstMessageAndCountsTwo() {
        virtually(v -> {
            var task = createTask(() -> {
                int caught = 0;
                for (int i = 0; i < 3; i++) {
                    try {
                        sleep(ofSeconds(1));
                    } catch (CancelledError e) {
                        caught++;
                        v.log(e.getMessage());
                    }
                }
                return caught;
            });
            sleep(ZERO);
            task.cancel("first");
            task.cancel("second");
            assertEquals(2, task.cancelling());
            assertEquals(1, await(task));
            assertEquals(List.of("first"), v.log());
        });
    }

    @Test
    void cancel_thatIsCaught_leavesTheTaskFinishedAndTheCountUp() {
        virtually(v -> {
            var task = createTask(() -> {
                try {
                    sleep(ofSeconds(1));
                    return "slept";
                } catch (CancelledError _) {
                    sleep(ofSeconds(5));
                    return "survived";
                }
            });
            sleep(ZERO);
            task.cancel();
            assertEquals("survived", await(task));
            assertFalse(task.cancelled());
            assertEquals(1, task.cancelling());
            assertEquals(ofSeconds(5), v.elapsed());
        });
    }

    @Test
    void cancelledError_thrownWithoutCancel_cancelsTheTask() {
        virtually(v -> {
            Task<String> task = createTask(() -> {
                throw new CancelledError("own");
            });
            assertEquals(
                    "own", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertTrue(task.cancelled());
            assertEquals(0, task.cancelling());
        });
    }

    @Test
    void cancel_whenDone_returnsFalseAndDoesNotCount() {
        virtually(v -> {
            var task = createTask(() -> "done");
            await(task);
            assertFalse(task.cancel());
            assertEquals(0, task.cancelling());
            assertEquals("done", task.result());
        });
    }

    @Test
    void uncancel_toZero_withdrawsWhatIsNotDelivered() {
        virtually(v -> {
            var task = createTask(() -> {
                var self = currentTask();
                self.cancel();
                self.cancel();
                assertEquals(1, self.uncancel());
                assertEquals(0, self.uncancel());
                assertEquals(0, self.uncancel());
                sleep(ZERO);
                return "free";
            });
            assertEquals("free", await(task));
        });
    }

    @Test
    void uncancel_notToZero_withdrawsNothing() {
        virtually(v -> {
            var task = createTask(() -> {
                currentTask().cancel("first");
                currentTask().cancel("second");
                currentTask().uncancel();
                sleep(ZERO);
            });
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(1, task.cancelling());
        });
    }

    @Test
    void cancel_whileItAwaitsATaskThatRefuses_leavesBothToFinish() {
        virtually(v -> {
            var stubborn = createTask(() -> {
                try {
                    sleep(ofSeconds(1));
                    return "slept";
                } catch (CancelledError _) {
                    return "refused";
                }
            });
            var waiting = createTask(() -> await(stubborn));
            sleep(ZERO);
            waiting.cancel();
            assertEquals("refused", await(waiting));
            assertFalse(waiting.cancelled());
        });
    }
}
