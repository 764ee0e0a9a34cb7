package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.net.netty.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The static entry points of the network; programs import them with {@code import static jasyncio.net.Net.*}.
 *
 * <p>All of them suspend; are cancellable; and are for a task of the loop.
 */
public final class Net {
    private Net() {}

    /**
     * Connects to a server.
     *
     * @param host a name, or an address in numbers
     * @param port 1 to 65535
     * @throws IOException if nobody answers at any of the host's addresses, or the host is unknown
     */
    public static StreamConnection openConnection(String host, int port) throws IOException {
        return openConnection(host, port, o -> o);
    }

    /** The same with options: {@code openConnection(host, port, o -> o.tls(context))}. */
    public static StreamConnection openConnection(String host, int port, UnaryOperator<ConnectOptions> options)
            throws IOException {
        ConnectSetup setup = (ConnectSetup) options.apply(ConnectSetup.DEFAULT);
        List<InetSocketAddress> addresses = Names.resolve(host, port);
        return Connecting.open(host, addresses, setup);
    }

    /** Connects to a server on this machine through a socket file. */
    public static StreamConnection openUnixConnection(Path path) throws IOException {
        return Connecting.open(null, List.of(UnixDomainSocketAddress.of(path)), ConnectSetup.DEFAULT);
    }

    /**
     * Listens, and serves whoever connects in a task of its own.
     *
     * @param host a name, or an address in numbers; empty for all addresses of this machine
     * @param port 0 for a free one, see {@link Server#addresses()}
     * @throws IOException if an address cannot be listened on
     */
    public static Server startServer(String host, int port, Server.Handler handler) throws IOException {
        return startServer(host, port, o -> o, connection -> handler.handle(connection.reader(), connection.writer()));
    }

    /** The same for a handler that takes the connection. */
    public static Server startServer(String host, int port, Server.ConnectionHandler handler) throws IOException {
        return startServer(host, port, o -> o, handler);
    }

    /** The same with options: {@code startServer(host, port, o -> o.backlog(1000), connection -> …)}. */
    public static Server startServer(
            String host, int port, UnaryOperator<ServerOptions> options, Server.ConnectionHandler handler)
            throws IOException {
        return serve(Names.resolveForServer(host, port), options, handler);
    }

    /** Listens on a socket file, which is created and must not exist. */
    public static Server startUnixServer(Path path, Server.ConnectionHandler handler) throws IOException {
        return serve(List.of(UnixDomainSocketAddress.of(path)), o -> o, handler);
    }

    // ---- protocols

    /** A connection and the protocol that was created for it. */
    public record ProtocolConnection<P extends Protocol>(Transport transport, P protocol) {}

    /**
     * Connects to a server, and lets a protocol hear of the connection. {@link Protocol#connectionMade} has been called when this returns.
     *
     * @throws IOException if nobody answers at any of the host's addresses, or the host is unknown
     */
    public static <P extends Protocol> ProtocolConnection<P> createConnection(
            Supplier<? extends P> factory, String host, int port) throws IOException {
        return createConnection(factory, host, port, o -> o);
    }

    /** The same with options. */
    public static <P extends Protocol> ProtocolConnection<P> createConnection(
            Supplier<? extends P> factory, String host, int port, UnaryOperator<ConnectOptions> options)
            throws IOException {
        ConnectSetup setup = (ConnectSetup) options.apply(ConnectSetup.DEFAULT);
        return connect(factory, host, Names.resolve(host, port), setup);
    }

    /** The same through a socket file. */
    public static <P extends Protocol> ProtocolConnection<P> createUnixConnection(
            Supplier<? extends P> factory, Path path) throws IOException {
        return connect(factory, null, List.of(UnixDomainSocketAddress.of(path)), ConnectSetup.DEFAULT);
    }

    private static <P extends Protocol> ProtocolConnection<P> connect(
            Supplier<? extends P> factory,
            @Nullable String host,
            List<? extends SocketAddress> addresses,
            ConnectSetup setup)
            throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        Link link = Connecting.link(loop, host, addresses, setup);
        P protocol;
        try {
            protocol = factory.get();
        } catch (RuntimeException | Error e) {
            link.abort();
            throw e;
        }
        var transport = new LinkTransport(loop, link, protocol, null);
        transport.start();
        Asyncio.sleep(Duration.ZERO); // connectionMade comes before
        return new ProtocolConnection<>(transport, protocol);
    }

    /**
     * Listens, and creates a protocol for each connection.
     *
     * @param host a name, or an address in numbers; empty for all addresses of this machine
     * @param port 0 for a free one, see {@link Server#addresses()}
     * @throws IOException if an address cannot be listened on
     */
    public static Server createServer(Supplier<? extends Protocol> factory, String host, int port) throws IOException {
        return createServer(factory, host, port, o -> o);
    }

    /** The same with options. */
    public static Server createServer(
            Supplier<? extends Protocol> factory, String host, int port, UnaryOperator<ServerOptions> options)
            throws IOException {
        return serve(Names.resolveForServer(host, port), options, factory);
    }

    /** Listens on a socket file, which is created and must not exist. */
    public static Server createUnixServer(Supplier<? extends Protocol> factory, Path path) throws IOException {
        return serve(List.of(UnixDomainSocketAddress.of(path)), o -> o, factory);
    }

    // ---- processes

    /**
     * Starts a program; stdin, stdout and stderr are pipes.
     *
     * @param command the program, which is looked for in {@code PATH}, and its arguments
     * @throws IOException if there is no such program
     */
    public static Subprocess createSubprocessExec(String... command) throws IOException {
        return createSubprocessExec(new ProcessBuilder(command));
    }

    /** The same with the JDK's options: directory, environment, and where the pipes are redirected to. */
    public static Subprocess createSubprocessExec(ProcessBuilder builder) throws IOException {
        return createSubprocessExec(builder, StreamReader.DEFAULT_LIMIT);
    }

    /** The same with the limit of the readers, in bytes. */
    public static Subprocess createSubprocessExec(ProcessBuilder builder, int limit) throws IOException {
        return Subprocess.start(builder, limit);
    }

    /** Has the shell run a command line: {@code /bin/sh}, on Windows {@code cmd.exe}. What comes from outside must be quoted. */
    public static Subprocess createSubprocessShell(String commandLine) throws IOException {
        return System.getProperty("os.name").startsWith("Windows")
                ? createSubprocessExec("cmd.exe", "/c", commandLine)
                : createSubprocessExec("/bin/sh", "-c", commandLine);
    }

    private static Server serve(
            List<? extends SocketAddress> addresses,
            UnaryOperator<ServerOptions> options,
            Supplier<? extends Protocol> factory)
            throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        ServerSetup setup = (ServerSetup) options.apply(ServerSetup.DEFAULT);
        return Listening.start(
                addresses, setup, (server, wire) -> ProtocolServing.begin(loop, server, wire, setup.tls(), factory));
    }

    private static Server serve(
            List<? extends SocketAddress> addresses,
            UnaryOperator<ServerOptions> options,
            Server.ConnectionHandler handler)
            throws IOException {
        ServerSetup setup = (ServerSetup) options.apply(ServerSetup.DEFAULT);
        EventLoop loop = Asyncio.runningLoop();
        return Listening.start(
                addresses, setup, (server, wire) -> StreamServing.begin(loop, server, wire, setup, handler));
    }

    // ---- names

    /**
     * Returns the addresses of a host, in the order of preference that the system says. Waits in the default executor.
     *
     * @param host a name, or an address in numbers, which is not looked up
     * @param port 0 to 65535, which each address gets
     * @throws java.net.UnknownHostException if there is no such host
     */
    public static List<InetSocketAddress> resolveHost(String host, int port) throws IOException {
        return Names.resolve(host, port, 0);
    }

    /** Returns the name of an address, or the address in numbers if it has none. Waits in the default executor. */
    public static String hostName(InetAddress address) {
        return Asyncio.toThread(() -> address.getCanonicalHostName());
    }

    static String describe(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString() + ":" + inet.getPort()
                : String.valueOf(address);
    }
}
