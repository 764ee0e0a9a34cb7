package jasyncio.testkit;

import jasyncio.EventLoop;
import java.util.function.Supplier;

/**
 * Makes loops that each live in a {@link VirtualClock} of their own: {@code -Djasyncio.loopFactory=jasyncio.testkit.VirtualLoops} runs a
 * program as it stands, and its pauses take no time.
 *
 * <p>A program that measures time with {@code loop.time()} sees them pass; {@link System#nanoTime()} does not know of them. Never
 * suspends; thread-safe.
 */
public final class VirtualLoops implements Supplier<EventLoop> {

    /** Called once for each loop that is made. */
    public VirtualLoops() {}

    @Override
    public EventLoop get() {
        return new VirtualClock().newEventLoop();
    }
}
