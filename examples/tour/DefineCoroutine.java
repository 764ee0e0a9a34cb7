/*
 * Define a coroutine, and run it
 * 定义一个协程并运行
 *
 * The coroutine object exists before anything has run; the loop runs it.
 *
 * CPython differs: a coroutine says where it was written, as Java has no names for lambdas.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void doSomeWork(int x) {
    println("waiting: " + x);
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var coroutine = coroutine(() -> doSomeWork(2));
        println(coroutine);
        loop.runUntilComplete(coroutine);

        println("Time: " + between(start, loop.time()).toMillis() / 1000.0);
    }
}
