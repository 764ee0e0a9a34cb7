package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.wrapFuture;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class WrappedFutureTest {
    private static final Executor THREAD = body -> Thread.ofPlatform().start(body);

    @Test
    void wrapFuture_ofWorkOnAnotherThread_givesItsValueOnTheLoop() {
        virtually(v -> {
            Thread here = Thread.currentThread();
            var future = wrapFuture(CompletableFuture.supplyAsync(Thread::currentThread, THREAD));
            assertNotEquals(here, await(future));
            assertSame(here, Thread.currentThread());
        });
    }

    @Test
    void wrapFuture_inATask_belongsToItsLoop() {
        virtually(v ->
                assertSame(v.loop(), wrapFuture(new CompletableFuture<String>()).loop()));
    }

    @Test
    void wrapFuture_outsideALoop_isRefused() {
        var e = assertThrows(
                IllegalStateException.class,
                () -> wrapFuture(new CompletableFuture<String>()).cancel());
        assertTrue(e.getMessage().startsWith("No running event loop"), e.getMessage());
    }

    @Test
    void cancel_ofAWrappedFuture_cancelsBoth() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            var future = wrapFuture(stage);
            assertTrue(future.cancel());
            sleep(ZERO);
            assertTrue(stage.isCancelled());
            assertTrue(future.cancelled());
        });
    }

    @Test
    void cancel_whenTheStageHasItsValueAlready_leavesItThere() {
        virtually(v -> {
            var stage = new CompletableFuture<String>();
            var future = wrapFuture(stage);
            stage.complete("value");
            assertTrue(future.cancel());
            sleep(ZERO);
            sleep(ZERO);
            assertFalse(stage.isCancelled());
            assertEquals("value", stage.join());
            assertTrue(future.cancelled());
        });
    }

    @Test
    void wrapFuture_ofEachEnd_takesItOver() {
        virtually(v -> {
            assertEquals("value", await(wrapFuture(CompletableFuture.completedFuture("value"))));
            var failure = new IOException("broken");
            var failed = wrapFuture(CompletableFuture.<String>failedFuture(failure));
            var stage = new CompletableFuture<String>();
            stage.cancel(false);
            var cancelled = wrapFuture(stage);
            sleep(ZERO);
            sleep(ZERO);
            assertSame(failure, failed.exception());
            assertEquals(0, failure.getSuppressed().length);
            assertTrue(cancelled.cancelled());
        });
    }
}
