package jasyncio.testkit;

import static jasyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.net.Net;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process lives in the machine's time; a clock that jumps waits for it. */
@DisabledOnOs(OS.WINDOWS)
class SubprocessTimeTest {
    @Test
    void process_underATimeout_isWaitedForReally() throws Exception {
        var clock = new VirtualClock();
        try (var loop = clock.newEventLoop()) {
            loop.runUntilComplete(() -> {
                try (var p = Net.createSubprocessShell("sleep 0.1; echo done")) {
                    var output = timeout(Duration.ofMillis(1), () -> p.communicate());
                    assertEquals("done\n", new String(output.stdout(), java.nio.charset.StandardCharsets.UTF_8));
                }
            });
        }
        assertEquals(Duration.ZERO, clock.elapsed());
    }
}
