package jasyncio.generator;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Synchronous generators in the tasks and callbacks of a loop. */
class InTasksTest {

    private static Generator<Integer> sleeping(VirtualLoop v, int count) {
        return Generator.of(y -> {
            try {
                for (int i = 1; i <= count; i++) {
                    sleep(Duration.ofSeconds(1));
                    y.yield(i);
                }
            } finally {
                v.log("finally");
            }
        });
    }

    @Test
    void body_thatAwaits_suspendsTheTaskThatAdvancesIt() {
        virtually(v -> {
            Task<Integer> sum = createTask(() -> {
                int total = 0;
                for (int each : sleeping(v, 3)) {
                    v.log("got " + each);
                    total += each;
                }
                return total;
            });
            sleep(Duration.ofMillis(1500));
            v.log("meanwhile");
            assertEquals(6, await(sum));
            assertEquals(List.of("got 1", "meanwhile", "got 2", "got 3", "finally"), v.log());
            assertEquals(Duration.ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void delegateThatAwaits_suspendsTheTaskThatAdvancesTheOutermost() {
        virtually(v -> {
            Generator<Integer> generator = Generator.of(y -> {
                y.yieldFrom(sleeping(v, 1));
                y.yieldFrom(sleeping(v, 1));
            });
            assertEquals(List.of(1, 1), generator.stream().toList());
            assertEquals(Duration.ofSeconds(2), v.elapsed());
        });
    }

    @Test
    void twoTasks_advanceTheirGeneratorsInTurn() {
        virtually(v -> {
            Task<?> a = createTask(() -> sleeping(v, 2).forEach(each -> v.log("a " + each)));
            Task<?> b = createTask(() -> sleeping(v, 2).forEach(each -> v.log("b " + each)));
            await(a);
            await(b);
            assertEquals(List.of("a 1", "b 1", "a 2", "finally", "b 2", "finally"), v.log());
        });
    }

    @Test
    void cancellation_arrivesAtTheAwaitInTheBody() {
        virtually(v -> {
            Generator<Integer> generator = sleeping(v, 3);
            Task<Integer> task = createTask(() -> generator.next());
            sleep(Duration.ofMillis(500));
            task.cancel("enough");
            var error = assertThrows(CancelledError.class, () -> await(task));
            assertEquals("enough", error.getMessage());
            assertEquals(List.of("finally"), v.log());
            assertEquals(Generator.State.CLOSED, generator.state());
        });
    }

    @Test
    void failure_ofWhatTheBodyAwaits_isThrownIntoIt() {
        virtually(v -> {
            Future<Integer> future = v.future();
            var failure = new IllegalArgumentException("bad");
            Generator<String> generator = Generator.of(y -> {
                try {
                    y.yield("value " + await(future));
                } catch (IllegalArgumentException e) {
                    y.yield("failure " + e.getMessage());
                }
            });
            v.loop().callSoon(() -> future.setException(failure));
            assertEquals("failure bad", generator.next());
        });
    }

    @Test
    void anotherTask_isRefused() {
        virtually(v -> {
            Generator<Integer> generator = sleeping(v, 2);
            assertEquals(1, generator.next());
            var refusal = assertThrows(IllegalStateException.class, () -> await(createTask(() -> generator.next())));
            assertTrue(refusal.getMessage().startsWith("Cannot resume on "), refusal.getMessage());
            assertEquals(2, generator.next());
            generator.close();
        });
    }

    @Test
    void callback_mayAdvanceItsOwn_butNotATasks() {
        virtually(v -> {
            Generator<Integer> mine = Generator.of(y -> {
                y.yield(1);
                y.yield(2);
            });
            mine.next();
            Future<Throwable> refusal = v.future();
            v.loop().callSoon(() -> {
                assertEquals(
                        List.of(1, 2),
                        Generator.of(y -> y.yieldFrom(List.of(1, 2))).stream().toList());
                refusal.setResult(assertThrows(IllegalStateException.class, mine::next));
            });
            assertTrue(await(refusal).getMessage().startsWith("Cannot resume on "));
            assertEquals(2, mine.next());
        });
    }

    @Test
    void currentTask_insideTheBody_isTheOneThatAdvances() {
        virtually(v -> {
            Generator<Task<?>> generator = Generator.of(y -> {
                while (true) {
                    y.yield(currentTask());
                    sleep(Duration.ZERO);
                }
            });
            for (int i = 0; i < 3; i++) {
                assertSame(currentTask(), generator.next());
            }
            generator.close();
        });
    }
}
