/*
 * four(): two coroutines gathered
 * four()：用 gather 收集两个协程
 *
 * Three seconds and one second, at the same time: three seconds. The shorter one ends first.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String doSomething(String name, int t) {
    println("start !>> " + name);
    sleep(ofSeconds(t));
    println("Stop coroutine " + name);
    return "Coroutine " + name + " OK";
}

void main() {
    try (var loop = newEventLoop()) {
        var start = loop.time();
        var task1 = loop.createTask(() -> doSomething("wlb", 3));
        var task2 = loop.createTask(() -> doSomething("yyh", 1));
        var gathered = gather(task1, task2);
        loop.runUntilComplete(gathered);
        println("task1 " + task1.result());
        println("task2 " + task2.result());
        println("total time:%.4f".formatted(between(start, loop.time()).toNanos() / 1e9));
    }
}
