package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoroutineTest {

    @Test
    void coroutine_whenCreated_doesNotRun() {
        virtually(v -> {
            var coroutine = coroutine(() -> v.log("body"));
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(List.of(), v.log());
            await(coroutine);
            assertEquals(List.of("body"), v.log());
        });
    }

    @Test
    void await_ofACoroutine_runsItInTheCallersTaskWithoutYielding() {
        virtually(v -> {
            Task<?> caller = currentTask();
            v.ticks(1);
            assertSame(caller, await(coroutine(Asyncio::currentTask)));
            assertEquals(List.of(), v.log());
            sleep(ZERO);
        });
    }

    @Test
    void await_ofACoroutine_sharesTheCallersContext() {
        virtually(v -> {
            var user = new ContextVar<String>("user");
            await(coroutine(() -> {
                var _ = user.set("ada");
            }));
            assertEquals("ada", user.get());
        });
    }

    @Test
    void await_ofAFailingCoroutine_throwsTheVeryObject() {
        virtually(v -> {
            var failure = new IOException("broken");
            Coroutine<String> coroutine = coroutine(() -> {
                throw failure;
            });
            assertSame(failure, assertThrows(IOException.class, () -> await(coroutine)));
        });
    }

    @Test
    void coroutine_usedTwice_isRefused() {
        virtually(v -> {
            var coroutine = coroutine(() -> "once");
            assertEquals("once", await(coroutine));
            var again = assertThrows(IllegalStateException.class, () -> await(coroutine));
            assertTrue(
                    again.getMessage().startsWith("Cannot reuse <Coroutine CoroutineTest lambda used>"),
                    again.getMessage());
            assertTrue(again.getMessage().endsWith("create another one"), again.getMessage());
            assertThrows(IllegalStateException.class, () -> createTask(coroutine));
        });
    }

    @Test
    void createTask_ofACoroutine_runsItOnce() {
        virtually(v -> {
            var coroutine = coroutine(() -> "value");
            var task = createTask(coroutine);
            assertThrows(IllegalStateException.class, () -> await(coroutine));
            assertEquals("value", await(task));
        });
    }

    @Test
    void close_beforeUse_dropsTheBody() {
        virtually(v -> {
            var coroutine = coroutine(() -> v.log("body"));
            coroutine.close();
            coroutine.close();
            assertThrows(IllegalStateException.class, () -> await(coroutine));
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void gather_ofOneCoroutineTwice_runsItOnceForBothPlaces() {
        virtually(v -> {
            var coroutine = coroutine(() -> {
                v.log("run");
                return "value";
            });
            assertEquals(List.of("value", "value"), await(gather(coroutine, coroutine)));
            assertEquals(List.of("run"), v.log());
        });
    }

    @Test
    void coroutine_createdOutside_runsOnAnyLoop() {
        var coroutine = coroutine(() -> 42);
        virtually(v -> assertEquals(42, await(coroutine)));
    }

    @Test
    void name_ofALambda_isTheClassItWasWrittenIn() {
        var coroutine = coroutine(() -> 42);
        assertEquals("CoroutineTest lambda", coroutine.name());
        assertEquals("<Coroutine CoroutineTest lambda>", coroutine.toString());
        coroutine.close();
        assertEquals("<Coroutine CoroutineTest lambda used>", coroutine.toString());
    }
}
