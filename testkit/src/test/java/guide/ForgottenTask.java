package guide;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ofSeconds;

import jasyncio.testkit.JasyncioTest;

class ForgottenTask {
    @JasyncioTest
    void start_returns() {
        createTask("heartbeat", () -> {
            while (true) {
                sleep(ofSeconds(10));
            }
        });
    }
}
