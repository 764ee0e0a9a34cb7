package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Asyncio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** System properties that turn something on. */
class SwitchesTest {
    @ParameterizedTest
    @ValueSource(strings = {"-Djasyncio.debug=yes", "-Djasyncio.watchdog.fail=1"})
    void neitherOnNorOff_isNamed(String option) throws Exception {
        try (ChildJvm child = ChildJvm.start(Program.class, option)) {
            child.awaitLine("Neither true nor false: " + option);
            child.output(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"-Djasyncio.debug, true", "-Djasyncio.debug=True, true", "-Djasyncio.debug=false, false"})
    void debug_isOnOrOff(String option, boolean on) throws Exception {
        try (ChildJvm child = ChildJvm.start(Program.class, option)) {
            assertEquals("debug: " + on, child.output(0));
        }
    }

    @Test
    void debug_notGiven_isOff() throws Exception {
        try (ChildJvm child = ChildJvm.start(Program.class)) {
            assertEquals("debug: false", child.output(0));
        }
    }

    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            Asyncio.run(
                    () -> System.out.println("debug: " + Asyncio.runningLoop().debug()));
        }
    }
}
