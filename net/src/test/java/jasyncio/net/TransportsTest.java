package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.Certificates.LOCALHOST;
import static jasyncio.net.Certificates.context;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.connectAcceptedSocket;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.createServer;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServerTls;
import static jasyncio.net.Net.startTls;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What transports and protocols can do besides plain echo, over real sockets, on every engine of this machine. */
class TransportsTest {
    private static final String HOST = "127.0.0.1";

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    /** Notes what happens. */
    private static class Recorder implements Protocol {
        final List<String> log = new ArrayList<>();
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final Future<@Nullable Void> end = runningLoop().createFuture();
        Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
            log.add("made");
        }

        @Override
        public void dataReceived(Chunk data) {
            received.writeBytes(data.toArray());
        }

        @Override
        public boolean eofReceived() {
            log.add("eof");
            return false;
        }

        @Override
        public void connectionLost(@Nullable IOException cause) {
            log.add("lost " + (cause == null ? "" : cause.getClass().getSimpleName()));
            end.setResult(null);
        }

        String text() {
            return received.toString(US_ASCII);
        }
    }

    // ---- buffers of the protocol's own

    /** Takes what comes in small pieces. */
    private static class Pieces extends Recorder implements BufferedProtocol {
        private final ByteBuffer piece;
        final List<Integer> sizes = new ArrayList<>();
        boolean pauseAfterEach;

        Pieces(int size) {
            piece = ByteBuffer.allocate(size);
        }

        @Override
        public void dataReceived(Chunk data) {
            BufferedProtocol.super.dataReceived(data);
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            assertTrue(sizeHint > 0);
            return piece;
        }

        @Override
        public void bufferUpdated(int n) {
            sizes.add(n);
            assertEquals(n, piece.position());
            piece.flip();
            while (piece.hasRemaining()) {
                received.write(piece.get());
            }
            piece.clear();
            if (pauseAfterEach) {
                transport.pauseReading();
                runningLoop().callLater(ofMillis(1), transport::resumeReading);
            }
        }
    }

    @EachEngine
    void bufferedProtocol_getsAllOfIt_inItsOwnBuffers(Engine engine) throws Exception {
        byte[] data = new byte[300_000];
        new Random(1).nextBytes(data);
        run(engine, () -> {
            for (boolean pause : new boolean[] {false, true}) {
                List<Pieces> made = new ArrayList<>();
                var server = createServer(
                        () -> {
                            var protocol = new Pieces(pause ? 40_000 : 1000);
                            protocol.pauseAfterEach = pause;
                            made.add(protocol);
                            return protocol;
                        },
                        HOST,
                        0);
                var client = createConnection(Recorder::new, HOST, port(server));
                client.transport().write(data);
                client.transport().writeEof();
                await(client.protocol().end);
                Pieces protocol = made.getFirst();
                await(protocol.end);
                assertArrayEquals(data, protocol.received.toByteArray());
                assertEquals(List.of("made", "eof", "lost "), protocol.log);
                assertTrue(protocol.sizes.size() >= 8, protocol.sizes.toString());
                server.close();
            }
        });
    }

    @EachEngine
    void bufferedProtocol_mayPauseBetweenTwoBuffers_andHandOver(Engine engine) throws Exception {
        run(engine, () -> {
            var plain = new Recorder();
            var first = new Pieces(4) {
                @Override
                public void bufferUpdated(int n) {
                    super.bufferUpdated(n);
                    transport.setProtocol(plain);
                    transport.pauseReading();
                }
            };
            var server = createServer(() -> first, HOST, 0);
            var client = createConnection(Recorder::new, HOST, port(server));
            client.transport().write("headbody".getBytes(US_ASCII));
            sleep(ofMillis(50));
            assertEquals("head", first.text());
            assertEquals("", plain.text());
            first.transport.resumeReading();
            sleep(ofMillis(10));
            assertEquals("body", plain.text());
            client.transport().close();
            await(plain.end);
            server.close();
        });
    }

    @EachEngine
    void bufferedProtocol_emptyBuffer_breaksTheConnection(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> failures = new ArrayList<>();
            runningLoop().setExceptionHandler(failure -> failures.add(String.valueOf(failure.exception())));
            var protocol = new Pieces(0);
            var server = createServer(() -> protocol, HOST, 0);
            var client = createConnection(Recorder::new, HOST, port(server));
            client.transport().write(new byte[10]);
            await(protocol.end);
            await(client.protocol().end);
            server.close();
            assertEquals(1, failures.size());
            assertTrue(failures.getFirst().contains("getBuffer(10) returned an empty buffer"), failures.getFirst());
            assertEquals(List.of("made", "lost IOException"), protocol.log);
        });
    }

    // ---- paused reading

    @EachEngine
    void pausedReading_holdsDataBack_butNeitherTheEndOfItsOwnClosingNorResumeWriting(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> flow = new ArrayList<>();
            var held = new Pieces(4) {
                @Override
                public void bufferUpdated(int n) {
                    super.bufferUpdated(n);
                    transport.pauseReading(); // with more of the same piece to come
                }

                @Override
                public void pauseWriting() {
                    flow.add("pause");
                }

                @Override
                public void resumeWriting() {
                    flow.add("resume");
                }
            };
            var server = createServer(() -> held, HOST, 0);
            var client = createConnection(Recorder::new, HOST, port(server));
            client.transport().write("headbody".getBytes(US_ASCII));
            sleep(ofMillis(50));
            held.transport.write(new byte[5_000_000]);
            sleep(ofMillis(200));
            assertEquals(List.of("pause", "resume"), flow);
            assertEquals("head", held.text());
            held.transport.close();
            await(held.end);
            assertEquals("head", held.text());
            await(client.protocol().end);
            server.close();
        });
    }

    // ---- options

    @EachEngine
    void option_isThatOfTheSocket(Engine engine) throws Exception {
        run(engine, () -> {
            var server = createServer(Recorder::new, HOST, 0);
            var client = createConnection(Recorder::new, HOST, port(server));
            Transport t = client.transport();
            assertEquals(true, t.option(StandardSocketOptions.TCP_NODELAY));
            t.setOption(StandardSocketOptions.TCP_NODELAY, false);
            assertEquals(false, t.option(StandardSocketOptions.TCP_NODELAY));
            t.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            assertEquals(true, t.option(StandardSocketOptions.SO_KEEPALIVE));
            assertThrows(UnsupportedOperationException.class, () -> t.option(StandardSocketOptions.IP_MULTICAST_LOOP));
            t.close();
            await(client.protocol().end);
            assertThrows(IOException.class, () -> t.option(StandardSocketOptions.SO_KEEPALIVE));
            try (var c = openConnection(HOST, port(server))) {
                assertEquals(true, c.writer().option(StandardSocketOptions.TCP_NODELAY));
                c.writer().setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                assertEquals(true, c.writer().option(StandardSocketOptions.SO_KEEPALIVE));
            }
            server.close();
        });
    }

    // ---- TLS over a connection that is there

    /** Speaks plain text until the other side asks for TLS. */
    private static final class Upgrading extends Recorder {
        private final SSLContext context;

        Upgrading(SSLContext context) {
            this.context = context;
        }

        @Override
        public void dataReceived(Chunk data) {
            super.dataReceived(data);
            if (text().equals("STARTTLS\n")) {
                transport.write("OK\n".getBytes(US_ASCII));
                Transport plain = transport;
                var _ = createTask(() -> {
                    transport = startServerTls(plain, this, context, t -> t);
                    log.add("secure");
                    transport.write("welcome".getBytes(US_ASCII));
                });
            } else if (text().endsWith("bye")) {
                transport.close();
            }
        }
    }

    @EachEngine
    void startTls_ofBothSides_goesOnWithTheSameProtocols(Engine engine) throws Exception {
        SSLContext own = context(LOCALHOST, LOCALHOST);
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            List<Upgrading> made = new ArrayList<>();
            var server = createServer(
                    () -> {
                        made.add(new Upgrading(own));
                        return made.getLast();
                    },
                    HOST,
                    0);
            var client = createConnection(Recorder::new, HOST, port(server));
            Transport plain = client.transport();
            plain.write("STARTTLS\n".getBytes(US_ASCII));
            while (!client.protocol().text().equals("OK\n")) {
                sleep(ofMillis(1));
            }
            Transport secure = startTls(plain, client.protocol(), trusting, t -> t.serverHostname("localhost"));
            assertNotNull(secure.sslSession());
            assertEquals(plain.peerAddress(), secure.peerAddress());
            assertEquals(true, secure.option(StandardSocketOptions.TCP_NODELAY));
            assertThrows(IllegalStateException.class, () -> plain.write(new byte[1]));
            assertThrows(IllegalStateException.class, plain::pauseReading);
            assertThrows(IllegalStateException.class, () -> startTls(plain, client.protocol(), trusting, t -> t));
            while (!client.protocol().text().equals("OK\nwelcome")) {
                sleep(ofMillis(1));
            }
            secure.write("bye".getBytes(US_ASCII));
            await(client.protocol().end);
            await(made.getFirst().end);
            assertTrue(plain.closing());
            assertEquals(List.of("made", "eof", "lost "), client.protocol().log);
            assertEquals(List.of("made", "secure", "lost "), made.getFirst().log);
            server.close();
            server.waitClosed();
        });
    }

    @EachEngine
    void startTls_handshakeFails_theProtocolHearsThatTheConnectionIsLost(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            var echo = createServer(
                    () -> new Recorder() {
                        @Override
                        public void dataReceived(Chunk data) {
                            transport.write(data);
                        }
                    },
                    HOST,
                    0);
            var client = createConnection(Recorder::new, HOST, port(echo));
            assertThrows(
                    SSLHandshakeException.class,
                    () -> startTls(
                            client.transport(), client.protocol(), trusting, t -> t.serverHostname("localhost")));
            await(client.protocol().end);
            assertEquals(List.of("made", "lost SSLHandshakeException"), client.protocol().log);
            echo.close();
        });
    }

    @EachEngine
    void startTls_whenCancelled_closesTheConnection(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            var silent = createServer(Recorder::new, HOST, 0);
            var client = createConnection(Recorder::new, HOST, port(silent));
            var starting = createTask(() ->
                    startTls(client.transport(), client.protocol(), trusting, t -> t.serverHostname("localhost")));
            sleep(ofMillis(20));
            starting.cancel();
            assertThrows(CancelledError.class, () -> await(starting));
            await(client.protocol().end);
            assertNull(client.transport().sslSession());
            var other = createConnection(Recorder::new, HOST, port(silent));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> startTls(other.transport(), other.protocol(), trusting, t -> t));
            other.transport().close(); // nothing has happened to it
            await(other.protocol().end);
            silent.close();
        });
    }

    // ---- accepted sockets

    private static final class Echo extends Recorder {
        @Override
        public void dataReceived(Chunk data) {
            transport.write(data);
        }
    }

    private static SocketChannel accept(ServerSocketChannel listening, Socket client) throws IOException {
        client.connect(listening.getLocalAddress());
        return listening.accept();
    }

    @EachEngine
    void acceptedSocket_isServedAsAnyOther(Engine engine) throws Exception {
        byte[] data = new byte[2_000_000];
        new Random(2).nextBytes(data);
        try (var listening = ServerSocketChannel.open().bind(new InetSocketAddress(HOST, 0))) {
            run(engine, () -> {
                for (int round = 0; round < 3; round++) {
                    var waiting = Asyncio.createTask(
                            () -> openConnection(HOST, listening.socket().getLocalPort()));
                    sleep(ofMillis(20));
                    SocketChannel accepted = listening.accept();
                    var served = connectAcceptedSocket(Echo::new, accepted);
                    assertEquals(List.of("made"), served.protocol().log);
                    assertEquals(accepted.getRemoteAddress(), served.transport().peerAddress());
                    assertEquals(listening.getLocalAddress(), served.transport().localAddress());
                    served.transport().setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                    assertEquals(true, served.transport().option(StandardSocketOptions.SO_KEEPALIVE));
                    try (var c = await(waiting, IOException.class)) {
                        var back = createTask(() -> c.reader().readExactly(data.length));
                        c.writer().write(data);
                        c.writer().drain();
                        assertArrayEquals(data, await(back));
                        c.writer().writeEof();
                        assertEquals(0, c.reader().readAll().length);
                    }
                    await(served.protocol().end);
                    assertEquals(List.of("made", "eof", "lost "), served.protocol().log);
                }
            });
        }
    }

    @EachEngine
    void acceptedSocket_slowPeer_writesArePausedAndReadingToo(Engine engine) throws Exception {
        try (var listening = ServerSocketChannel.open().bind(new InetSocketAddress(HOST, 0))) {
            run(engine, () -> {
                var waiting =
                        createTask(() -> openConnection(HOST, listening.socket().getLocalPort()));
                sleep(ofMillis(20));
                List<String> flow = new ArrayList<>();
                var served = connectAcceptedSocket(
                        () -> new Recorder() {
                            @Override
                            public void pauseWriting() {
                                flow.add("pause");
                            }

                            @Override
                            public void resumeWriting() {
                                flow.add("resume");
                            }
                        },
                        listening.accept());
                try (var c = await(waiting, IOException.class)) {
                    served.transport().pauseReading();
                    served.transport().write(new byte[20_000_000]);
                    assertEquals(List.of("pause"), flow);
                    sleep(ofMillis(50));
                    assertEquals(List.of("pause"), flow);
                    c.writer().write("x");
                    c.writer().drain();
                    c.reader().readExactly(20_000_000);
                    sleep(ofMillis(50));
                    assertEquals(List.of("pause", "resume"), flow);
                    assertEquals("", served.protocol().text());
                    served.transport().resumeReading();
                    sleep(ofMillis(50));
                    assertEquals("x", served.protocol().text());
                    served.transport().abort();
                    await(served.protocol().end);
                }
            });
        }
    }

    @EachEngine
    void acceptedSocket_withTls_andWithABrokenPeer(Engine engine) throws Exception {
        SSLContext own = context(LOCALHOST, LOCALHOST);
        SSLContext trusting = context(null, LOCALHOST);
        try (var listening = ServerSocketChannel.open().bind(new InetSocketAddress(HOST, 0))) {
            run(engine, () -> {
                int port = listening.socket().getLocalPort();
                var waiting = createTask(() -> openConnection(HOST, port, o -> o.tls(trusting)));
                sleep(ofMillis(20));
                var served = connectAcceptedSocket(Echo::new, listening.accept(), own, t -> t);
                try (var c = await(waiting, IOException.class)) {
                    c.writer().write("secret\n");
                    assertEquals("secret", c.reader().readLine());
                    assertNotNull(served.transport().sslSession());
                }
                await(served.protocol().end);
                var socket = new Socket();
                var reset = connectAcceptedSocket(Recorder::new, accept(listening, socket));
                socket.setSoLinger(true, 0);
                socket.close();
                await(reset.protocol().end);
                assertTrue(
                        reset.protocol().log.getLast().matches("lost .*Exception"),
                        reset.protocol().log.toString());
            });
        }
    }

    @EachEngine
    void acceptedSocket_notConnected_isRefused(Engine engine) throws Exception {
        run(engine, () -> {
            try (var channel = SocketChannel.open()) {
                var e = assertThrows(
                        IllegalArgumentException.class, () -> connectAcceptedSocket(Recorder::new, channel));
                assertTrue(e.getMessage().contains("not connected"), e.getMessage());
            }
        });
    }
}
