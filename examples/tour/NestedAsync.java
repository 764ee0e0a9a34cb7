/*
 * Pitfall: is an await needed here too?
 * 坑：嵌套协程还需要 await 吗？
 *
 * In Python each async def on the way needs its await: without it there is only a coroutine object. In Java a
 * call is a call.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String test() {
    sleep(ofSeconds(1));
    return "test";
}

String test2() {
    var data = test();
    return data;
}

boolean forgetful() {
    Object data = coroutine(() -> test());
    boolean forgotten = data instanceof Coroutine;
    ((Coroutine<?>) data).close();
    return forgotten;
}

void main() {
    run(() -> {
        println("with await: " + test2());
        println("without, a coroutine object: " + forgetful());
    });
}
