package jasyncio.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.generator.AsyncGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Many items, many tasks at one generator, many generators that nobody goes on with. */
class AsyncGeneratorLoadTest {
    private static final int GENERATORS = 20_000;
    private static final long AT_MOST = TimeUnit.SECONDS.toNanos(60);
    private static final long FEW_BYTES = 8L << 20;

    private int closed;

    @Test
    @Timeout(60)
    void aNewTaskForEachItem_getsTheNextOne() {
        advanceByNewTasks(100_000);
    }

    @Test
    @Tag("load")
    @Timeout(300)
    void aNewTaskForEachOfAMillionItems_getsTheNextOne() {
        advanceByNewTasks(1_000_000);
    }

    /** Each item is asked for by a task of its own, which must see itself, and its own thread, in the body. */
    private static void advanceByNewTasks(int count) {
        AsyncGenerator<Task<?>> generator = AsyncGenerator.of(y -> {
            while (true) {
                Asyncio.sleep(Duration.ZERO);
                y.yield(Asyncio.currentTask());
            }
        });
        Asyncio.run(() -> {
            for (int i = 0; i < count; i++) {
                Asyncio.await(Asyncio.createTask(() -> {
                    Thread thread = Thread.currentThread();
                    assertEquals(Asyncio.currentTask(), generator.anext());
                    assertEquals(thread, Thread.currentThread());
                    Asyncio.sleep(Duration.ZERO);
                    assertEquals(thread, Thread.currentThread());
                }));
            }
            generator.close();
        });
    }

    @Test
    @Timeout(120)
    void generatorsThatNobodyHolds_areClosedByTheirLoop() {
        closeAbandoned(GENERATORS);
    }

    @Test
    @Tag("load")
    @Timeout(300)
    void aHundredThousandGeneratorsThatNobodyHolds_areClosedByTheirLoop() {
        closeAbandoned(100_000);
    }

    private void closeAbandoned(int count) {
        try (EventLoop loop = Asyncio.newEventLoop()) {
            loop.runUntilComplete(() -> abandonAndWait(1_000));
            long before = Garbage.usedHeap();
            loop.runUntilComplete(() -> abandonAndWait(count));
            long growth = Garbage.usedHeap() - before;
            assertTrue(growth < FEW_BYTES, growth + " bytes more after " + count + " abandoned generators");
        }
    }

    private void abandonAndWait(int count) {
        closed = 0;
        for (int i = 0; i < count; i++) {
            assertEquals(1, open().anext());
        }
        long begin = System.nanoTime();
        while (closed < count && System.nanoTime() - begin < AT_MOST) {
            System.gc();
            Asyncio.sleep(Duration.ofMillis(20));
        }
        assertEquals(count, closed, "generators closed");
        Asyncio.sleep(Duration.ZERO);
        assertEquals(1, Asyncio.allTasks().size());
    }

    private AsyncGenerator<Integer> open() {
        return AsyncGenerator.of(y -> {
            try {
                y.yield(1);
            } finally {
                Asyncio.sleep(Duration.ZERO);
                closed++;
            }
        });
    }

    /** The iterator is all that a plain {@code for} holds. */
    @Test
    void generator_underALoop_isHeldByIt() {
        Asyncio.run(() -> {
            int expected = 1;
            for (int i : counting(20)) {
                System.gc();
                Asyncio.sleep(Duration.ofMillis(1));
                assertEquals(expected++, i);
            }
            assertEquals(21, expected);
        });
    }

    private static AsyncGenerator<Integer> counting(int limit) {
        return AsyncGenerator.of(y -> {
            for (int i = 1; i <= limit; i++) {
                Asyncio.sleep(Duration.ZERO);
                y.yield(i);
            }
        });
    }

    /** On the portable backend the JVM keeps every parked virtual thread. */
    @Test
    @DisabledIfSystemProperty(named = "jasyncio.backend", matches = "portable")
    void tasksThatWaitInAGeneratorForNothing_areCollectedWithIt() throws InterruptedException {
        Set<String> reported = new HashSet<>();
        var garbage = new Garbage();
        try (EventLoop loop = Asyncio.newEventLoop()) {
            loop.setExceptionHandler(failure -> reported.add(failure.message()));
            loop.runUntilComplete(() -> {
                for (int i = 0; i < 100; i++) {
                    AsyncGenerator<String> generator = waitingForNothing();
                    garbage.expect(Asyncio.createTask("lost " + i, generator::anext));
                    garbage.expect(generator);
                }
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(Duration.ZERO);
            });
            garbage.awaitAll();
            loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        }
        assertEquals(100, reported.size());
    }

    private static AsyncGenerator<String> waitingForNothing() {
        return AsyncGenerator.of(y -> {
            Future<String> nobodys = Asyncio.runningLoop().createFuture();
            y.yield(Asyncio.await(nobodys));
        });
    }

    @Test
    void items_leaveNothing() {
        Asyncio.run(() -> {
            long sum = 0;
            for (int i : counting(10_000)) {
                sum += i;
            }
            long before = Garbage.usedHeap();
            for (int i : counting(200_000)) {
                sum += i;
            }
            long growth = Garbage.usedHeap() - before;
            assertTrue(growth < FEW_BYTES, growth + " bytes more");
            assertEquals(50_005_000L + 20_000_100_000L, sum);
        });
    }

    @Test
    void cancelledConsumers_leaveNothing() {
        Asyncio.run(() -> {
            List<Task<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                tasks.add(Asyncio.createTask(waitingForNothing()::anext));
            }
            Asyncio.sleep(Duration.ZERO);
            tasks.forEach(Task::cancel);
            assertEquals(1_000, Asyncio.wait(tasks).done().size());
            assertTrue(tasks.stream().allMatch(Task::cancelled), () -> CancelledError.class + " expected");
            assertEquals(1, Asyncio.allTasks().size());
        });
    }
}
