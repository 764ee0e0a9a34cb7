import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.executor.*;

/** Code that knows threads only, and calls a handler on them. */
void legacyServer(UnaryOperator<String> handler) {
    for (String request : List.of("a", "b")) {
        println(handler.apply(request));
    }
}

String answer(String request) {
    sleep(ofMillis(1)); // it may await
    return "answer to " + request;
}

void main() {
    run(() -> {
        try (var portal = new BlockingPortal()) {
            toThread(() -> legacyServer(request -> {
                try {
                    return portal.call(() -> answer(request));
                } catch (InterruptedException e) {
                    return "interrupted";
                }
            }));
        } // awaits what is still under way, and lets nobody in any more

        var numbers = new SharedQueue<Integer>(2);
        var producer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 5; i++) {
                    numbers.sync().put(i); // blocks this thread while the queue is full
                }
                numbers.shutdown();
            } catch (InterruptedException e) {
                numbers.shutdownNow();
            }
        });
        for (int number : numbers.async()) { // suspends this task while it is empty
            println(number);
        }
        toThread(() -> producer.join());
    });
}
