package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import jasyncio.spi.Poller;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a loop with sockets waits: a Netty event loop that is stepped by it. */
public final class NettyPoller implements Poller {
    private final NettyEngine engine;
    private final SteppedEventLoop loop;

    // What tasks left to be done on the bare loop thread.
    private List<Wire> changed = new ArrayList<>();
    private List<Wire> applying = new ArrayList<>();
    private List<Runnable> later = new ArrayList<>();
    private List<Runnable> running = new ArrayList<>();
    private final List<Bytes> released = new ArrayList<>();
    private final LoopBuffers buffers = new LoopBuffers();
    private final Receiving receiving = new Receiving(buffers);

    /** Carrying out the commands has told somebody something: the loop has work, and must not wait. */
    private boolean told;

    private @Nullable Consumer<? super Throwable> failures;

    public NettyPoller(NettyEngine engine) {
        this.engine = engine;
        this.loop = new SteppedEventLoop(engine.handlers());
    }

    public NettyEngine engine() {
        return engine;
    }

    @Override
    public void poll(long waitNanos) {
        loop.enter();
        told = false;
        carryOut();
        loop.poll(told ? 0 : waitNanos);
    }

    @Override
    public void wakeup() {
        loop.wake();
    }

    @Override
    public void close() {
        loop.enter();
        carryOut();
        loop.close();
        buffers.close();
    }

    private void carryOut() {
        while (!later.isEmpty()) {
            told = true; // not worth finding out
            List<Runnable> batch = later;
            later = running;
            running = batch;
            batch.forEach(this::run);
            batch.clear();
        }
        if (!changed.isEmpty()) {
            List<Wire> batch = changed;
            changed = applying;
            applying = batch;
            for (int i = 0; i < batch.size(); i++) {
                apply(batch.get(i));
            }
            batch.clear();
        }
        if (!released.isEmpty()) {
            for (int i = 0; i < released.size(); i++) {
                released.get(i).buffer.release();
            }
            released.clear();
        }
    }

    /** What fails must not take the loop with it, nor the commands that come after. */
    private void run(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private static void apply(Wire wire) {
        try {
            wire.apply();
        } catch (RuntimeException | Error e) {
            wire.fail(e);
        }
    }

    // ---- for tasks and callbacks

    /** Tells whether {@link #reportTo} was called. */
    public boolean reports() {
        return failures != null;
    }

    /** @param failures told, on the bare loop thread, of mistakes in what runs there */
    public void reportTo(Consumer<? super Throwable> failures) {
        this.failures = failures;
    }

    /** Runs {@code command} on the bare loop thread at the next poll. */
    public void later(Runnable command) {
        later.add(command);
    }

    /** Gives a piece of data back. */
    public void release(Bytes data) {
        released.add(data);
    }

    void changed(Wire wire) {
        changed.add(wire);
    }

    LoopBuffers buffers() {
        return buffers;
    }

    Receiving receiving() {
        return receiving;
    }

    // ---- on the bare loop thread

    /** Somebody who may have been waiting has been told something. */
    void told() {
        told = true;
    }

    /** Something went wrong that is not the network's doing. */
    void report(Throwable failure) {
        told = true;
        if (failures != null) {
            failures.accept(failure);
        } else {
            System.getLogger("jasyncio").log(Level.ERROR, "The network code of a loop failed", failure);
        }
    }

    /**
     * Connects. The outcome comes on the bare loop thread.
     *
     * @param done given the wire, or null and why not
     * @return gives the attempt up
     */
    public Runnable connect(
            SocketAddress remote, Settings.Connect settings, BiConsumer<@Nullable Wire, @Nullable Throwable> done) {
        Channel channel;
        try {
            channel = (remote instanceof UnixDomainSocketAddress ? engine.unixSockets() : engine.sockets()).get();
        } catch (ChannelException e) { // no socket could be had
            later(() -> done.accept(null, e));
            return () -> {};
        }
        var wire = new Wire(this, channel);
        later(() -> {
            register(channel);
            ChannelFuture connected = channel.connect(SocketAddresses.nettys(engine, remote), settings.local());
            connected.addListener(_ -> {
                if (connected.isSuccess()) {
                    done.accept(wire, null);
                } else {
                    channel.close();
                    done.accept(null, connected.cause());
                }
            });
        });
        return wire::abort;
    }

    /** Takes over a connected channel of the JDK's. For the engine NIO. */
    public Wire adopt(SocketChannel connected) throws IOException {
        Channel channel = connected.getRemoteAddress() instanceof UnixDomainSocketAddress
                ? new NioDomainSocketChannel(null, connected)
                : new NioSocketChannel(null, connected);
        var wire = new Wire(this, channel);
        later(() -> register(channel));
        return wire;
    }

    /**
     * Binds and listens. The outcome comes on the bare loop thread.
     *
     * @param recipients asked on the bare loop thread where the next connection goes
     * @param refused told on the bare loop thread that no connection can be accepted; {@link Listener#resume} tries again
     */
    public void listen(
            SocketAddress address,
            Settings.Listen settings,
            Supplier<Recipient> recipients,
            BiConsumer<? super Listener, ? super IOException> refused,
            BiConsumer<@Nullable Listener, @Nullable Throwable> done) {
        later(() -> {
            ServerChannel channel;
            try {
                channel = (address instanceof UnixDomainSocketAddress
                                ? engine.unixServerSockets()
                                : engine.serverSockets())
                        .get();
            } catch (ChannelException e) { // no socket could be had
                done.accept(null, e);
                return;
            }
            Listener listener;
            try {
                listener = new Listener(this, channel, settings, recipients, refused);
            } catch (UnsupportedOperationException e) {
                channel.unsafe().closeForcibly();
                done.accept(null, e);
                return;
            }
            register(channel);
            SocketFile file = SocketFile.of(address);
            ChannelFuture bound = channel.bind(file == null ? address : file.nettys(engine));
            bound.addListener(_ -> {
                if (bound.isSuccess()) {
                    listener.bound(file);
                    done.accept(listener, null);
                } else {
                    channel.close();
                    done.accept(null, bound.cause());
                }
            });
        });
    }

    /** Takes over a connection that another loop has accepted. Thread-safe. */
    void adopt(Channel accepted, Consumer<Wire> owner) {
        try {
            loop.execute(() -> take(accepted, owner));
        } catch (RejectedExecutionException closed) {
            accepted.unsafe().closeForcibly();
        }
    }

    void take(Channel accepted, Consumer<Wire> owner) {
        try {
            var wire = new Wire(this, accepted);
            register(accepted);
            owner.accept(wire);
        } catch (ChannelException gone) { // a socket's options can no longer be set
            drop(accepted);
        } catch (RuntimeException | Error e) {
            drop(accepted);
            report(e);
        }
    }

    private static void drop(Channel accepted) {
        if (accepted.isRegistered()) {
            accepted.close();
        } else {
            accepted.unsafe().closeForcibly();
        }
    }

    void register(Channel channel) {
        channel.unsafe().register(loop, channel.newPromise());
    }
}
