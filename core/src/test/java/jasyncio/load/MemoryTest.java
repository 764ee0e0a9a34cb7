package jasyncio.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What tasks and loops leave behind: nothing. */
class MemoryTest {
    private static final int MANY = 100_000;

    /** The loop's queues keep their capacity, a few words for each entry; a task that is kept takes ten times that. */
    private static final long FEW_BYTES = 8L << 20;

    @Test
    void sleepers_thatAreCancelled_leaveNothing() throws InterruptedException {
        try (EventLoop loop = Asyncio.newEventLoop()) {
            loop.runUntilComplete(() -> sleepAndCancel(1_000));
            long before = Garbage.usedHeap();
            loop.runUntilComplete(() -> sleepAndCancel(MANY));
            long growth = Garbage.usedHeap() - before;
            assertTrue(growth < FEW_BYTES, growth + " bytes more after " + MANY + " cancelled sleepers");
            loop.runUntilComplete(() -> assertEquals(1, Asyncio.allTasks().size()));
        }
    }

    private static void sleepAndCancel(int count) {
        List<Task<Void>> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(Asyncio.createTask(() -> Asyncio.sleep(Duration.ofHours(1))));
        }
        Asyncio.sleep(Duration.ZERO);
        tasks.forEach(Task::cancel);
        assertEquals(count, Asyncio.wait(tasks).done().size());
        assertThrows(CancelledError.class, () -> Asyncio.await(tasks.getLast()));
    }

    /** On the portable backend the JVM keeps every parked virtual thread. */
    @Test
    @DisabledIfSystemProperty(named = "jasyncio.backend", matches = "portable")
    void tasks_thatNobodyCanWakeAndNobodyHolds_areCollectedAndReported() throws InterruptedException {
        int count = 20_000;
        Set<String> reported = new HashSet<>();
        var garbage = new Garbage();
        try (EventLoop loop = Asyncio.newEventLoop()) {
            loop.setExceptionHandler(failure -> reported.add(failure.message()));
            loop.runUntilComplete(() -> {
                for (int i = 0; i < count; i++) {
                    garbage.expect(Asyncio.createTask("lost " + i, MemoryTest::waitForNothing));
                }
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(Duration.ZERO);
            });
            garbage.awaitAll();
            loop.runUntilComplete(() -> {
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(Duration.ZERO);
                assertEquals(1, Asyncio.allTasks().size());
            });
        }
        assertEquals(count, reported.size());
        assertTrue(
                reported.stream().allMatch(message -> message.startsWith("Task was destroyed but it is pending!")),
                () -> reported.iterator().next());
    }

    private static void waitForNothing() {
        Future<String> nobodys = Asyncio.runningLoop().createFuture();
        Asyncio.await(nobodys);
    }

    @Test
    void tasks_createdAndAwaited_leaveNothing() {
        assertGrowsByLittle(100_000);
    }

    @Test
    @Tag("load")
    @Timeout(120)
    void aMillionTasks_createdAndAwaited_leaveNothing() {
        assertGrowsByLittle(1_000_000);
    }

    private static void assertGrowsByLittle(int count) {
        Asyncio.run(() -> {
            createAndAwait(10_000);
            long before = Garbage.usedHeap();
            createAndAwait(count);
            long growth = Garbage.usedHeap() - before;
            assertTrue(growth < FEW_BYTES, growth + " bytes more after " + count + " tasks");
        });
    }

    private static void createAndAwait(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            assertEquals(number, Asyncio.await(Asyncio.createTask(() -> number)));
        }
    }

    @Test
    void loop_thatIsClosed_isGarbageWithItsTasksAndTheirThreads() throws InterruptedException {
        var garbage = new Garbage();
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            useALoop(garbage);
            kept.add(new byte[1 << 10]);
        }
        garbage.awaitAll();
        assertEquals(20, kept.size());
    }

    private static void useALoop(Garbage garbage) {
        EventLoop loop = Asyncio.newEventLoop();
        garbage.expect(loop);
        loop.runUntilComplete(() -> {
            Task<Void> task = Asyncio.createTask(() -> {
                garbage.expect(Thread.currentThread());
                Asyncio.sleep(Duration.ZERO);
            });
            garbage.expect(task);
            loop.callSoon(() -> garbage.expect(Thread.currentThread()));
            Asyncio.await(task);
            garbage.expect(Thread.currentThread());
        });
        loop.close();
    }

    /** Threads of tasks that are not done when their loop is closed. */
    @Test
    @DisabledIfSystemProperty(named = "jasyncio.backend", matches = "portable")
    void loop_thatIsClosedOverPendingTasks_isGarbageWithThem() throws InterruptedException {
        var garbage = new Garbage();
        abandon(garbage);
        garbage.awaitAll();
    }

    private static void abandon(Garbage garbage) {
        EventLoop loop = Asyncio.newEventLoop();
        garbage.expect(loop);
        loop.setExceptionHandler(_ -> {});
        loop.runUntilComplete(() -> {
            for (int i = 0; i < 10; i++) {
                garbage.expect(Asyncio.createTask(() -> {
                    garbage.expect(Thread.currentThread());
                    Asyncio.sleep(Duration.ofHours(1));
                }));
            }
            Asyncio.sleep(Duration.ZERO);
        });
        loop.close();
    }
}
