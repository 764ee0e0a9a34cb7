import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.greenlet.*;

void main() {
    run(() -> {
        var other = createTask(() -> {
            sleep(ofMillis(50));
            println("another task goes on");
        });
        var napping = Greenlet.of(() -> {
            sleep(ofMillis(150)); // the whole task waits, as in any method
            return "slept in a greenlet";
        });
        println(napping.switchTo());
        await(other);
    });
}
