package jasyncio;

import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code -Djasyncio.loopFactory}: who makes the loops of a program that does not say. */
class LoopFactoryTest {
    /** Makes loops that tell where they come from. */
    public static final class Named implements Supplier<EventLoop> {
        @Override
        public EventLoop get() {
            return Asyncio.newEventLoop(options -> options.name("from-the-factory"));
        }
    }

    /** Makes no loops. */
    public static final class Text implements Supplier<String> {
        @Override
        public String get() {
            return "no loop";
        }
    }

    /** Cannot be created. */
    public static final class Hidden implements Supplier<EventLoop> {
        private Hidden() {}

        @Override
        public EventLoop get() {
            throw new AssertionError();
        }
    }

    @AfterEach
    void clearProperty() {
        System.clearProperty(DefaultLoops.PROPERTY);
    }

    private static void setFactory(String className) {
        System.setProperty(DefaultLoops.PROPERTY, className);
    }

    @Test
    void run_usesTheFactory_andANewLoopEachTime() {
        setFactory(Named.class.getName());
        EventLoop first = run(() -> runningLoop());
        EventLoop second = run(() -> runningLoop());
        assertEquals("from-the-factory", first.name());
        assertEquals("from-the-factory", second.name());
        assertNotSame(first, second);
    }

    @Test
    void newEventLoop_usesTheFactory_unlessItIsTold() {
        setFactory(Named.class.getName());
        try (var made = Asyncio.newEventLoop();
                var told = Asyncio.newEventLoop(options -> options.name("told"))) {
            assertEquals("from-the-factory", made.name());
            assertEquals("told", told.name());
        }
    }

    @Test
    void emptyProperty_isNone() {
        setFactory("");
        try (var loop = Asyncio.newEventLoop()) {
            assertTrue(loop.name().startsWith("jasyncio-"), loop.name());
        }
    }

    @Test
    void wrongFactory_isRefusedWithTheReason() {
        assertRefused("no.such.Type", "there is no such class");
        assertRefused("java.lang.StringBuilder", "it is no java.util.function.Supplier");
        assertRefused(Text.class.getName(), "its get() returned no EventLoop");
        assertRefused(Hidden.class.getName(), "it cannot be created with a public constructor without parameters");
    }

    private static void assertRefused(String className, String reason) {
        setFactory(className);
        var e = assertThrows(IllegalStateException.class, Asyncio::newEventLoop);
        assertTrue(
                String.valueOf(e.getMessage())
                        .startsWith("Cannot make loops with -Djasyncio.loopFactory=" + className + ": " + reason),
                e.getMessage());
    }
}
