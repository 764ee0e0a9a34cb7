package jasyncio.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.devices.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot work on the portable backend fails there with the watchdog's reason and the cure; none of it hangs. */
class PortableBlockingTest {
    private static final int AT_LEAST = 100;

    @Test
    @Timeout(120)
    void testsTaggedBlocking_onThePortableBackend_allFailWithTheWatchdogsMessage() throws Exception {
        try (ChildJvm child = ChildJvm.start(
                TaggedBlocking.class,
                "-Djasyncio.backend=portable",
                "-Djasyncio.watchdog=0.5",
                "-Djasyncio.watchdog.fail=true")) {
            List<String> lines = child.output(0).lines().toList();
            List<String> otherwise = lines.stream()
                    .filter(line -> line.startsWith(TaggedBlocking.OTHERWISE))
                    .toList();
            assertEquals("", String.join("\n", otherwise), "ended otherwise than by the watchdog");
            long stalled = lines.stream()
                    .filter(line -> line.startsWith(TaggedBlocking.STALLED))
                    .count();
            assertTrue(stalled >= AT_LEAST, stalled + " tests ended by the watchdog");
        }
    }
}
