import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.EventLoop;

void otherThread(EventLoop loop) {
    try {
        var greeting = runCoroutineThreadsafe(loop, () -> {
            sleep(ofMillis(10));
            return "computed on the loop";
        });
        println(greeting.get()); // blocks this thread, not the loop
        loop.callSoon(() -> println("never"));
    } catch (ExecutionException | InterruptedException e) {
        println(e);
    } catch (IllegalStateException e) {
        println("refused: " + e.getMessage());
    }
    loop.callSoonThreadsafe(() -> println("called on the loop"));
}

void main() {
    run(() -> {
        var loop = runningLoop();
        var thread = Thread.ofPlatform().name("other").start(() -> otherThread(loop));
        toThread(() -> thread.join());
    });
}
