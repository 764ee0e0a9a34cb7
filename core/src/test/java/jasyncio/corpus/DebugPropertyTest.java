package jasyncio.corpus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The switch outside of the program that turns debug mode on in every loop. */
class DebugPropertyTest {
    private static final String PROPERTY = "jasyncio.debug";

    private final @Nullable String before = System.getProperty(PROPERTY);

    @AfterEach
    void restore() {
        set(before);
    }

    private static void set(@Nullable String value) {
        if (value == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, value);
        }
    }

    private static boolean debug(@Nullable String value) {
        set(value);
        try (EventLoop loop = Asyncio.newEventLoop()) {
            return loop.debug();
        }
    }

    @Test
    void debugMode_isWhatThePropertySays() {
        assertFalse(debug(null));
        assertTrue(debug("")); // -Djasyncio.debug: unlike an empty variable of the environment, it was asked for
        assertFalse(debug("false"));
        assertTrue(debug("true"));
    }
}
