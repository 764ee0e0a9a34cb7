package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.task;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ContextVarTest {
    private final ContextVar<String> user = new ContextVar<>("user");
    private final ContextVar<String> color = new ContextVar<>("color", "red");

    @Test
    void get_withoutValue_givesTheDefaultOrRefuses() {
        assertEquals("red", color.get());
        var e = assertThrows(NoSuchElementException.class, user::get);
        assertTrue(
                e.getMessage().startsWith("<ContextVar name='user'> has no value in this context; set(…) one"),
                e.getMessage());
        assertEquals("other", user.orElse("other"));
        assertEquals("other", color.orElse("other"));
    }

    @Test
    void set_andClose_bringBackWhatWasThere() {
        try (var _ = user.set("ada")) {
            assertEquals("ada", user.get());
            try (var _ = user.set("grace")) {
                assertEquals("grace", user.get());
            }
            assertEquals("ada", user.get());
        }
        assertNull(user.orElse(null));
    }

    @Test
    void set_toNull_isAValue() {
        try (var _ = color.set(null)) {
            assertNull(color.get());
            assertNull(color.orElse("other"));
        }
        assertEquals("red", color.get());
    }

    @Test
    void reset_withAWrongToken_isRefused() {
        var token = user.set("ada");
        assertThrows(IllegalArgumentException.class, () -> color.reset(token));
        var foreign = assertThrows(
                IllegalArgumentException.class, () -> Context.empty().run(() -> user.reset(token)));
        assertTrue(foreign.getMessage().contains("created in a different context"), foreign.getMessage());
        user.reset(token);
        var used = assertThrows(IllegalStateException.class, () -> user.reset(token));
        assertTrue(used.getMessage().endsWith("has already been used once"), used.getMessage());
        token.close();
    }

    @Test
    void task_seesACopyOfItsCreatorsContext() {
        virtually(v -> {
            var _ = user.set("main");
            var child = createTask(() -> {
                v.log(user.get());
                var _ = user.set("child");
                sleep(ZERO);
                v.log(user.get());
            });
            var _ = user.set("changed");
            await(child);
            v.log(user.get());
            assertEquals(List.of("main", "child", "changed"), v.log());
        });
    }

    @Test
    void taskWithAContext_runsInThatVeryContext() {
        virtually(v -> {
            var context = Context.copyCurrent();
            var child = task().context(context).start(() -> {
                var _ = user.set("child");
            });
            assertSame(context, child.context());
            await(child);
            assertEquals("child", context.run(user::get));
            assertEquals("none", user.orElse("none"));
        });
    }

    @Test
    void callbacks_seeTheContextOfTheirScheduling() {
        virtually(v -> {
            try (var _ = user.set("soon")) {
                v.loop().callSoon(() -> v.log(user.get()));
            }
            try (var _ = user.set("later")) {
                v.loop().callLater(ZERO, () -> v.log(user.get()));
            }
            try (var _ = user.set("safe")) {
                v.loop().callSoonThreadsafe(() -> v.log(user.get()));
            }
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(List.of("soon", "safe", "later"), v.log());
        });
    }

    @Test
    void callbacks_doNotLeakIntoEachOther() {
        virtually(v -> {
            v.loop().callSoon(() -> {
                var _ = user.set("first");
            });
            v.loop().callSoon(() -> v.log(user.orElse("none")));
            sleep(ZERO);
            assertEquals(List.of("none"), v.log());
        });
    }

    @Test
    void run_inAContext_keepsWhatTheBodySetsThere() {
        var context = Context.empty();
        assertEquals("red", context.run(() -> {
            var _ = user.set("ada");
            return color.get();
        }));
        assertEquals("none", user.orElse("none"));
        assertEquals(Map.of(user, "ada"), context.values());
        assertEquals("ada", context.copy().run(user::get));
        assertThrows(UnsupportedOperationException.class, () -> context.values().clear());
    }

    @Test
    void run_inAnEnteredContext_isRefused() {
        var context = Context.empty();
        var e = assertThrows(IllegalStateException.class, () -> context.run(() -> context.run(() -> {})));
        assertEquals("Cannot enter a context that is already entered; run a copy() of it", e.getMessage());
        context.run(() -> {}); // left again
    }

    @Test
    void run_acrossAnAwait_staysWithItsTask() {
        virtually(v -> {
            var context = Context.empty();
            var own = currentTask().context();
            var other = createTask(() -> {
                sleep(ZERO);
                return user.orElse("none");
            });
            context.run(() -> {
                var _ = user.set("inside");
                sleep(ZERO);
                assertSame(own, currentTask().context()); // as in CPython: the task's, not the one that is entered
                v.log(user.get());
            });
            v.log(user.orElse("none"));
            v.log(await(other));
            assertEquals(List.of("inside", "none", "none"), v.log());
        });
    }

    @Test
    void run_whenTheBodyThrows_leavesTheContext() {
        var context = Context.empty();
        assertThrows(
                ArithmeticException.class,
                () -> context.run(() -> {
                    var _ = user.set("ada");
                    throw new ArithmeticException();
                }));
        assertEquals("none", user.orElse("none"));
        context.run(() -> {});
    }
}
