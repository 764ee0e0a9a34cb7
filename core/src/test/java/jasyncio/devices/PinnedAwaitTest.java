package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.Task;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An await under a class initialiser cannot move its stack away: an error, not a loop that stands still. */
@LoopOnly
class PinnedAwaitTest {
    private static final AtomicReference<Future<String>> PENDING = new AtomicReference<>();

    private static final class Yields {
        static final String VALUE = value();

        private static String value() {
            Asyncio.sleep(Duration.ZERO);
            return "yielded";
        }
    }

    private static final class Sleeps {
        static final String VALUE = value();

        private static String value() {
            Asyncio.sleep(Duration.ofMillis(1));
            return "slept";
        }
    }

    private static final class Awaits {
        static final String VALUE = Asyncio.await(PENDING.get());
    }

    private static final class StartsEagerly {
        static final Task<?> VALUE = Asyncio.task().eager(true).start(() -> "eager");
    }

    private static final class AwaitsDone {
        static final String VALUE = Asyncio.await(PENDING.get());
    }

    @Test
    void sleepOfZero_inClassInitialiser_failsWithTheReasonAndTheLoopGoesOn() {
        pinned(() -> Yields.VALUE);
    }

    @Test
    void sleep_inClassInitialiser_failsWithTheReasonAndTheLoopGoesOn() {
        pinned(() -> Sleeps.VALUE);
    }

    @Test
    void awaitOfFuture_inClassInitialiser_failsWithTheReasonAndTheLoopGoesOn() {
        pinned(() -> {
            PENDING.set(Asyncio.runningLoop().createFuture());
            return Awaits.VALUE;
        });
    }

    @Test
    void eagerStart_inClassInitialiser_failsWithTheReasonAndTheLoopGoesOn() {
        pinned(() -> StartsEagerly.VALUE);
    }

    @Test
    void awaitOfDoneFuture_inClassInitialiser_needsNoSuspension() {
        String value = Asyncio.run(() -> {
            Future<String> done = Asyncio.runningLoop().createFuture();
            done.setResult("there");
            PENDING.set(done);
            return AwaitsDone.VALUE;
        });
        assertEquals("there", value);
    }

    @Test
    void await_underANativeFrame_failsWithTheReasonAndTheLoopGoesOn() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            Task<Void> sorting = Asyncio.createTask(() -> {
                sortNatively(() -> {
                    var e = assertThrows(IllegalStateException.class, () -> Asyncio.sleep(Duration.ZERO));
                    log.add(e.getMessage().contains("native method") ? "refused" : e.getMessage());
                });
                Asyncio.sleep(Duration.ZERO);
                log.add("sorted");
            });
            Asyncio.createTask(() -> log.add("another task"));
            Asyncio.await(sorting);
        });
        assertEquals(List.of("refused", "another task", "sorted"), log);
    }

    /** Sorts two numbers with the C library, which calls back to compare them. */
    @SuppressWarnings("restricted")
    private static void sortNatively(Runnable atComparison) throws Exception {
        Linker linker = Linker.nativeLinker();
        Comparator<MemorySegment> comparison = (_, _) -> {
            try {
                atComparison.run();
            } catch (AssertionError e) {
                return 0; // what leaves a callback of native code ends the JVM
            }
            return 1;
        };
        MethodHandle compare = MethodHandles.lookup()
                .findVirtual(Comparator.class, "compare", MethodType.methodType(int.class, Object.class, Object.class))
                .bindTo(comparison)
                .asType(MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
        MethodHandle sort = linker.downcallHandle(
                linker.defaultLookup().find("qsort").orElseThrow(),
                FunctionDescriptor.ofVoid(
                        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment callback = linker.upcallStub(
                    compare,
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                    arena);
            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_INT, 2, 1);
            sort.invokeExact(numbers, 2L, 4L, callback);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void pinned(Callable<?> body) {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            Task<?> pinned = Asyncio.createTask(() -> {
                var e = assertThrows(ExceptionInInitializerError.class, body::call);
                var reason = assertInstanceOf(IllegalStateException.class, e.getCause());
                assertTrue(reason.getMessage().contains("class initialiser"), reason.getMessage());
                log.add("refused");
                assertThrows(NoClassDefFoundError.class, body::call, "the class stays broken");
                // Whatever the refused await has left behind must not wake these.
                for (int i = 0; i < 3; i++) {
                    Asyncio.sleep(Duration.ofMillis(2));
                }
                Future<String> future = Asyncio.runningLoop().createFuture();
                Asyncio.runningLoop().callLater(Duration.ofMillis(2), () -> future.setResult("awaited"));
                log.add(Asyncio.await(future));
            });
            Asyncio.createTask(() -> log.add("another task"));
            Asyncio.await(pinned);
        });
        assertEquals(List.of("refused", "another task", "awaited"), log);
    }
}
