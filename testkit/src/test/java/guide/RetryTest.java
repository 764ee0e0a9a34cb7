package guide;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.testkit.JasyncioTest;
import jasyncio.testkit.OrderLog;
import jasyncio.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;

class RetryTest {
    private int calls;

    /** What is tested: doubles the pause after each failure. */
    String fetchWithRetries() throws IOException {
        for (Duration pause = ofSeconds(1); ; pause = pause.multipliedBy(2)) {
            try {
                return fetch();
            } catch (IOException e) {
                if (pause.compareTo(ofMinutes(1)) > 0) {
                    throw e;
                }
                sleep(pause);
            }
        }
    }

    private String fetch() throws IOException {
        if (++calls < 5) {
            throw new IOException("busy");
        }
        return "page";
    }

    @JasyncioTest
    void fetch_thatFailsFourTimes_isRetriedWithPauses(VirtualClock clock) throws IOException {
        assertEquals("page", fetchWithRetries());
        assertEquals(ofSeconds(1 + 2 + 4 + 8), clock.elapsed());
    }

    @JasyncioTest
    void task_beginsWhenItsCreatorSuspends(OrderLog log) {
        log.expect(1);
        createTask(() -> log.expect(3));
        log.expect(2);
        sleep(ofSeconds(1));
        log.finish(4);
    }
}
