package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.createServer;
import static jasyncio.net.Net.sendFile;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a protocol receives of a file, and where the file's position is afterwards, with the system's help and without. */
@Timeout(60)
class SendFileTransportsTest {
    private static final String HOST = "127.0.0.1";
    private static final int SIZE = 5 << 20;
    private static final int BUFFER = 4096;

    @TempDir
    static Path directory;

    private static Path path;
    private static byte[] data;
    private static SSLContext serving;
    private static SSLContext trusting;

    @BeforeAll
    static void prepare() throws Exception {
        data = new byte[SIZE];
        new Random(5).nextBytes(data);
        path = Files.write(directory.resolve("file"), data);
        serving = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        trusting = Certificates.context(null, Certificates.LOCALHOST);
    }

    /** An engine, and whether the file has to be read because TLS encrypts it. */
    record Way(Engine engine, boolean tls) {}

    static Stream<Way> ways() {
        return EachEngine.Engines.available()
                .flatMap(engine -> Stream.of(new Way(engine, false), new Way(engine, true)));
    }

    static Stream<Engine> engines() {
        return EachEngine.Engines.available();
    }

    /** Keeps what comes, and closes when that is enough. */
    private static final class Receiver implements Protocol {
        private final int enough;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final Future<@Nullable Void> end = runningLoop().createFuture();
        private Transport transport;

        Receiver(int enough) {
            this.enough = enough;
        }

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(Chunk chunk) {
            received.writeBytes(chunk.toArray());
            if (received.size() >= enough) {
                transport.close();
            }
        }

        @Override
        public void connectionLost(@Nullable IOException cause) {
            end.setResult(null);
        }

        byte[] all() {
            await(end);
            return received.toByteArray();
        }
    }

    private interface Conversation {
        void hold(Transport sending, FileChannel file, Receiver receiver) throws Exception;
    }

    private static void converse(Way way, int enough, Conversation conversation) throws Exception {
        EachEngine.Engines.run(way.engine, () -> {
            Future<Receiver> connected = runningLoop().createFuture();
            try (var file = FileChannel.open(path);
                    var server = createServer(
                            () -> {
                                var receiver = new Receiver(enough);
                                connected.setResult(receiver);
                                return receiver;
                            },
                            HOST,
                            0,
                            o -> way.tls ? o.tls(serving) : o)) {
                var client = createConnection(
                        () -> new Receiver(Integer.MAX_VALUE),
                        HOST,
                        Servers.port(server),
                        o -> way.tls ? o.tls(trusting) : o);
                timeout(ofSeconds(20), () -> conversation.hold(client.transport(), file, await(connected)));
                client.transport().close();
                await(client.protocol().end);
            }
        });
    }

    private static void converse(Way way, Conversation conversation) throws Exception {
        converse(way, Integer.MAX_VALUE, conversation);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void wholeFile_arrives_andThePositionIsAtItsEnd(Way way) throws Exception {
        converse(way, (sending, file, receiver) -> {
            assertEquals(SIZE, sendFile(sending, file, 0, Long.MAX_VALUE));
            assertEquals(SIZE, file.position());
            sending.close();
            assertArrayEquals(data, receiver.all());
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void part_arrives_andThePositionIsBehindIt(Way way) throws Exception {
        converse(way, (sending, file, receiver) -> {
            assertEquals(100, sendFile(sending, file, 1000, 100));
            assertEquals(1100, file.position());
            sending.close();
            assertArrayEquals(Arrays.copyOfRange(data, 1000, 1100), receiver.all());
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void file_comesBetweenWhatWasWrittenBeforeAndAfter(Way way) throws Exception {
        byte[] prefix = "zxcvbnm".repeat(1024).getBytes(US_ASCII);
        byte[] suffix = "0987654321".repeat(1024).getBytes(US_ASCII);
        converse(way, (sending, file, receiver) -> {
            sending.write(prefix);
            assertEquals(SIZE, sendFile(sending, file, 0, SIZE));
            sending.write(suffix);
            sending.close();
            var expected = new ByteArrayOutputStream();
            expected.writeBytes(prefix);
            expected.writeBytes(data);
            expected.writeBytes(suffix);
            assertArrayEquals(expected.toByteArray(), receiver.all());
            assertEquals(SIZE, file.position());
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void closingTransport_refuses_andSendsNothing(Way way) throws Exception {
        converse(way, (sending, file, receiver) -> {
            sending.close();
            assertThrows(IllegalStateException.class, () -> sendFile(sending, file, 0, SIZE));
            assertEquals(0, receiver.all().length);
            assertEquals(0, file.position());
        });
    }

    @ParameterizedTest
    @MethodSource("engines")
    void withoutFallback_whereTheFileMustBeRead_isRefused_andSendsNothing(Engine engine) throws Exception {
        converse(new Way(engine, true), (sending, file, receiver) -> {
            assertThrows(UnsupportedOperationException.class, () -> sendFile(sending, file, 0, SIZE, false));
            assertEquals(0, file.position());
            sending.close();
            assertEquals(0, receiver.all().length);
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void peerThatClosesWhenItHasAll_isNoFailure(Way way) throws Exception {
        converse(way, SIZE, (sending, file, receiver) -> {
            assertEquals(SIZE, sendFile(sending, file, 0, SIZE));
            assertArrayEquals(data, receiver.all());
            assertEquals(SIZE, file.position());
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void peerThatClosesInTheMiddle_breaksIt_andThePositionTellsHowFarItCame(Way way) throws Exception {
        converse(way, 1024, (sending, file, receiver) -> {
            sending.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            assertThrows(IOException.class, () -> sendFile(sending, file, 0, SIZE));
            int received = receiver.all().length;
            assertTrue(received >= 1024 && received < SIZE, received + " bytes were received");
            long position = file.position();
            assertTrue(position >= 1024 && position < SIZE, "position " + position);
            assertTrue(sending.closing());
        });
    }

    // ---- over a channel of the JDK's

    private interface SockConversation {
        void hold(SocketChannel socket, FileChannel file, Receiver receiver) throws Exception;
    }

    private static void overSock(Engine engine, Path path, SockConversation conversation) throws Exception {
        EachEngine.Engines.run(engine, () -> {
            try (var file = FileChannel.open(path);
                    var listener = ServerSocketChannel.open();
                    var socket = SocketChannel.open()) {
                listener.bind(new java.net.InetSocketAddress(HOST, 0)).configureBlocking(false);
                socket.configureBlocking(false);
                var accepting = createTask(() -> Sock.accept(listener));
                Sock.connect(socket, listener.getLocalAddress());
                var receiver = Net.connectAcceptedSocket(() -> new Receiver(Integer.MAX_VALUE), await(accepting));
                timeout(ofSeconds(20), () -> conversation.hold(socket, file, receiver.protocol()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sock_wholeFile_arrives_andThePositionIsAtItsEnd(Engine engine) throws Exception {
        overSock(engine, path, (socket, file, receiver) -> {
            assertEquals(SIZE, Sock.sendFile(socket, file, 0, Long.MAX_VALUE));
            assertEquals(SIZE, file.position());
            socket.close();
            assertArrayEquals(data, receiver.all());
        });
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sock_part_arrives_andThePositionIsBehindIt(Engine engine) throws Exception {
        overSock(engine, path, (socket, file, receiver) -> {
            assertEquals(2000, Sock.sendFile(socket, file, 1000, 2000));
            assertEquals(3000, file.position());
            socket.close();
            assertArrayEquals(Arrays.copyOfRange(data, 1000, 3000), receiver.all());
        });
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sock_emptyFile_sendsNothing(Engine engine) throws Exception {
        Path empty = Files.write(directory.resolve("empty-" + engine), new byte[0]);
        overSock(engine, empty, (socket, file, receiver) -> {
            assertEquals(0, Sock.sendFile(socket, file, 0, Long.MAX_VALUE));
            assertEquals(0, file.position());
            socket.close();
            assertEquals(0, receiver.all().length);
        });
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sock_file_comesBetweenWhatWasSentBeforeAndAfter(Engine engine) throws Exception {
        byte[] other = "mix_regular_send".repeat(4096).getBytes(US_ASCII);
        overSock(engine, path, (socket, file, receiver) -> {
            Sock.sendAll(socket, other);
            assertEquals(SIZE, Sock.sendFile(socket, file, 0, SIZE));
            Sock.sendAll(socket, other);
            assertEquals(SIZE, file.position());
            socket.close();
            var expected = new ByteArrayOutputStream();
            expected.writeBytes(other);
            expected.writeBytes(data);
            expected.writeBytes(other);
            assertArrayEquals(expected.toByteArray(), receiver.all());
        });
    }
}
