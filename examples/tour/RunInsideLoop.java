/*
 * Pitfall: run inside a running loop
 * 坑：在运行中的事件循环里再次 run
 *
 * What the notebook of the notes shows at every cell: its loop is running already. There is nothing to run then:
 * await, or just call.
 *
 * CPython differs: the messages are not the same.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

String func() {
    return "value";
}

void cell() {
    var coroutine = coroutine(() -> func());
    try {
        run(coroutine);
    } catch (IllegalStateException e) {
        println("IllegalStateException: " + e.getMessage());
    }
    println("just await it: " + await(coroutine));
}

void main() {
    run(() -> cell());
}
