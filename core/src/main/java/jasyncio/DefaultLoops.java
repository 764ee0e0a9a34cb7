package jasyncio;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the loops of programs that do not say how: as the class that {@code -Djasyncio.loopFactory=CLASS} names does, else plainly. So a
 * program that is not to be changed can be given another time or another poller.
 */
final class DefaultLoops {
    static final String PROPERTY = "jasyncio.loopFactory";

    private DefaultLoops() {}

    /** Looks at the property each time: making a loop is rare, and a launcher may start programs that differ in it. */
    static EventLoop create() {
        String className = System.getProperty(PROPERTY, "");
        return className.isEmpty() ? Asyncio.newEventLoop(options -> options) : madeBy(className);
    }

    private static EventLoop madeBy(String className) {
        if (factory(className).get() instanceof EventLoop loop) {
            return loop;
        }
        throw refused(className, "its get() returned no EventLoop", null);
    }

    private static Supplier<?> factory(String className) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Object factory = Class.forName(
                            className, true, loader == null ? ClassLoader.getSystemClassLoader() : loader)
                    .getConstructor()
                    .newInstance();
            if (factory instanceof Supplier<?> supplier) {
                return supplier;
            }
        } catch (ClassNotFoundException e) {
            throw refused(className, "there is no such class on the class path or module path", e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw refused(className, "it cannot be created with a public constructor without parameters", e);
        }
        throw refused(className, "it is no java.util.function.Supplier", null);
    }

    private static IllegalStateException refused(String className, String reason, @Nullable Throwable cause) {
        return new IllegalStateException(
                "Cannot make loops with -D" + PROPERTY + "=" + className + ": " + reason
                        + "; name a public class that implements Supplier<EventLoop>, such as jasyncio.testkit.VirtualLoops",
                cause);
    }
}
