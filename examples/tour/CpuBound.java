/*
 * Pitfall: computing in a coroutine
 * 坑：协程中的 CPU 密集计算
 *
 * Coroutines help those who wait. One who computes holds the loop, and nobody else runs; a thread lets the loop
 * go on.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void compute(int millis) {
    long end = System.nanoTime() + ofMillis(millis).toNanos();
    while (System.nanoTime() < end) {
        Thread.onSpinWait();
    }
}

int count;

String ticksDuring(Runnable body) {
    count = 0;
    var ticker = createTask(() -> {
        while (true) {
            sleep(ofMillis(10));
            count++;
        }
    });
    sleep(ZERO);
    body.run();
    ticker.cancel();
    return count > 3 ? "ticks went on" : "no tick";
}

void main() {
    run(() -> {
        println("in the coroutine: " + ticksDuring(() -> compute(300)));
        println("in a thread: " + ticksDuring(() -> toThread(() -> compute(300))));
    });
}
