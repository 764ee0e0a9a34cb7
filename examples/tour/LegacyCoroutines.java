/*
 * Coroutines made of generators, as with the decorator of Python 3.4
 * 基于生成器的协程（Python 3.4 的装饰器）
 *
 * A generator that yields what it waits for can be run as a coroutine: somebody awaits each of these and sends
 * the result back in. Python removed asyncio.coroutine in 3.11; Coroutine.fromGenerator does what it did.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;
import jasyncio.generator.*;

Coroutine<Void> func1() {
    return Coroutine.fromGenerator(SendGenerator.of(y -> {
        println(1);
        y.yield(coroutine(() -> sleep(ofSeconds(2)))); // the other task runs meanwhile
        println(3);
        return null;
    }));
}

Coroutine<Void> func2() {
    return Coroutine.fromGenerator(SendGenerator.of(y -> {
        println(2);
        y.yield(coroutine(() -> sleep(ofSeconds(2))));
        println(4);
        return null;
    }));
}

void main() {
    try (var loop = newEventLoop()) {
        var tasks = List.of(loop.createTask(func1()), loop.createTask(func2()));
        loop.runUntilComplete(() -> Asyncio.wait(tasks));
    }
}
