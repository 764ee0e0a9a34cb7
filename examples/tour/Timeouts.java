/*
 * Today: a timeout around anything
 * 如今：给任何代码加上超时
 *
 * The body is cancelled when the time is up. A timeout that is an object can be moved.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void main() throws TimeoutException {
    run(() -> {
        var loop = runningLoop();
        var start = loop.time();
        try {
            timeout(ofSeconds(2), () -> {
                println("waiting");
                sleep(ofHours(1));
            });
        } catch (TimeoutException e) {
            println("too late after " + between(start, loop.time()).toMillis() / 1000.0 + " s");
        }

        var limit = Timeout.never();
        limit.run(() -> {
            limit.reschedule(ofSeconds(5));
            sleep(ofSeconds(4));
        });
        println("in time: " + !limit.expired());
    });
}
