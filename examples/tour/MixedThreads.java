/*
 * Coroutines, and threads for what blocks
 * 协程与线程混合
 *
 * A driver that blocks runs in a thread while the loop goes on. In a jasyncio task it may also be called
 * directly (BlockingCall); toThread is for what would block the loop: files, computing, and everything on the
 * portable backend.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

String query(int n) throws InterruptedException {
    Thread.sleep(200); // a driver that blocks
    return "row " + n;
}

String page(int n) {
    sleep(ofMillis(200));
    return "page " + n;
}

void main() {
    run(() -> {
        var start = runningLoop().time();
        println(await(gather(() -> page(1), () -> toThread(() -> query(1)), () -> page(2), () -> toThread(() -> query(2)))));
        println("at the same time: " + (between(start, runningLoop().time()).toMillis() < 700));
    });
}
