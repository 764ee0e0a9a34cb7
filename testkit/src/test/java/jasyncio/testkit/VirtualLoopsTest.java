package jasyncio.testkit;

import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ofDays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualLoopsTest {
    @Test
    void programThatKnowsNothingOfIt_sleepsInVirtualTime() {
        System.setProperty("jasyncio.loopFactory", VirtualLoops.class.getName());
        try {
            for (int run = 0; run < 2; run++) {
                Duration slept = run(() -> {
                    var start = runningLoop().time();
                    sleep(ofDays(365));
                    return Duration.between(start, runningLoop().time());
                });
                assertEquals(ofDays(365), slept);
            }
        } finally {
            System.clearProperty("jasyncio.loopFactory");
        }
    }
}
