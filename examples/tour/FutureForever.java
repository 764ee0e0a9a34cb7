/*
 * A future that nobody completes
 * 没有人完成的 Future：永远等待
 *
 * Without the limit it would wait for ever. waitFor cancels the future when the time is up.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

void main() {
    run(() -> {
        Future<String> fut = runningLoop().createFuture();

        try {
            waitFor(fut, ofSeconds(1));
        } catch (TimeoutException e) {
            println("stopped: after 1 s nobody has set a result; cancelled: " + fut.cancelled());
        }
    });
}
