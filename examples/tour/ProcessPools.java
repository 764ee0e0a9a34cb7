/*
 * The futures of process pools
 * 进程池的 Future（concurrent.futures）
 *
 * Jobs run in child JVMs, and are serialized on the way: a Job is a lambda that can be, and calls static methods. Java computes on
 * all cores with threads; a process is for what may crash, leak or run out of memory.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.*;
import jasyncio.executor.ProcessPoolExecutor;
import java.util.concurrent.CompletableFuture;

static int square(int n) {
    return n * n;
}

static ProcessPoolExecutor.Job<Integer> job(int n) {
    return () -> square(n);
}

void demonstrate(ProcessPoolExecutor pool) throws ExecutionException, InterruptedException {
    // A future of the pool: get() blocks its caller.
    var plain = pool.submit(() -> square(3));
    println("concurrent future: " + (plain instanceof CompletableFuture<?>) + " " + plain.get());

    // The same wrapped, or made by the loop: awaited.
    var wrapped = wrapFuture(pool.submit(() -> square(4)));
    println("asyncio future: " + (wrapped instanceof Future<?>) + " " + await(wrapped));
    println("run_in_executor: " + await(runInExecutor(pool, job(5))));
    println("gathered: "
            + await(gather(IntStream.range(0, 4)
                    .mapToObj(n -> runInExecutor(pool, job(n)))
                    .toList())));

    long pid = ProcessHandle.current().pid();
    println("in this process: " + (await(pool.submit(() -> ProcessHandle.current().pid())) == pid));
    println("mapped: " + pool.map(n -> square(n), IntStream.range(0, 5).boxed().toList(), 2).toList());
}

void main() throws ExecutionException {
    try (var pool = new ProcessPoolExecutor(2)) {
        run(() -> demonstrate(pool));
    }
}
