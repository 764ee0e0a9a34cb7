package jasyncio.bench.peer;

import static jasyncio.Asyncio.sleep;

import jasyncio.generator.AsyncGenerator;
import java.time.Duration;

/** The work with jasyncio's asynchronous generators, iterated by a plain {@code for} in a task. */
final class AsyncGeneratorWork {

    private AsyncGeneratorWork() {}

    static void suspending(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            Expect.sumBelow(n, sum(AsyncGenerator.of(y -> {
                for (int i = 0; i < n; i++) {
                    sleep(Duration.ZERO);
                    y.yield(i);
                }
            })));
        }
    }

    static void plain(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            Expect.sumBelow(n, sum(AsyncGenerator.of(y -> {
                for (int i = 0; i < n; i++) {
                    y.yield(i);
                }
            })));
        }
    }

    private static long sum(AsyncGenerator<Integer> values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
