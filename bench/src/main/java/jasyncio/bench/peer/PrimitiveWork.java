package jasyncio.bench.peer;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;

import jasyncio.Task;
import jasyncio.queue.Queue;
import jasyncio.sync.Held;
import jasyncio.sync.Lock;
import jasyncio.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The work with jasyncio's queues, locks and semaphores. */
final class PrimitiveWork {

    private static final int LOCK_TASKS = 10;
    private static final int SEMAPHORE_TASKS = 1_000;
    private static final int PERMITS = 10;

    private PrimitiveWork() {}

    static void queue(Meter meter, int capacity) {
        while (meter.more()) {
            int n = meter.batch();
            Queue<Integer> items = new Queue<>(capacity);
            Task<?> producer = createTask(() -> produce(items, n));
            Task<Long> consumer = createTask(() -> consume(items, n));
            await(producer);
            Expect.sumBelow(n, await(consumer));
        }
    }

    private static void produce(Queue<Integer> items, int n) {
        for (int i = 0; i < n; i++) {
            items.put(i);
        }
    }

    private static long consume(Queue<Integer> items, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += items.get();
        }
        return sum;
    }

    static void lock(Meter meter) {
        while (meter.more()) {
            Lock lock = new Lock();
            crowd(meter.batch(), lock::acquire, LOCK_TASKS, 1);
        }
    }

    static void semaphore(Meter meter) {
        while (meter.more()) {
            Semaphore semaphore = new Semaphore(PERMITS);
            crowd(meter.batch(), semaphore::acquire, SEMAPHORE_TASKS, PERMITS);
        }
    }

    private static void crowd(int n, Supplier<Held> door, int tasks, int places) {
        Room room = new Room();
        List<Task<?>> visitors = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            visitors.add(createTask(() -> visit(door, room, n / tasks)));
        }
        for (Task<?> visitor : visitors) {
            await(visitor);
        }
        room.expect(n, places);
    }

    private static void visit(Supplier<Held> door, Room room, int times) {
        for (int i = 0; i < times; i++) {
            try (var _ = door.get()) {
                room.enter();
                sleep(Duration.ZERO);
                room.leave();
            }
        }
    }
}
