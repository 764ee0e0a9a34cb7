import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import java.util.concurrent.Executors;

/** How many primes there are from {@code from} to below {@code to}. */
long primes(int from, int to) {
    return IntStream.range(Math.max(2, from), to)
            .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0))
            .count();
}

void main() {
    try (var cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
        run(() -> {
            var clock = createTask("clock", () -> {
                sleep(ofMillis(1));
                println("the loop goes on");
            });
            var parts = IntStream.range(0, 10)
                    .mapToObj(part -> runInExecutor(cores, () -> primes(part * 100_000, (part + 1) * 100_000)))
                    .toList();
            await(clock);
            long sum = 0;
            for (long count : await(gather(parts))) {
                sum += count;
            }
            println("primes below a million: " + sum);
        });
    }
}
