package jasyncio.bench.peer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The work, written with the JDK's virtual threads on their default scheduler.
 *
 * <p>A switch is {@code Thread.yield}, which is what {@code Thread.sleep(0)} does. There is no callback timer on virtual threads: a timer is a thread that sleeps, and
 * to cancel it is to interrupt it.
 */
public final class VirtualThreadPeer {

    private VirtualThreadPeer() {}

    public static void main(String... arguments) throws Exception {
        Plan plan = Plan.parse(arguments);
        Meter meter = new Meter(plan);
        FutureTask<Sample> work = new FutureTask<>(() -> {
            work(plan.work(), meter);
            return meter.sample();
        });
        Thread.ofVirtual().name("work").start(work);
        System.out.println(work.get().toJson());
    }

    private static void work(String name, Meter meter) throws Exception {
        switch (name) {
            case "switch" -> switches(meter);
            case "spawn" -> spawn(meter);
            case "wake" -> wake(meter);
            case "sleepers" -> sleepers(meter);
            case "sleepers-heap" -> sleepersHeap(meter);
            case "timers" -> timers(meter);
            case "foreign-1" -> foreign(meter, 1);
            case "foreign-100" -> foreign(meter, 100);
            default -> throw new IllegalArgumentException("Unknown work " + name);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield is what is measured
    private static void switches(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            for (int i = 0; i < n; i++) {
                Thread.yield();
            }
        }
    }

    private static void spawn(Meter meter) throws InterruptedException, ExecutionException {
        while (meter.more()) {
            int n = meter.batch();
            long sum = 0;
            for (int i = 0; i < n; i++) {
                int value = i;
                FutureTask<Integer> task = new FutureTask<>(() -> value);
                Thread.startVirtualThread(task);
                sum += task.get();
            }
            Expect.sumBelow(n, sum);
        }
    }

    private static void wake(Meter meter) throws InterruptedException {
        while (meter.more()) {
            int rounds = meter.batch() / 2;
            List<CompletableFuture<Integer>> court =
                    new ArrayList<>(List.of(new CompletableFuture<>(), new CompletableFuture<>()));
            Thread left = Thread.startVirtualThread(() -> play(court, 0, rounds));
            Thread right = Thread.startVirtualThread(() -> play(court, 1, rounds));
            court.get(0).complete(0);
            left.join();
            right.join();
            Expect.equal(2L * rounds, court.get(0).join());
        }
    }

    /** A player's own slot is published to the other player by completing the future he waits on. */
    private static void play(List<CompletableFuture<Integer>> court, int me, int rounds) {
        for (int i = 0; i < rounds; i++) {
            int value = court.get(me).join();
            court.set(me, new CompletableFuture<>());
            court.get(1 - me).complete(value + 1);
        }
    }

    private static void sleepers(Meter meter) throws InterruptedException {
        while (meter.more()) {
            for (Thread thread : asleep(meter.batch(), meter.delay())) {
                thread.join();
            }
        }
    }

    private static void sleepersHeap(Meter meter) throws InterruptedException {
        UsedHeap heap = UsedHeap.now();
        List<Thread> threads = asleep(meter.batch(), JasyncioPeer.LONG_ENOUGH);
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
        }
        heap.reportAndHalt(threads.size());
    }

    private static List<Thread> asleep(int n, Duration delay) {
        List<Thread> threads = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Duration deadline = delay.plusNanos(1_000L * i);
            threads.add(Thread.startVirtualThread(() -> sleep(deadline)));
        }
        return threads;
    }

    private static boolean sleep(Duration delay) {
        try {
            Thread.sleep(delay);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void foreign(Meter meter, int window) {
        Completer completer = new Completer();
        while (meter.more()) {
            int n = meter.batch();
            Queue<CompletableFuture<Integer>> outstanding = new ArrayDeque<>(window);
            long sum = 0;
            for (int i = 0; i < n; i++) {
                if (outstanding.size() == window) {
                    sum += outstanding.remove().join();
                }
                outstanding.add(completer.ask(i));
            }
            while (!outstanding.isEmpty()) {
                sum += outstanding.remove().join();
            }
            Expect.sumBelow(n, sum);
        }
    }

    private static void timers(Meter meter) throws InterruptedException {
        while (meter.more()) {
            int n = meter.batch();
            long step = meter.delay().toNanos() / n;
            AtomicInteger fired = new AtomicInteger();
            Thread[] threads = new Thread[n];
            for (int i = 0; i < n; i++) {
                Duration delay = Duration.ofNanos(i * JasyncioPeer.STRIDE % n * step);
                threads[i] = Thread.startVirtualThread(() -> {
                    if (sleep(delay)) {
                        fired.incrementAndGet();
                    }
                });
            }
            for (int i = 0; i < n; i += 2) {
                threads[i].interrupt();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (fired.get() < n / 2) {
                throw new IllegalStateException("Only %d of %d timers fired".formatted(fired.get(), n / 2));
            }
        }
    }
}
