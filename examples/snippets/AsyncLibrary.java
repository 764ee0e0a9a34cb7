import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import jasyncio.executor.LoopExecutor;

/** A library that answers on threads of its own, after some milliseconds. */
CompletableFuture<String> fetch(String key, int millis) {
    var later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> key.toUpperCase(Locale.ROOT), later);
}

void main() throws TimeoutException {
    run(() -> {
        // Awaited as it is.
        println(await(fetch("one", 1)));

        // Several at a time, and with a limit: as futures of the loop.
        println(await(gather(wrapFuture(fetch("two", 20)), wrapFuture(fetch("three", 1)))));
        var slow = fetch("slow", 60_000);
        try {
            timeout(ofMillis(10), () -> println(await(slow)));
        } catch (TimeoutException e) {
            println("too slow, and cancelled: " + slow.isCancelled());
        }

        // Its callbacks on the loop, where what the tasks use needs no lock.
        var cache = new HashMap<String, String>();
        await(fetch("four", 1).thenAcceptAsync(value -> cache.put("four", value), LoopExecutor.of(runningLoop())));
        println(cache);

        // A task for a library that wants a CompletionStage.
        var answer = createTask(() -> {
            sleep(ofMillis(1));
            return 42;
        });
        println(await(answer.toCompletableFuture().thenApply(n -> "the answer is " + n)));
    });
}
