import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.sync.Event;

void main() {
    run(() -> {
        var finished = new Event();
        try {
            await(createTask(() -> finished.wait())); // compiles, since every object has wait()
        } catch (IllegalMonitorStateException e) {
            println(e.getMessage());
            println(e.getSuppressed()[0].getMessage());
        }
    });
}
