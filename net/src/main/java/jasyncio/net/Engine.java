package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.LowLevel;
import jasyncio.net.netty.NettyEngine;
import jasyncio.net.netty.NettyPoller;
import jasyncio.spi.Poller;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What waits for sockets. A loop takes {@link #best()} with its first socket, unless it was created with another one:
 *
 * {@snippet :
 * try (var runner = new Runner(o -> o.loopFactory(Engine.EPOLL::newEventLoop))) { … }
 * }
 *
 * <p>{@code -Djasyncio.engine=nio} (or {@code epoll}, {@code io_uring}, {@code kqueue}) chooses for all loops that nothing was chosen for.
 * The native ones need Netty's jars for this machine, {@code netty-transport-native-epoll} and its kin with their classifier, on the path.
 */
public enum Engine {
    /** The JDK's selector: works everywhere. */
    NIO(NettyEngine.NIO),
    /** Linux. */
    EPOLL(NettyEngine.EPOLL),
    /** Linux with a kernel and a sandbox that allow it; its loop must stay on one OS thread, so not on the portable backend. */
    IO_URING(NettyEngine.IO_URING),
    /** macOS and the BSDs. */
    KQUEUE(NettyEngine.KQUEUE);

    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private static volatile @Nullable Engine best;

    private final NettyEngine engine;

    Engine(NettyEngine engine) {
        this.engine = engine;
    }

    /**
     * Returns the engine that new loops get: {@code -Djasyncio.engine}, or the fastest that works here. On the portable backend that is NIO: a
     * loop that waits in native code there holds one of the threads, as many as there are cores, that all virtual threads of the JVM share.
     * Thread-safe.
     */
    public static Engine best() {
        Engine known = best;
        if (known == null) {
            known = choose(System.getProperty("jasyncio.engine"));
            best = known;
        }
        return known;
    }

    /** Tells whether this one works here. Thread-safe. */
    public boolean available() {
        return unavailable() == null;
    }

    private @Nullable String unavailable() {
        return this == IO_URING && !LowLevel.loopsStayOnTheirThread()
                ? "its loop must stay on one OS thread, which that of the portable backend does not"
                : engine.unavailable();
    }

    /**
     * Creates what one loop waits with; for {@code EventLoop.Options.poller}. Thread-safe.
     *
     * @throws IllegalStateException if this engine does not work here, saying why
     */
    public Poller newPoller() {
        String reason = unavailable();
        if (reason != null) {
            throw new IllegalStateException(
                    "Cannot use the engine " + this + " here: " + reason + "; " + otherThan(this));
        }
        return new NettyPoller(engine);
    }

    /**
     * Creates a loop that waits with this engine: {@code new Runner(o -> o.loopFactory(Engine.EPOLL::newEventLoop))}. Close it when it is no
     * longer needed. Thread-safe.
     *
     * @throws IllegalStateException if this engine does not work here, saying why
     */
    public EventLoop newEventLoop() {
        Poller poller = newPoller();
        return Asyncio.newEventLoop(options -> options.poller(poller));
    }

    private static String otherThan(Engine refused) {
        return best() == refused
                ? "leave out -Djasyncio.engine for the best one that works, or choose nio"
                : "Engine.best() is " + best();
    }

    private static Engine choose(@Nullable String wanted) {
        if (wanted != null) {
            return named(wanted);
        }
        if (!LowLevel.loopsStayOnTheirThread()) {
            return NIO;
        }
        for (Engine engine : new Engine[] {EPOLL, KQUEUE}) {
            if (engine.available()) {
                return engine;
            }
        }
        LOGGER.log(
                Level.INFO,
                "jasyncio waits for sockets with NIO: no native engine works here (epoll: " + EPOLL.unavailable()
                        + "; io_uring: " + IO_URING.unavailable() + ")");
        return NIO;
    }

    private static Engine named(String wanted) {
        return Arrays.stream(values())
                .filter(engine -> engine.name().equals(wanted.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Unknown engine '" + wanted
                        + "'; -Djasyncio.engine takes 'nio', 'epoll', 'io_uring' or 'kqueue'"));
    }
}
