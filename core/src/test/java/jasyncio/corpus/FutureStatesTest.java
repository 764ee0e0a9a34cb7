package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.InvalidStateException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FutureStatesTest {

    @Test
    void createFuture_whenNew_isPendingUntilItIsCancelled() {
        virtually(v -> {
            Future<String> future = v.future();
            assertFalse(future.cancelled());
            assertFalse(future.done());
            future.cancel();
            assertTrue(future.cancelled());
        });
    }

    @Test
    void runningLoop_outsideTasksAndCallbacks_isRefused() {
        var e = assertThrows(
                IllegalStateException.class, () -> Asyncio.runningLoop().createFuture());
        assertTrue(e.getMessage().startsWith("No running event loop"), e.getMessage());
    }

    @Test
    void createFuture_ofTheRunningLoop_belongsToIt() {
        virtually(v -> assertSame(v.loop(), runningLoop().createFuture().loop()));
    }

    @Test
    void setException_whenPending_isSeenByReadersAndRefusesEverythingElse() {
        virtually(v -> {
            Future<String> future = v.future();
            assertThrows(InvalidStateException.class, future::exception);
            var failure = new IOException("broken");
            future.setException(failure);
            assertFalse(future.cancelled());
            assertTrue(future.done());
            assertSame(failure, assertThrows(IOException.class, future::result));
            assertSame(failure, future.exception());
            assertThrows(InvalidStateException.class, () -> future.setResult("late"));
            assertThrows(InvalidStateException.class, () -> future.setException(new IOException("late")));
            assertFalse(future.cancel());
            assertSame(failure, future.exception());
        });
    }

    @Test
    void await_ofOneFutureTwice_suspendsTheFirstTimeOnly() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask(() -> {
                v.log("before");
                v.log(await(future));
                v.loop().callSoon(() -> v.log("next iteration"));
                v.log(await(future) + " again");
            });
            sleep(ZERO);
            assertEquals(List.of("before"), v.log());
            future.setResult("value");
            await(task);
            assertEquals(List.of("before", "value", "value again"), v.log().subList(0, 3));
        });
    }

    @Test
    void sleep_whoseTimerIsDueAfterItsTaskWasCancelled_isCancelledWithoutComplaint() {
        virtually(v -> {
            var task = createTask(() -> sleep(ofSeconds(1)));
            v.loop().callLater(ofSeconds(1), task::cancel); // due first: the sleep begins afterwards
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(List.of(), v.takeFailures());
            assertEquals(ofSeconds(1), v.elapsed());
        });
    }
}
