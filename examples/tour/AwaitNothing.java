/*
 * Pitfall: await of what is not awaitable
 * 坑：等待不可等待的对象
 *
 * An ordinary function returns no awaitable: it has run when it returns.
 *
 * CPython differs: javac refuses await(plain()) for a plain() that returns void or a String. What is left at run
 * time is null.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.*;

Awaitable<String> plain() {
    println("an ordinary function");
    return null;
}

void main() {
    run(() -> {
        try {
            await(plain());
        } catch (NullPointerException e) {
            println("NullPointerException: " + e.getMessage());
        }
    });
}
