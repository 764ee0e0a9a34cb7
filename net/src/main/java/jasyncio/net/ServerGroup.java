package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.LowLevel;
import jasyncio.net.netty.Recipient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Several loops that serve one port, each on a thread of its own: a server that uses every core.
 *
 * {@snippet :
 * void main() throws Exception {
 *     try (var group = ServerGroup.start("", 8080, connection -> serve(connection))) {
 *         group.join();
 *     }
 * }
 * }
 *
 * <p>A connection stays on the loop that it came to, and so does the task that serves it. Tasks of different loops run at the same time: what
 * handlers share must be thread-safe, and the locks and queues of one loop are not for the tasks of another.
 *
 * <p>On Linux each loop has a listening socket of its own and the kernel chooses one by the peer's address and port (SO_REUSEPORT), which
 * is even for many connections and not for few. Elsewhere, or with {@link Options#inTurn}, the first loop accepts and hands the connections
 * around in turn, which costs a thread switch per connection.
 *
 * <p>A handler that fails is told to the exception handler of its loop, as with every server. A loop that fails closes the group; {@link
 * #join()} says why.
 *
 * <p>All methods are thread-safe. Those that wait suspend in a task of any loop, and block elsewhere.
 */
public final class ServerGroup implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("jasyncio");
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What a group can be told. Each call returns new options. */
    public sealed interface Options permits GroupSetup {
        /** Sets the number of loops; one per core if not called. */
        Options loops(int number);

        /** Sets what the loops wait with; {@link Engine#best()} if not called, on the portable backend {@link Engine#NIO}. */
        Options engine(Engine engine);

        /** Hands the connections around in turn instead of leaving that to the kernel; false if not called, where the kernel shares them out. */
        Options inTurn(boolean inTurn);

        /** Sets how long connections have to end by themselves when the group is closed; 10 s if not called. */
        Options drainTimeout(Duration timeout);

        /** Sets the options of each server: {@code o.server(s -> s.tls(context))}. {@code reusePort} and {@code startServing} are the group's. */
        Options server(UnaryOperator<ServerOptions> options);

        /** Sets what is done with each loop at first, such as setting its exception handler. Called on that loop. */
        Options eachLoop(Consumer<? super EventLoop> prepare);
    }

    private final GroupSetup setup;
    private final List<GroupMember> members = new ArrayList<>();
    private final CompletableFuture<Duration> stop = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile List<SocketAddress> addresses = List.of();

    private ServerGroup(String host, int port, GroupSetup setup, Server.ConnectionHandler handler) {
        this.setup = setup;
        String name = "jasyncio-group-" + COUNT.incrementAndGet() + "-";
        for (int i = 0; i < setup.loops(); i++) {
            boolean first = i == 0;
            var member = new GroupMember(
                    name + i,
                    setup,
                    handler,
                    first || !setup.inTurn() ? stop : afterFirst(),
                    (self, server, loop) -> bind(self, first, server, loop, host, port),
                    this::failed);
            members.add(member);
        }
    }

    /** When the first member accepts nothing more, what it has handed over is there. */
    private CompletableFuture<Duration> afterFirst() {
        return stop.thenCombine(members.getFirst().silent, (drain, _) -> drain);
    }

    private void bind(GroupMember member, boolean first, Server server, EventLoop loop, String host, int port)
            throws Exception {
        if (!first) {
            if (!setup.inTurn()) {
                member.listen(server, loop, addresses);
            }
        } else if (setup.inTurn()) {
            member.listen(server, loop, Names.resolveForServer(host, port), turns());
        } else {
            member.listen(server, loop, Names.resolveForServer(host, port));
        }
    }

    private java.util.function.Supplier<Recipient> turns() {
        List<Recipient> recipients = new ArrayList<>();
        for (GroupMember member : members) {
            recipients.add(Asyncio.await(member.recipient.copy()));
        }
        int[] next = {0};
        return () -> recipients.get(next[0]++ % recipients.size());
    }

    // ---- starting

    /**
     * Listens, and serves whoever connects in a task of its own, on one loop per core. Suspends in a task, where it is cancellable; blocks
     * elsewhere.
     *
     * @param host a name, or an address in numbers; empty for all addresses of this machine
     * @param port 0 for a free one, see {@link #addresses()}
     * @throws IOException if an address cannot be listened on
     * @throws IllegalArgumentException if the engine cannot wait for that many loops, which is so on the portable backend
     */
    public static ServerGroup start(String host, int port, Server.ConnectionHandler handler) throws IOException {
        return start(host, port, o -> o, handler);
    }

    /** The same with options: {@code start(host, port, o -> o.loops(4), connection -> …)}. */
    public static ServerGroup start(
            String host, int port, UnaryOperator<Options> options, Server.ConnectionHandler handler)
            throws IOException {
        var group = new ServerGroup(host, port, ((GroupSetup) options.apply(GroupSetup.defaults())).check(), handler);
        try {
            if (LowLevel.currentTask() != null) {
                Asyncio.toThread(group::launch);
            } else {
                group.launch();
            }
        } catch (IOException | RuntimeException | CancelledError e) {
            group.stop.complete(Duration.ZERO);
            throw e;
        }
        return group;
    }

    private void launch() throws IOException {
        if (setup.inTurn()) { // the first one needs to know the others
            members.forEach(member -> member.thread.start());
            addresses = get(members.getFirst().started);
        } else {
            members.getFirst().thread.start();
            addresses = get(members.getFirst().started);
            members.stream().skip(1).forEach(member -> member.thread.start());
        }
        for (GroupMember member : members) {
            get(member.started);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IOException("A loop of the group could not be started", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a server group was being started");
        }
    }

    // ---- ending

    private void failed(GroupMember member, Throwable e) {
        if (failure.compareAndSet(null, e) && member.started.isDone() && !member.started.isCompletedExceptionally()) {
            LOGGER.log(Level.ERROR, "A loop of a server group failed, which closes the group: " + member.thread, e);
        }
        stop.complete(setup.drainTimeout());
    }

    /**
     * Waits until the group is closed and all its threads have ended. Suspends in a task, where it is cancellable; blocks elsewhere.
     *
     * @throws IOException if a loop failed, with what it failed with as the cause
     * @throws InterruptedException if the thread that blocks is interrupted; the group goes on
     */
    public void join() throws IOException, InterruptedException {
        if (LowLevel.currentTask() != null) {
            Asyncio.await(ended());
        } else {
            for (GroupMember member : members) {
                member.thread.join();
            }
        }
        Throwable e = failure.get();
        if (e != null) {
            throw new IOException("A loop of the group failed: " + e, e);
        }
    }

    private CompletableFuture<?> ended() {
        return CompletableFuture.allOf(
                members.stream().map(member -> member.ended).toArray(CompletableFuture<?>[]::new));
    }

    /** Closes, with the drain timeout that the group was started with; see {@link #close(Duration)}. */
    @Override
    public void close() {
        close(setup.drainTimeout());
    }

    /**
     * Stops listening, lets the connections end by themselves, breaks those that have not ended in time, cancels the tasks that are left, and
     * waits until all threads have ended. Suspends in a task; not cancellable: a cancellation is left to the next await. Blocks elsewhere; an
     * interrupt does not end it. Closing twice waits for the first one.
     *
     * @param drain how long the connections have
     */
    public void close(Duration drain) {
        stop.complete(GroupSetup.checkDrain(drain));
        if (LowLevel.currentTask() != null) {
            LowLevel.closing(() -> {
                Asyncio.await(ended());
            });
        } else {
            joinThreads();
        }
    }

    private void joinThreads() {
        boolean interrupted = false;
        for (GroupMember member : members) {
            while (member.thread.isAlive()) {
                try {
                    member.thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- what it is

    /** Returns the addresses that the group listens on; none after it was closed. Never suspends. */
    public List<SocketAddress> addresses() {
        return stop.isDone() ? List.of() : addresses;
    }

    /** Returns how many connections each loop has got so far. Never suspends. */
    public List<Long> accepted() {
        return members.stream().map(member -> member.accepted.sum()).toList();
    }

    /** Tells whether the group is closed or being closed. Never suspends. */
    public boolean closing() {
        return stop.isDone();
    }

    @Override
    public String toString() {
        return "<ServerGroup of " + members.size() + " loops, " + (closing() ? "closed" : "on " + addresses) + ">";
    }
}
