import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

int square(int n) throws IOException {
    if (n < 0) {
        throw new IOException("no roots of " + n);
    }
    return n * n;
}

void main() {
    run(() -> {
        // A CompletionStage is awaited as it is, and its failure comes without wrappers.
        println(await(CompletableFuture.supplyAsync(() -> 6 * 7)));

        try (var pool = Executors.newFixedThreadPool(2)) {
            // Any executor, as a future of the loop.
            println(await(gather(runInExecutor(pool, () -> square(3)), runInExecutor(pool, () -> square(4)))));

            // await rethrows the very exception; naming its class lets javac know.
            try {
                println(await(runInExecutor(pool, () -> square(-1)), IOException.class));
            } catch (IOException e) {
                println(e.getMessage());
            }

            // A future that can only be waited for.
            println(await(wrapBlocking(pool.submit((Callable<Integer>) () -> square(5)))));
        }

        // The other way: a task as a CompletableFuture.
        println(await(createTask(() -> "task").toCompletableFuture().thenApply(String::length)));
    });
}
