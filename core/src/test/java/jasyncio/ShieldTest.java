package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ShieldTest {

    private static String slow() {
        sleep(ofSeconds(5));
        return "value";
    }

    private static String failing() throws IOException {
        sleep(ofSeconds(5));
        throw new IOException("broken");
    }

    @Test
    void shield_undisturbed_givesTheInnerValue() {
        virtually(v -> {
            assertEquals("value", await(shield(createTask(ShieldTest::slow))));
            assertEquals("body", await(shield(() -> "body")));
            await(shield(() -> v.log("void")));
            assertEquals(1, v.log().size());
        });
    }

    @Test
    void shield_ofADoneFuture_isThatFuture() {
        virtually(v -> {
            Future<String> done = v.future();
            done.setResult("value");
            assertSame(done, shield(done));
        });
    }

    @Test
    void cancel_ofTheWaitingTask_leavesTheInnerOneRunning() {
        virtually(v -> {
            var inner = createTask(ShieldTest::slow);
            var waiting = createTask(() -> await(shield(inner)));
            sleep(ofSeconds(1));
            waiting.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            assertFalse(inner.done());
            assertEquals(0, inner.cancelling());
            assertEquals("value", await(inner));
        });
    }

    @Test
    void cancel_ofTheInnerOne_cancelsTheOuterOne() {
        virtually(v -> {
            var inner = createTask(ShieldTest::slow);
            var outer = shield(inner);
            sleep(ZERO);
            inner.cancel();
            assertThrows(CancelledError.class, () -> await(outer));
            assertTrue(outer.cancelled());
        });
    }

    @Test
    void failure_ofTheInnerOne_isTheOuterOnes() {
        virtually(v -> {
            var inner = createTask(ShieldTest::failing);
            var e = assertThrows(IOException.class, () -> await(shield(inner)));
            assertSame(inner.exception(), e);
        });
    }

    @Test
    void failure_afterTheOuterOneWasCancelled_goesToTheExceptionHandler() {
        virtually(v -> {
            var inner = createTask(ShieldTest::failing);
            var outer = shield(inner);
            sleep(ZERO);
            outer.cancel();
            sleep(ofSeconds(6));
            var failures = v.takeFailures();
            assertEquals(1, failures.size());
            assertEquals(
                    "IOException exception in shielded future",
                    failures.getFirst().message());
            assertSame(inner, failures.getFirst().future());
            assertSame(inner.exception(), failures.getFirst().exception());
        });
    }

    @Test
    void success_afterTheOuterOneWasCancelled_isNobodysBusiness() {
        virtually(v -> {
            var inner = createTask(ShieldTest::slow);
            var outer = shield(inner);
            sleep(ZERO);
            outer.cancel();
            sleep(ofSeconds(6));
            assertEquals("value", inner.result());
        });
    }
}
