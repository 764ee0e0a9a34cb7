/*
 * Pitfall: a coroutine that is never awaited
 * 坑：从未被等待的协程
 *
 * The notes write asyncio.sleep(3) without await: nothing sleeps, and CPython warns.
 *
 * CPython differs: its warning comes at once, ours when the loop finds out, at the latest when it is closed. In
 * Java a plain call cannot be forgotten: sleep(ofSeconds(3)) sleeps. Only a coroutine object can, which
 * ErrorProne refuses at compile time.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

String func() {
    coroutine(() -> sleep(ofSeconds(3))); // nobody awaits it
    return "value";
}

void main() {
    run(() -> {
        var loop = runningLoop();
        var start = loop.time();
        println(func() + " after " + between(start, loop.time()).toMillis() / 1000.0 + " s");
    });
}
