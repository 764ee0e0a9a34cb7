package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.Asyncio;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocking calls from tasks. */
class ToThreadTest {
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void toThread_returnsWhatTheBodyReturns() {
        virtually(v -> {
            int answer = toThread(() -> IntStream.of(40, 2).sum());
            assertEquals(42, answer);
        });
    }

    @Test
    void toThread_throwsWhatTheBodyThrows() {
        virtually(v -> {
            var failure = new IllegalStateException("test");
            assertSame(
                    failure,
                    assertThrows(
                            IllegalStateException.class,
                            () -> toThread(() -> {
                                throw failure;
                            })));
        });
    }

    @Test
    void toThread_withOrWithoutAValue_callsTheBodyOnce() {
        virtually(v -> {
            toThread(() -> {
                calls.incrementAndGet();
            });
            assertEquals(1, calls.get());
            assertEquals(2, toThread(calls::incrementAndGet));
            assertEquals(2, calls.get());
        });
    }

    @Test
    void toThread_byTenTasks_callsEachBodyOnce() {
        virtually(v -> {
            List<Callable<Integer>> bodies = IntStream.range(0, 10)
                    .<Callable<Integer>>mapToObj(_ -> () -> toThread(calls::incrementAndGet))
                    .toList();
            var tasks = bodies.stream().map(Asyncio::createTask).toList();
            List<Integer> numbers = await(gather(tasks));
            assertEquals(
                    IntStream.rangeClosed(1, 10).boxed().toList(),
                    numbers.stream().sorted().toList());
            assertEquals(10, calls.get());
        });
    }

    @Test
    void toThread_bodyUsesTheCallersLocals_onAnotherThread() {
        virtually(v -> {
            String text = "test";
            boolean something = true;
            Thread caller = Thread.currentThread();
            String seen = toThread(() -> {
                assertNotEquals(caller, Thread.currentThread());
                return text + something;
            });
            assertEquals("testtrue", seen);
        });
    }
}
