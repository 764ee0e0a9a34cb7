package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.net.netty.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
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
        return openUnixConnection(path, o -> o);
    }

    /** The same with options. For TLS they must have a {@link ConnectOptions#serverHostname}: a file has no name to check. */
    public static StreamConnection openUnixConnection(Path path, UnaryOperator<ConnectOptions> options)
            throws IOException {
        ConnectSetup setup = (ConnectSetup) options.apply(ConnectSetup.DEFAULT);
        return Connecting.open(null, List.of(UnixDomainSocketAddress.of(path)), setup);
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

    /**
     * Listens on a socket file, which is created and must not exist. It is deleted when the server is closed, unless another one has taken its
     * place.
     */
    public static Server startUnixServer(Path path, Server.ConnectionHandler handler) throws IOException {
        return startUnixServer(path, o -> o, handler);
    }

    /** The same with options. */
    public static Server startUnixServer(
            Path path, UnaryOperator<ServerOptions> options, Server.ConnectionHandler handler) throws IOException {
        return serve(List.of(UnixDomainSocketAddress.of(path)), options, handler);
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
        return begin(loop, Connecting.link(loop, host, addresses, setup), factory);
    }

    private static <P extends Protocol> ProtocolConnection<P> begin(
            EventLoop loop, Link link, Supplier<? extends P> factory) {
        P protocol;
        try {
            protocol = factory.get();
        } catch (RuntimeException | Error e) {
            link.abort();
            throw e;
        }
        var transport = new LinkTransport(loop, link, protocol, null);
        transport.start();
        try {
            Asyncio.sleep(Duration.ZERO); // connectionMade comes before
        } catch (CancelledError e) {
            transport.abort();
            throw e;
        }
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

    /**
     * Makes a transport of a connection that a channel of the JDK's has accepted, and creates a protocol for it. {@link Protocol#connectionMade} has
     * been called when this returns. The channel belongs to the transport from now on.
     *
     * <p>With {@link Engine#NIO} it is as good as any other connection; the native engines cannot take a channel over, so that two virtual threads
     * read and write it for them.
     *
     * @throws IllegalArgumentException if the channel is not connected
     * @throws IOException if the channel is closed
     */
    public static <P extends Protocol> ProtocolConnection<P> connectAcceptedSocket(
            Supplier<? extends P> factory, SocketChannel accepted) throws IOException {
        return adopt(factory, accepted, null);
    }

    /**
     * The same with TLS, as a server.
     *
     * @throws IOException if the handshake fails, saying why; the connection is closed then
     */
    public static <P extends Protocol> ProtocolConnection<P> connectAcceptedSocket(
            Supplier<? extends P> factory,
            SocketChannel accepted,
            SSLContext context,
            UnaryOperator<TlsOptions> options)
            throws IOException {
        return adopt(factory, accepted, TlsSetup.of(context, options));
    }

    private static <P extends Protocol> ProtocolConnection<P> adopt(
            Supplier<? extends P> factory, SocketChannel accepted, @Nullable TlsSetup tls) throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        Link link = Adopting.link(loop, accepted);
        return begin(loop, tls == null ? link : Adopting.secure(loop, link, tls), factory);
    }

    // ---- TLS over a connection that is there

    /**
     * Speaks TLS over a connection from now on, as its client. What was written goes first; what was received and not told is taken as TLS already.
     * Returns when the handshake is over. {@link Protocol#connectionMade} is not called again. A cancellation closes the connection.
     *
     * @param transport the connection; it must not be used any more
     * @param protocol hears what happens from now on; often the one that there is
     * @return the transport to go on with
     * @throws IOException if the handshake fails, saying why; the connection is closed then, and {@code protocol} hears that
     * @throws IllegalArgumentException if there is no name to check the server's certificate against: give one with
     *     {@code t -> t.serverHostname("example.org")}
     */
    public static Transport startTls(
            Transport transport, Protocol protocol, SSLContext context, UnaryOperator<TlsOptions> options)
            throws IOException {
        return handOver(transport, protocol, TlsSetup.of(context, options), false);
    }

    /** The same as its server. */
    public static Transport startServerTls(
            Transport transport, Protocol protocol, SSLContext context, UnaryOperator<TlsOptions> options)
            throws IOException {
        return handOver(transport, protocol, TlsSetup.of(context, options), true);
    }

    private static Transport handOver(Transport transport, Protocol protocol, TlsSetup setup, boolean server)
            throws IOException {
        if (!(transport instanceof LinkTransport plain)) {
            throw new IllegalArgumentException("Cannot start TLS on " + transport
                    + ": it is not a transport that a connection or server of Net has made");
        }
        return plain.handOver(setup, server, protocol).await();
    }

    // ---- datagrams

    /** A socket for datagrams and the protocol that was created for it. */
    public record DatagramConnection<P extends DatagramProtocol>(DatagramTransport transport, P protocol) {}

    /**
     * Opens a socket for datagrams, and lets a protocol hear of it. {@link DatagramProtocol#connectionMade} has been called when this returns.
     *
     * @throws IOException if an address cannot be had, or a host is unknown
     * @throws IllegalArgumentException if there is neither an address nor a family
     */
    public static <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
            Supplier<? extends P> factory, UnaryOperator<DatagramOptions> options) throws IOException {
        return datagramTransport(Asyncio.runningLoop(), factory, (DatagramSetup) options.apply(DatagramSetup.DEFAULT));
    }

    /** The same for plain sequential code: {@code openDatagramEndpoint(o -> o.local("127.0.0.1", 9999))}. */
    public static DatagramEndpoint openDatagramEndpoint(UnaryOperator<DatagramOptions> options) throws IOException {
        return DatagramEndpoint.open(Asyncio.runningLoop(), (DatagramSetup) options.apply(DatagramSetup.DEFAULT));
    }

    static <P extends DatagramProtocol> DatagramConnection<P> datagramTransport(
            EventLoop loop, Supplier<? extends P> factory, DatagramSetup setup) throws IOException {
        DatagramOpening.Opened opened = DatagramOpening.open(loop, setup);
        P protocol;
        try {
            protocol = factory.get();
        } catch (RuntimeException | Error e) {
            opened.wire().abort();
            throw e;
        }
        var transport = new WireDatagramTransport(loop, opened, protocol);
        transport.start();
        try {
            Asyncio.sleep(Duration.ZERO); // connectionMade comes before
        } catch (CancelledError e) {
            transport.close();
            throw e;
        }
        return new DatagramConnection<>(transport, protocol);
    }

    // ---- files

    /** Sends a whole file; see {@link #sendFile(StreamWriter, FileChannel, long, long, boolean)}. */
    public static long sendFile(StreamWriter writer, Path file) throws IOException {
        return sendFile(writer, file, 0, Long.MAX_VALUE);
    }

    /** Sends a part of a file; see {@link #sendFile(StreamWriter, FileChannel, long, long, boolean)}. */
    public static long sendFile(StreamWriter writer, Path file, long offset, long count) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return sendFile(writer, channel, offset, count, true);
        }
    }

    /** The same with a file that is open, and with the fallback. */
    public static long sendFile(StreamWriter writer, FileChannel file, long offset, long count) throws IOException {
        return sendFile(writer, file, offset, count, true);
    }

    /**
     * Sends a part of a file after what was written, without reading it into memory if the engine can (NIO, epoll, kqueue) and the stream does not
     * speak TLS. Otherwise the file is read in the default executor, piece by piece, as fast as the other side takes it.
     *
     * <p>Returns when the last byte was handed to the system; with the fallback, when no more than the high-water mark is waiting. Until then {@code
     * write} is refused and {@code drain} waits; reading goes on. After a cancellation or a failure, too, the position of {@code file} is
     * behind what was sent, if that was anything; what is written after a cancellation follows right there.
     *
     * @param offset where to begin, in bytes
     * @param count how much at most; the file may end before
     * @param fallback whether reading will do
     * @return how much was sent
     * @throws IOException what broke the connection, or why the file cannot be read
     * @throws IllegalArgumentException if {@code offset} or {@code count} is negative
     * @throws IllegalStateException if the stream is being closed, or another file is being sent
     * @throws UnsupportedOperationException if the file would have to be read and {@code fallback} is false
     */
    public static long sendFile(StreamWriter writer, FileChannel file, long offset, long count, boolean fallback)
            throws IOException {
        return writer.sendFile(file, offset, count, fallback);
    }

    /** Sends a whole file; see {@link #sendFile(Transport, FileChannel, long, long, boolean)}. */
    public static long sendFile(Transport transport, Path file) throws IOException {
        return sendFile(transport, file, 0, Long.MAX_VALUE);
    }

    /** Sends a part of a file; see {@link #sendFile(Transport, FileChannel, long, long, boolean)}. */
    public static long sendFile(Transport transport, Path file, long offset, long count) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return sendFile(transport, channel, offset, count, true);
        }
    }

    /** The same with a file that is open, and with the fallback. */
    public static long sendFile(Transport transport, FileChannel file, long offset, long count) throws IOException {
        return sendFile(transport, file, offset, count, true);
    }

    /**
     * The same as {@link #sendFile(StreamWriter, FileChannel, long, long, boolean)}. The protocol is not told to pause because of the file.
     *
     * @throws IllegalArgumentException also if the transport is not one of this package's
     */
    public static long sendFile(Transport transport, FileChannel file, long offset, long count, boolean fallback)
            throws IOException {
        if (!(transport instanceof LinkTransport own)) {
            throw new IllegalArgumentException(
                    "Cannot send a file over " + transport + ": it is not one that this package has made");
        }
        return own.sendFile(file, offset, count, fallback);
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
