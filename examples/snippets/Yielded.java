import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;
import jasyncio.generator.*;

String fetch(String page) {
    sleep(ofMillis(10));
    return page + " fetched";
}

/** What a coroutine was before async/await. */
SendGenerator<Awaitable<?>, Object, String> old() {
    return SendGenerator.of(y -> {
        Object first = y.yield(createTask(() -> fetch("one")));
        Object second = y.yield(createTask(() -> fetch("two")));
        return first + ", " + second;
    });
}

/** A body that awaits: whoever advances the generator is suspended. */
Generator<String> pages() {
    return Generator.of(y -> {
        y.yield(fetch("three"));
        y.yield(fetch("four"));
    });
}

void main() {
    run(() -> {
        println(await(Coroutine.fromGenerator(old())));
        for (String page : pages()) {
            println(page);
        }
    });
}
