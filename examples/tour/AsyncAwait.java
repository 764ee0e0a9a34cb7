/*
 * Coroutines as ordinary methods, where Python has async and await
 * async 与 await：普通方法就是协程
 *
 * Any method may suspend in the middle. The task waits there, and the loop runs the other one.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void func1() {
    println(1);
    sleep(ofSeconds(2)); // the other task runs meanwhile
    println(3);
}

void func2() {
    println(2);
    sleep(ofSeconds(2));
    println(4);
}

void main() {
    try (var loop = newEventLoop()) {
        var tasks = List.of(loop.createTask(() -> func1()), loop.createTask(() -> func2()));
        loop.runUntilComplete(() -> Asyncio.wait(tasks));
    }
}
