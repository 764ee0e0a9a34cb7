package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.LowLevel;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The options of a server group, as values. */
record GroupSetup(
        int loops,
        Engine engine,
        boolean inTurn,
        Duration drainTimeout,
        ServerSetup server,
        Consumer<? super EventLoop> eachLoop)
        implements ServerGroup.Options {

    /** Elsewhere several sockets may listen on a port, but one of them gets all the connections. */
    private static final boolean KERNEL_SHARES = System.getProperty("os.name").equals("Linux");

    static GroupSetup defaults() {
        return new GroupSetup(
                Runtime.getRuntime().availableProcessors(),
                LowLevel.loopsStayOnTheirThread() ? Engine.best() : Engine.NIO,
                !KERNEL_SHARES,
                Duration.ofSeconds(10),
                ServerSetup.DEFAULT,
                _ -> {});
    }

    /** On the portable backend a loop is a virtual thread, and a native engine that waits keeps its carrier from the others. NIO does not. */
    GroupSetup check() {
        int carriers = Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
        if (engine != Engine.NIO && !LowLevel.loopsStayOnTheirThread() && loops >= carriers) {
            throw new IllegalArgumentException(
                    "Cannot run " + loops + " loops with " + engine
                            + " on the portable backend: each holds one of the JDK's " + carriers
                            + " carrier threads, and one must be left; take Engine.NIO, or start java with the flags of the loop backend");
        }
        return this;
    }

    @Override
    public GroupSetup loops(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Number of loops " + number + " is not positive");
        }
        return new GroupSetup(number, engine, inTurn, drainTimeout, server, eachLoop);
    }

    @Override
    public GroupSetup engine(Engine engine) {
        return new GroupSetup(loops, Objects.requireNonNull(engine), inTurn, drainTimeout, server, eachLoop);
    }

    @Override
    public GroupSetup inTurn(boolean inTurn) {
        return new GroupSetup(loops, engine, inTurn || !KERNEL_SHARES, drainTimeout, server, eachLoop);
    }

    @Override
    public GroupSetup drainTimeout(Duration timeout) {
        return new GroupSetup(loops, engine, inTurn, checkDrain(timeout), server, eachLoop);
    }

    static Duration checkDrain(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("Drain timeout " + timeout + " is negative");
        }
        return timeout;
    }

    @Override
    public GroupSetup server(UnaryOperator<ServerOptions> options) {
        return new GroupSetup(
                loops, engine, inTurn, drainTimeout, (ServerSetup) options.apply(ServerSetup.DEFAULT), eachLoop);
    }

    @Override
    public GroupSetup eachLoop(Consumer<? super EventLoop> prepare) {
        return new GroupSetup(loops, engine, inTurn, drainTimeout, server, Objects.requireNonNull(prepare));
    }
}
