package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.sync.BoundedSemaphore;
import jasyncio.sync.Condition;
import jasyncio.sync.Lock;
import jasyncio.sync.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks as the scope of a block, and coroutines that await each other. */
class CoroutinesAndScopesTest {

    private interface Acquire {
        AutoCloseable acquire();
    }

    private static void assertHeldWithinTheBlock(Acquire primitive, BooleanSupplier locked) {
        virtually(v -> {
            sleep(ofMillis(10));
            assertFalse(locked.getAsBoolean());
            try (var _ = primitive.acquire()) {
                assertTrue(locked.getAsBoolean());
                sleep(ofMillis(10));
                assertTrue(locked.getAsBoolean());
            }
            assertFalse(locked.getAsBoolean());
        });
        assertFalse(locked.getAsBoolean());
    }

    @Test
    void lockConditionAndSemaphores_areHeldWithinTheBlock() {
        var lock = new Lock();
        assertHeldWithinTheBlock(lock::acquire, lock::locked);
        var condition = new Condition();
        assertHeldWithinTheBlock(condition::acquire, condition::locked);
        var semaphore = new Semaphore(1);
        assertHeldWithinTheBlock(semaphore::acquire, semaphore::locked);
        var bounded = new BoundedSemaphore(1);
        assertHeldWithinTheBlock(bounded::acquire, bounded::locked);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void coroutineThatAwaitsACoroutine_withAndWithoutDebugMode_givesItsValue(boolean debug) {
        virtually(v -> {
            v.loop().setDebug(debug);
            var inner = coroutine(() -> {
                sleep(ZERO);
                return "spam";
            });
            assertEquals("spam", await(coroutine(() -> await(inner))));
            v.loop().setDebug(false);
        });
    }

    @Test
    void await_ofACoroutineThatATaskIsRunning_isRefused() {
        virtually(v -> {
            v.loop().setDebug(true);
            var coroutine = coroutine(() -> sleep(ofMillis(100)));
            var task = createTask(coroutine);
            sleep(ZERO);
            var e = assertThrows(IllegalStateException.class, () -> await(coroutine));
            assertTrue(e.getMessage().startsWith("Cannot reuse <Coroutine "), e.getMessage());
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            v.loop().setDebug(false);
        });
    }
}
