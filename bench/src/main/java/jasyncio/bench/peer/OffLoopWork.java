package jasyncio.bench.peer;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.runInExecutor;
import static jasyncio.Asyncio.toThread;

import jasyncio.Future;
import jasyncio.executor.ProcessPoolExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** The work that is done off the loop, on threads and in processes, with jasyncio. */
final class OffLoopWork {

    static final int GATHERED = 1_000;
    private static final int CHILDREN = 2;

    private OffLoopWork() {}

    static void toThreadInSequence(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            long sum = 0;
            for (int i = 0; i < n; i++) {
                int value = i;
                sum += toThread(() -> value);
            }
            Expect.sumBelow(n, sum);
        }
    }

    static void toThreadGathered(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            long sum = 0;
            for (int from = 0; from < n; from += GATHERED) {
                List<Future<Integer>> calls = new ArrayList<>(GATHERED);
                for (int i = from; i < from + GATHERED; i++) {
                    int value = i;
                    calls.add(createTask(() -> toThread(() -> value)));
                }
                for (int value : await(gather(calls))) {
                    sum += value;
                }
            }
            Expect.sumBelow(n, sum);
        }
    }

    static void process(Meter meter) {
        try (var pool = new ProcessPoolExecutor(CHILDREN)) {
            while (meter.more()) {
                int n = meter.batch();
                List<Future<Integer>> jobs = new ArrayList<>(n);
                for (int i = 0; i < n; i++) {
                    jobs.add(runInExecutor(pool, job(i)));
                }
                long sum = 0;
                for (int value : await(gather(jobs))) {
                    sum += value;
                }
                Expect.sumBelow(n, sum);
            }
        }
    }

    private static ProcessPoolExecutor.Job<Integer> job(int value) {
        return () -> value;
    }

    static void foreign(Meter meter, int window) {
        var completer = new Completer();
        while (meter.more()) {
            int n = meter.batch();
            Queue<CompletableFuture<Integer>> outstanding = new ArrayDeque<>(window);
            long sum = 0;
            for (int i = 0; i < n; i++) {
                if (outstanding.size() == window) {
                    sum += await(outstanding.remove());
                }
                outstanding.add(completer.ask(i));
            }
            while (!outstanding.isEmpty()) {
                sum += await(outstanding.remove());
            }
            Expect.sumBelow(n, sum);
        }
    }
}
