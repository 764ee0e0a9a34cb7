/*
 * The futures of thread pools
 * 线程池的 Future（concurrent.futures）
 *
 * What concurrent.futures is in Python is java.util.concurrent here. Its futures block a thread that asks for
 * the result; wrapped, or made by runInExecutor, they are awaited.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.*;

int blocking(int n) throws InterruptedException {
    Thread.sleep(20);
    return n * n;
}

void demonstrate(ExecutorService pool) throws ExecutionException, InterruptedException {
    // A future of the pool: get() blocks its caller.
    var plain = pool.submit(() -> blocking(3));
    println("concurrent future: " + (plain instanceof java.util.concurrent.Future<?>) + " " + plain.get());

    // The same wrapped, or made by the loop: awaited.
    var wrapped = wrapBlocking(pool.submit(() -> blocking(4)));
    println("asyncio future: " + (wrapped instanceof Future<?>) + " " + await(wrapped));
    println("run_in_executor: " + await(runInExecutor(pool, () -> blocking(5))));
    println("gathered: "
            + await(gather(IntStream.range(0, 4)
                    .mapToObj(n -> runInExecutor(pool, () -> blocking(n)))
                    .toList())));
}

void main() throws ExecutionException {
    try (var pool = Executors.newFixedThreadPool(4)) {
        run(() -> demonstrate(pool));
    }
}
