package jasyncio.net;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.createDatagramEndpoint;
import static jasyncio.net.Net.createServer;
import static jasyncio.net.Net.createSubprocessExec;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openDatagramEndpoint;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation is cancelled at each of its points: after the loop has made none, one, two, … of its iterations, and then later still. It
 * ends, as cancelled or with its result; nothing is left of it; and what it was done to is as its documentation says.
 */
@Timeout(120)
class CancellationPointsTest {
    private static final String HOST = "127.0.0.1";
    private static final int ITERATIONS = 10;
    private static final int MILLISECONDS = 6;
    private static final byte[] LARGE = new byte[3_000_000];

    static {
        new Random(5).nextBytes(LARGE);
    }

    /** Something to cancel, and what is looked at afterwards. */
    interface Trial {
        void run(Cancellation cancellation) throws Exception;
    }

    /** Cancels after a number of iterations of the loop, and from {@link #ITERATIONS} on also after some milliseconds. */
    static final class Cancellation {
        private final int point;

        /** The operation had ended before it was to be cancelled: there are no further points. */
        private boolean late;

        private Cancellation(int point) {
            this.point = point;
        }

        /** Returns the result, or null if there is none. */
        <T> @Nullable T of(Callable<? extends T> operation) throws Exception {
            Task<T> task = createTask(operation);
            for (int i = 0; i < point; i++) {
                sleep(i < ITERATIONS ? Duration.ZERO : ofMillis(i - ITERATIONS));
            }
            late = !task.cancel();
            try {
                return timeout(ofSeconds(10), () -> await(task));
            } catch (CancelledError e) {
                assertTrue(task.cancelled());
                return null;
            }
        }

        /** Returns whether the operation came to its end. */
        boolean endOf(Operation operation) throws Exception {
            Boolean ended = of(() -> {
                operation.run();
                return true;
            });
            return ended != null;
        }
    }

    interface Operation {
        void run() throws Exception;
    }

    record Named(String name, Trial trial) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> onEachEngine() {
        return EachEngine.Engines.available().flatMap(engine -> trials().map(trial -> Arguments.of(engine, trial)));
    }

    private static Stream<Named> trials() {
        return Stream.of(
                new Named("openConnection", CancellationPointsTest::connecting),
                new Named("openConnection, a name", c -> connection(c, port -> openConnection("localhost", port))),
                new Named("openConnection, several", c -> connection(c, CancellationPointsTest::connectToSeveral)),
                new Named("openConnection, unanswered", CancellationPointsTest::connectingUnanswered),
                new Named("openConnection, TLS", CancellationPointsTest::connectingWithTls),
                new Named("createConnection", CancellationPointsTest::connectingProtocols),
                new Named("startServer", c -> serving(c, () -> startServer("localhost", 0, _ -> {}))),
                new Named("startServer, several", c -> serving(c, CancellationPointsTest::listenOnSeveral)),
                new Named("createServer", c -> serving(c, () -> createServer(Ignoring::new, HOST, 0))),
                new Named("serveForever", CancellationPointsTest::servingForever),
                new Named("Server.waitClosed", CancellationPointsTest::waitingForServer),
                new Named("read", c -> reading(c, r -> r.read(100))),
                new Named("readExactly", c -> reading(c, r -> r.readExactly(6))),
                new Named("readUntil", c -> reading(c, r -> r.readUntil("f".getBytes(UTF_8)))),
                new Named("readLineBytes", c -> reading(c, StreamReader::readLineBytes)),
                new Named("lines", c -> reading(c, r -> (r.lines().iterator().next() + "\n").getBytes(UTF_8))),
                new Named("readAll", c -> reading(c, StreamReader::readAll)),
                new Named(
                        "readChunk",
                        c -> reading(c, r -> {
                            try (Chunk chunk = r.readChunk()) {
                                return chunk == null ? new byte[0] : chunk.toArray();
                            }
                        })),
                new Named("drain", CancellationPointsTest::draining),
                new Named("close", c -> closing(c, StreamWriter::close)),
                new Named(
                        "waitClosed",
                        c -> closing(c, w -> {
                            w.startClosing();
                            w.waitClosed();
                        })),
                new Named("startTls", CancellationPointsTest::startingTls),
                new Named("sendFile", CancellationPointsTest::sendingAFile),
                new Named("openDatagramEndpoint", CancellationPointsTest::openingDatagrams),
                new Named("createDatagramEndpoint", CancellationPointsTest::creatingDatagrams),
                new Named("receive", CancellationPointsTest::receiving),
                new Named("Sock.connect", CancellationPointsTest::sockConnect),
                new Named("Sock.accept", CancellationPointsTest::sockAccept),
                new Named("Sock.recv", CancellationPointsTest::sockRecv),
                new Named("Sock.sendAll", CancellationPointsTest::sockSendAll),
                new Named("Sock.recvFrom", CancellationPointsTest::sockRecvFrom),
                new Named("createSubprocessExec", CancellationPointsTest::launching),
                new Named("Subprocess.await", c -> running(c, Subprocess::await)),
                new Named("communicate", c -> running(c, p -> p.communicate("hello".getBytes(UTF_8)))),
                new Named("Subprocess.close", c -> running(c, Subprocess::close)));
    }

    @ParameterizedTest
    @MethodSource("onEachEngine")
    void cancelled_atEachPoint_endsAndLeavesNothing(Engine engine, Named named) throws Exception {
        long before = Descriptors.sockets();
        EachEngine.Engines.run(engine, () -> {
            boolean late = false;
            for (int point = 0; !late && point < ITERATIONS + MILLISECONDS; point++) {
                var cancellation = new Cancellation(point);
                try {
                    timeout(ofSeconds(20), () -> named.trial.run(cancellation));
                    assertNothingLeft(before);
                } catch (Exception | AssertionError e) {
                    throw new AssertionError(named + ", point " + point + ": " + e, e);
                }
                late = cancellation.late;
            }
        });
        Descriptors.assertSockets(before);
    }

    private static void assertNothingLeft(long sockets) throws Exception {
        try {
            timeout(ofSeconds(5), () -> {
                while (Descriptors.sockets() != sockets || allTasks().size() > 1 || children() > 0) {
                    sleep(ofMillis(1));
                }
            });
        } catch (java.util.concurrent.TimeoutException e) {
            Descriptors.assertSockets(sockets);
            assertEquals(1, allTasks().size(), () -> allTasks().toString());
            assertEquals(0, children(), "child processes");
        }
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    // ---- connections

    private interface Connect {
        StreamConnection to(int port) throws Exception;
    }

    private static void echo(StreamConnection c) throws IOException {
        c.writer().write(c.reader().readAll());
    }

    private static void connecting(Cancellation c) throws Exception {
        connection(c, port -> openConnection(HOST, port));
    }

    private static void connection(Cancellation c, Connect connect) throws Exception {
        try (var server = startServer("0.0.0.0", 0, CancellationPointsTest::echo)) {
            int port = Servers.port(server);
            StreamConnection connection = c.of(() -> connect.to(port));
            if (connection != null) {
                try (connection) {
                    connection.writer().write("hello");
                    connection.writer().writeEof();
                    assertEquals("hello", new String(connection.reader().readAll(), UTF_8));
                }
            }
            Servers.end(server);
        }
    }

    /** Both answer, and one is not wanted. */
    private static StreamConnection connectToSeveral(int port) throws IOException {
        return Connecting.open(
                null,
                List.of(new InetSocketAddress("127.0.0.2", port), new InetSocketAddress("127.0.0.3", port)),
                (ConnectSetup) ConnectSetup.DEFAULT.happyEyeballsDelay(Duration.ZERO));
    }

    private static void connectingUnanswered(Cancellation c) throws Exception {
        List<Socket> full = new ArrayList<>();
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2; i++) {
                full.add(new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort()));
            }
            StreamConnection connection = c.of(() -> openConnection(HOST, listening.getLocalPort()));
            if (connection != null) { // a system with a longer queue
                connection.close();
            }
        } finally {
            for (Socket socket : full) {
                socket.close();
            }
        }
    }

    private static void connectingWithTls(Cancellation c) throws Exception {
        var serving = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        var trusting = Certificates.context(Certificates.CLIENT, Certificates.LOCALHOST);
        try (var server = startServer(
                HOST, 0, o -> o.tls(serving), s -> s.writer().write(s.reader().read(5)))) {
            int port = Servers.port(server);
            StreamConnection connection = c.of(() -> openConnection(HOST, port, o -> o.tls(trusting)));
            if (connection != null) {
                try (connection) {
                    connection.writer().write("hello");
                    assertEquals("hello", new String(connection.reader().readExactly(5), UTF_8));
                }
            }
            Servers.end(server);
        }
    }

    private static final class Ignoring implements Protocol {}

    private static void connectingProtocols(Cancellation c) throws Exception {
        try (var server = startServer(HOST, 0, CancellationPointsTest::echo)) {
            int port = Servers.port(server);
            Net.ProtocolConnection<Ignoring> connection = c.of(() -> createConnection(Ignoring::new, HOST, port));
            if (connection != null) {
                assertFalse(connection.transport().closing());
                connection.transport().close();
            }
            Servers.end(server);
        }
    }

    // ---- servers

    private static void serving(Cancellation c, Callable<Server> start) throws Exception {
        Server server = c.of(start);
        if (server != null) {
            assertTrue(server.serving());
            Servers.end(server);
        }
    }

    private static Server listenOnSeveral() throws IOException {
        return Listening.start(
                List.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new InetSocketAddress("127.0.0.2", 0)),
                ServerSetup.DEFAULT,
                (_, wire) -> wire.abort());
    }

    private static void servingForever(Cancellation c) throws Exception {
        try (var server = startServer(HOST, 0, o -> o.startServing(false), CancellationPointsTest::echo)) {
            int port = Servers.port(server);
            assertFalse(c.endOf(server::serveForever));
            if (c.point > 0) { // else it never began
                assertFalse(server.serving());
                assertThrows(IOException.class, () -> openConnection(HOST, port));
            }
            Servers.end(server);
        }
    }

    private static void waitingForServer(Cancellation c) throws Exception {
        Server server = startServer(HOST, 0, CancellationPointsTest::echo);
        StreamConnection client = openConnection(HOST, Servers.port(server));
        server.close();
        assertFalse(c.endOf(server::waitClosed), "it did not wait for its client");
        client.close();
        server.waitClosed();
    }

    // ---- streams

    private interface Read {
        byte[] from(StreamReader reader) throws Exception;
    }

    /** The other side says "abcdef\nrest" in three parts. */
    private static void reading(Cancellation c, Read read) throws Exception {
        try (var server = startServer(HOST, 0, s -> {
            for (String part : List.of("abc", "def\n", "rest")) {
                s.writer().write(part);
                s.writer().drain();
                sleep(ofMillis(1));
            }
        })) {
            try (var client = openConnection(HOST, Servers.port(server))) {
                byte[] taken = c.of(() -> read.from(client.reader()));
                String rest = new String(client.reader().readAll(), UTF_8);
                assertEquals("abcdef\nrest", (taken == null ? "" : new String(taken, UTF_8)) + rest);
            }
            Servers.end(server);
        }
    }

    private static void draining(Cancellation c) throws Exception {
        List<byte[]> received = new ArrayList<>();
        try (var server = startServer(HOST, 0, s -> {
            sleep(ofMillis(3));
            received.add(s.reader().readAll());
        })) {
            try (var client = openConnection(HOST, Servers.port(server))) {
                client.writer().write(LARGE);
                c.endOf(client.writer()::drain);
                client.writer().write("end");
                client.writer().drain();
            }
            Servers.end(server);
        }
        assertEquals(LARGE.length + 3, received.getFirst().length);
        assertArrayEquals(LARGE, Arrays.copyOf(received.getFirst(), LARGE.length));
    }

    private interface Close {
        void close(StreamWriter writer) throws Exception;
    }

    private static void closing(Cancellation c, Close close) throws Exception {
        try (var server = startServer(HOST, 0, s -> {
            sleep(ofMillis(3));
            s.reader().readAll();
        })) {
            var client = openConnection(HOST, Servers.port(server));
            client.writer().write(LARGE);
            boolean ended = c.endOf(() -> close.close(client.writer()));
            assertTrue(client.writer().closing() || c.point == 0, "not closing");
            assertTrue(!ended || client.writer().closing());
            client.writer().abort();
            Servers.end(server);
        }
    }

    private static void startingTls(Cancellation c) throws Exception {
        var serving = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        var trusting = Certificates.context(Certificates.CLIENT, Certificates.LOCALHOST);
        try (var server = startServer(HOST, 0, s -> {
            try {
                s.writer().startTls(serving);
                s.writer().write(s.reader().readExactly(5));
            } catch (IOException e) {
                // the client has given up
            }
        })) {
            var client = openConnection(HOST, Servers.port(server));
            StreamWriter writer = c.of(() -> client.writer().startTls(trusting, t -> t.serverHostname(HOST)));
            if (writer != null) {
                writer.write("hello");
                assertEquals("hello", new String(client.reader().readExactly(5), UTF_8));
                client.close();
            } else {
                client.writer().abort();
            }
            Servers.end(server);
        }
    }

    private static void sendingAFile(Cancellation c) throws Exception {
        List<byte[]> received = new ArrayList<>();
        Path path = Files.createTempFile("jasyncio", "data");
        try (var server = startServer(HOST, 0, s -> {
            sleep(ofMillis(3));
            received.add(s.reader().readAll());
        })) {
            Files.write(path, LARGE);
            int sent;
            try (var file = FileChannel.open(path);
                    var client = openConnection(HOST, Servers.port(server))) {
                c.of(() -> Net.sendFile(client.writer(), file, 0, LARGE.length));
                sent = (int) file.position();
                client.writer().write("end");
                client.writer().drain();
            }
            Servers.end(server);
            byte[] expected = Arrays.copyOf(LARGE, sent + 3);
            System.arraycopy("end".getBytes(UTF_8), 0, expected, sent, 3);
            assertArrayEquals(expected, received.getFirst());
        } finally {
            Files.delete(path);
        }
    }

    // ---- datagrams

    private static void openingDatagrams(Cancellation c) throws Exception {
        DatagramEndpoint endpoint = c.of(() -> openDatagramEndpoint(o -> o.local("localhost", 0)));
        if (endpoint != null) {
            endpoint.close();
        }
    }

    private static final class Deaf implements DatagramProtocol {}

    private static void creatingDatagrams(Cancellation c) throws Exception {
        Net.DatagramConnection<Deaf> endpoint = c.of(() -> createDatagramEndpoint(Deaf::new, o -> o.local(HOST, 0)));
        if (endpoint != null) {
            endpoint.transport().close();
        }
    }

    private static void receiving(Cancellation c) throws Exception {
        try (var endpoint = openDatagramEndpoint(o -> o.local(HOST, 0));
                var sender = openDatagramEndpoint(o -> o.local(HOST, 0))) {
            InetSocketAddress to = endpoint.localAddress();
            Datagram received = c.of(() -> {
                sender.send("one".getBytes(UTF_8), to);
                return endpoint.receive();
            });
            sender.send("two".getBytes(UTF_8), to);
            String next = new String(endpoint.receive().data(), UTF_8);
            assertEquals(received == null && c.point > 0 ? "one" : "two", next);
        }
    }

    // ---- sockets

    private static SocketChannel[] pair() throws IOException {
        try (var listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel one = SocketChannel.open(listening.getLocalAddress());
            SocketChannel two = listening.accept();
            one.configureBlocking(false);
            two.configureBlocking(false);
            return new SocketChannel[] {one, two};
        }
    }

    private static void sockConnect(Cancellation c) throws Exception {
        try (var listening =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            c.endOf(() -> Sock.connect(channel, listening.getLocalAddress()));
        }
    }

    private static void sockAccept(Cancellation c) throws Exception {
        try (var listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            listening.configureBlocking(false);
            var connecting = createTask(() -> {
                sleep(ofMillis(1));
                return SocketChannel.open(listening.getLocalAddress());
            });
            SocketChannel accepted = c.of(() -> Sock.accept(listening));
            try (var client = await(connecting);
                    var other = accepted != null ? accepted : Sock.accept(listening)) {
                assertEquals(client.getLocalAddress(), other.getRemoteAddress());
            }
        }
    }

    private static void sockRecv(Cancellation c) throws Exception {
        SocketChannel[] pair = pair();
        try (var one = pair[0];
                var two = pair[1]) {
            var sending = createTask(() -> {
                sleep(ofMillis(1));
                one.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
            });
            byte[] received = c.of(() -> Sock.recv(two, 100));
            await(sending);
            assertEquals("hello", new String(received != null ? received : Sock.recv(two, 100), UTF_8));
        }
    }

    private static void sockSendAll(Cancellation c) throws Exception {
        SocketChannel[] pair = pair();
        try (var one = pair[0];
                var two = pair[1]) {
            var data = ByteBuffer.wrap(LARGE);
            var reading = createTask(() -> {
                sleep(ofMillis(3));
                int size = 0;
                for (int n; (n = Sock.recv(two, 100_000).length) > 0; ) {
                    size += n;
                }
                return size;
            });
            c.endOf(() -> Sock.sendAll(one, data));
            one.shutdownOutput();
            assertEquals(data.position(), await(reading));
        }
    }

    private static void sockRecvFrom(Cancellation c) throws Exception {
        try (var one = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var two = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            two.configureBlocking(false);
            var sending = createTask(() -> {
                sleep(ofMillis(1));
                one.send(ByteBuffer.wrap("hello".getBytes(UTF_8)), two.getLocalAddress());
            });
            Sock.Datagram received = c.of(() -> Sock.recvFrom(two, 100));
            await(sending);
            assertEquals("hello", new String((received != null ? received : Sock.recvFrom(two, 100)).data(), UTF_8));
        }
    }

    // ---- processes

    private static void launching(Cancellation c) throws Exception {
        Subprocess process = c.of(() -> createSubprocessExec("sleep", "60"));
        if (process != null) {
            process.close();
        }
    }

    private interface Use {
        void of(Subprocess process) throws Exception;
    }

    private static void running(Cancellation c, Use use) throws Exception {
        try (var process = createSubprocessExec("sleep", "60")) {
            c.endOf(() -> use.of(process));
        }
    }
}
