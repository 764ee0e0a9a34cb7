package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Runner;
import jasyncio.net.netty.Recipient;
import jasyncio.net.netty.Wire;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** One thread of a server group, with its loop and its server. */
final class GroupMember {
    /** How it comes by its connections; called in the member's main task. */
    interface Binding {
        void bind(GroupMember member, Server server, EventLoop loop) throws Exception;
    }

    /** What the group is told, on the member's thread. */
    interface Ending {
        void ended(GroupMember member, Throwable failure);
    }

    private final GroupSetup setup;
    private final Server.ConnectionHandler handler;
    private final CompletableFuture<Duration> stop;
    final Thread thread;
    final CompletableFuture<List<SocketAddress>> started = new CompletableFuture<>();
    final CompletableFuture<Recipient> recipient = new CompletableFuture<>();

    /** Done when it accepts nothing any more. */
    final CompletableFuture<Boolean> silent = new CompletableFuture<>();

    final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    final LongAdder accepted = new LongAdder();

    /** @param stop the time that connections have to end; when it is there, this ends */
    GroupMember(
            String name,
            GroupSetup setup,
            Server.ConnectionHandler handler,
            CompletableFuture<Duration> stop,
            Binding binding,
            Ending failing) {
        this.setup = setup;
        this.handler = handler;
        this.stop = stop;
        this.thread = Thread.ofPlatform().name(name).unstarted(() -> run(name, binding, failing));
    }

    private void run(String name, Binding binding, Ending failing) {
        try (var runner = new Runner(o -> o.loopFactory(() ->
                Asyncio.newEventLoop(l -> l.name(name).poller(setup.engine().newPoller()))))) {
            runner.run(() -> serve(binding));
        } catch (Throwable e) {
            started.completeExceptionally(e);
            recipient.completeExceptionally(e);
            failing.ended(this, e);
        } finally {
            silent.complete(true);
            ended.complete(true);
        }
    }

    private void serve(Binding binding) throws Exception {
        EventLoop loop = Asyncio.runningLoop();
        setup.eachLoop().accept(loop);
        var server = new Server(loop);
        recipient.complete(new Recipient(Sockets.of(loop), wire -> begin(loop, server, wire)));
        binding.bind(this, server, loop);
        server.startServing();
        started.complete(server.addresses());
        Duration drain = Asyncio.await(stop.copy());
        server.close();
        Sockets.of(loop).later(() -> silent.complete(true)); // after the listeners were closed
        try {
            Asyncio.timeout(drain, server::waitClosed);
        } catch (TimeoutException e) {
            server.abortClients();
        }
    }

    private void begin(EventLoop loop, Server server, Wire wire) {
        accepted.increment();
        StreamServing.begin(loop, server, wire, setup.server(), handler);
    }

    /** Listens on {@code addresses} and keeps what it accepts. */
    void listen(Server server, EventLoop loop, List<? extends SocketAddress> addresses) throws Exception {
        listen(server, loop, addresses, () -> recipient.join());
    }

    /** Listens on {@code addresses} and gives away what it accepts. */
    void listen(Server server, EventLoop loop, List<? extends SocketAddress> addresses, Supplier<Recipient> recipients)
            throws Exception {
        ServerSetup sharing = (ServerSetup) setup.server().reusePort(!setup.inTurn());
        Listening.start(server, loop, addresses, sharing, recipients);
    }
}
