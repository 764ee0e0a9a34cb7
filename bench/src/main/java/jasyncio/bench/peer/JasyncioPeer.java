package jasyncio.bench.peer;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;

import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TimerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The work, written with jasyncio; the other peers do the same, line by line.
 *
 * <table>
 * <caption>What one operation is</caption>
 * <tr><td>{@code switch}</td><td>one {@code sleep(0)} in the only task of a loop: out of the task, through the ready queue, back into it</td></tr>
 * <tr><td>{@code spawn}</td><td>one task created, run and awaited for its value, one after the other</td></tr>
 * <tr><td>{@code wake}</td><td>one hand-over: a task makes a fresh future for itself, completes the one that the other task awaits, and awaits</td></tr>
 * <tr><td>{@code sleepers}</td><td>one of a million tasks, each with a deadline of its own, from its creation until all have woken and been awaited</td></tr>
 * <tr><td>{@code sleepers-heap}</td><td>one of a million tasks, asleep</td></tr>
 * <tr><td>{@code timers}</td><td>one {@code callLater}; every second one is then cancelled, and the others all fire. The deadlines come in no order</td></tr>
 * <tr><td>{@code queue-1}, {@code queue-100}</td><td>one item that the only producer puts into a queue of that capacity and the only consumer gets</td></tr>
 * <tr><td>{@code lock}</td><td>one acquisition by one of ten tasks, held across a {@code sleep(0)}, and the release</td></tr>
 * <tr><td>{@code semaphore}</td><td>one permit taken by one of a thousand tasks and held across a {@code sleep(0)}, and given back; there are ten</td></tr>
 * <tr><td>{@code generator}</td><td>one number yielded by a generator to a loop that adds it up</td></tr>
 * <tr><td>{@code generator-driven}</td><td>the same to a {@code forEach}</td></tr>
 * <tr><td>{@code delegate}</td><td>the same as {@code generator}, through ten generators that delegate to each other</td></tr>
 * <tr><td>{@code greenlet}</td><td>one switch between two greenlets</td></tr>
 * <tr><td>{@code asyncgen}</td><td>one number yielded by an asynchronous generator, a {@code sleep(0)} before it</td></tr>
 * <tr><td>{@code asyncgen-plain}</td><td>the same without the {@code sleep(0)}</td></tr>
 * <tr><td>{@code tothread-seq}</td><td>one {@code toThread} of a body that returns a number, awaited</td></tr>
 * <tr><td>{@code tothread-gathered}</td><td>the same, a thousand at a time, each in a task</td></tr>
 * <tr><td>{@code process}</td><td>one job that returns a number, submitted to a pool of two child processes; the results are gathered</td></tr>
 * <tr><td>{@code foreign-1}, {@code foreign-100}</td><td>one {@code CompletableFuture} handed to another thread, completed there and awaited, with
 * as many outstanding</td></tr>
 * </table>
 */
public final class JasyncioPeer {

    /** Prime, so that {@code i * STRIDE % n} visits every slot once. */
    static final long STRIDE = 7919;

    static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private JasyncioPeer() {}

    public static void main(String... arguments) {
        Plan plan = Plan.parse(arguments);
        Meter meter = new Meter(plan);
        if (!GeneratorWork.work(plan.work(), meter)) {
            run(() -> work(plan.work(), meter));
        }
        System.out.println(meter.sample().toJson());
    }

    private static void work(String name, Meter meter) {
        switch (name) {
            case "switch" -> switches(meter);
            case "spawn" -> spawn(meter);
            case "wake" -> wake(meter);
            case "sleepers" -> sleepers(meter);
            case "sleepers-heap" -> sleepersHeap(meter);
            case "timers" -> timers(meter);
            case "queue-1" -> PrimitiveWork.queue(meter, 1);
            case "queue-100" -> PrimitiveWork.queue(meter, 100);
            case "lock" -> PrimitiveWork.lock(meter);
            case "semaphore" -> PrimitiveWork.semaphore(meter);
            case "asyncgen" -> AsyncGeneratorWork.suspending(meter);
            case "asyncgen-plain" -> AsyncGeneratorWork.plain(meter);
            case "tothread-seq" -> OffLoopWork.toThreadInSequence(meter);
            case "tothread-gathered" -> OffLoopWork.toThreadGathered(meter);
            case "process" -> OffLoopWork.process(meter);
            case "foreign-1" -> OffLoopWork.foreign(meter, 1);
            case "foreign-100" -> OffLoopWork.foreign(meter, 100);
            default -> throw new IllegalArgumentException("Unknown work " + name);
        }
    }

    private static void switches(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            for (int i = 0; i < n; i++) {
                sleep(Duration.ZERO);
            }
        }
    }

    private static void spawn(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            long sum = 0;
            for (int i = 0; i < n; i++) {
                int value = i;
                sum += await(createTask(() -> value));
            }
            Expect.sumBelow(n, sum);
        }
    }

    private static void wake(Meter meter) {
        EventLoop loop = runningLoop();
        while (meter.more()) {
            int rounds = meter.batch() / 2;
            List<Future<Integer>> court = new ArrayList<>(List.of(loop.createFuture(), loop.createFuture()));
            Task<?> left = createTask(() -> play(loop, court, 0, rounds));
            Task<?> right = createTask(() -> play(loop, court, 1, rounds));
            court.get(0).setResult(0);
            await(left);
            await(right);
            Expect.equal(2L * rounds, court.get(0).result());
        }
    }

    private static void play(EventLoop loop, List<Future<Integer>> court, int me, int rounds) {
        for (int i = 0; i < rounds; i++) {
            int value = await(court.get(me));
            court.set(me, loop.createFuture());
            court.get(1 - me).setResult(value + 1);
        }
    }

    private static void sleepers(Meter meter) {
        while (meter.more()) {
            for (Task<?> task : asleep(meter.batch(), meter.delay())) {
                await(task);
            }
        }
    }

    private static void sleepersHeap(Meter meter) {
        UsedHeap heap = UsedHeap.now();
        List<Task<?>> tasks = asleep(meter.batch(), LONG_ENOUGH);
        sleep(Duration.ZERO);
        heap.reportAndHalt(tasks.size());
    }

    private static List<Task<?>> asleep(int n, Duration delay) {
        List<Task<?>> tasks = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Duration deadline = delay.plusNanos(1_000L * i);
            tasks.add(createTask(() -> sleep(deadline)));
        }
        return tasks;
    }

    private static void timers(Meter meter) {
        EventLoop loop = runningLoop();
        while (meter.more()) {
            int n = meter.batch();
            long step = meter.delay().toNanos() / n;
            Future<Integer> fired = loop.createFuture();
            int[] left = {n / 2};
            Runnable callback = () -> {
                if (--left[0] == 0) {
                    fired.setResult(n / 2);
                }
            };
            TimerHandle[] handles = new TimerHandle[n];
            for (int i = 0; i < n; i++) {
                handles[i] = loop.callLater(Duration.ofNanos(i * STRIDE % n * step), callback);
            }
            for (int i = 0; i < n; i += 2) {
                handles[i].cancel();
            }
            Expect.equal(n / 2, await(fired));
        }
    }
}
