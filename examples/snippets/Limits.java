import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String slow(String what) throws IOException {
    sleep(ofSeconds(60));
    return what;
}

void main() throws IOException {
    run(() -> {
        // The short form: two catch clauses for two causes.
        try {
            println(timeout(ofMillis(20), () -> slow("page")));
        } catch (TimeoutException e) {
            println("late");
        } catch (IOException e) {
            println("unreachable");
        }

        // The object: it can be asked, and moved while the body runs.
        var limit = Timeout.after(ofMillis(20));
        try {
            limit.run(() -> {
                limit.reschedule(ofMillis(40));
                slow("page");
            });
        } catch (TimeoutException e) {
            println("expired: " + limit.expired());
        }

        // Only the one that expired turns its cancellation into a TimeoutException.
        try {
            timeout(ofMillis(20), () -> {
                timeout(ofSeconds(60), () -> slow("page"));
            });
        } catch (TimeoutException e) {
            println("the outer one");
        }
    });
}
