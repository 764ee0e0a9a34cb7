package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.createDatagramEndpoint;
import static jasyncio.net.Net.createServer;
import static jasyncio.net.Net.createUnixConnection;
import static jasyncio.net.Net.createUnixServer;
import static jasyncio.net.Net.openUnixConnection;
import static jasyncio.net.Net.startUnixServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jasyncio.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers and connections of protocols: what they are told, which addresses they have, and which are refused. */
@Timeout(60)
class ServedProtocolsTest {
    private static final String HOST = "127.0.0.1";

    /** Keeps what it hears; tells when it is connected, and when that ended. */
    private static final class Recorder implements Protocol {
        private final Future<Transport> connected = runningLoop().createFuture();
        private final Future<@Nullable Void> end = runningLoop().createFuture();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public void connectionMade(Transport transport) {
            connected.setResult(transport);
        }

        @Override
        public void dataReceived(Chunk data) {
            received.writeBytes(data.toArray());
        }

        @Override
        public void connectionLost(@Nullable IOException cause) {
            end.setResult(null);
        }

        void awaitText(String text) throws Exception {
            timeout(ofSeconds(10), () -> {
                while (!received.toString(UTF_8).equals(text)) {
                    sleep(ofMillis(1));
                }
            });
        }
    }

    /** The protocol of the next connection. */
    private static final class Waiting {
        private Future<Recorder> next = runningLoop().createFuture();

        Recorder accept() {
            var recorder = new Recorder();
            next.setResult(recorder);
            return recorder;
        }

        Recorder await() throws Exception {
            Recorder recorder = timeout(ofSeconds(10), () -> jasyncio.Asyncio.await(next));
            next = runningLoop().createFuture();
            return recorder;
        }
    }

    /** Connects from outside, says xxx, and sees what the server tells its protocol. */
    private static Transport serveOne(SocketAddress address, Waiting waiting) throws Exception {
        try (var client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap("xxx".getBytes(UTF_8)));
            Recorder served = waiting.await();
            Transport transport = await(served.connected);
            served.awaitText("xxx");
            transport.close();
            await(served.end);
            return transport;
        }
    }

    @EachEngine
    void server_ofAllAddresses_servesWithItsAddresses(Engine engine) throws Exception {
        run(engine, () -> {
            var waiting = new Waiting();
            try (var server = createServer(waiting::accept, "0.0.0.0", 0)) {
                assertEquals(1, server.addresses().size());
                var address = (InetSocketAddress) server.addresses().getFirst();
                assertTrue(address.getAddress().isAnyLocalAddress(), address.toString());
                var here = new InetSocketAddress(HOST, address.getPort());
                try (var client = SocketChannel.open(here)) {
                    Transport transport = await(waiting.await().connected);
                    assertEquals(here, transport.localAddress());
                    assertEquals(client.getLocalAddress(), transport.peerAddress());
                    transport.close();
                }
                serveOne(here, waiting);
            }
        });
    }

    @EachEngine
    void server_withoutAHost_servesBothVersions(Engine engine) throws Exception {
        run(engine, () -> {
            var waiting = new Waiting();
            try (var server = createServer(waiting::accept, "", 0)) {
                int port = Servers.port(server);
                serveOne(new InetSocketAddress(HOST, port), waiting);
                var six = new InetSocketAddress("::1", port);
                assumeTrue(has(six), "this machine has no IPv6");
                serveOne(six, waiting);
            }
        });
    }

    private static boolean has(InetSocketAddress address) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address.getAddress(), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @EachEngine
    void unixServer_servesAndConnects(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s-" + engine);
        run(engine, () -> {
            var waiting = new Waiting();
            try (var _ = createUnixServer(waiting::accept, path)) {
                serveOne(UnixDomainSocketAddress.of(path), waiting);
                var client = createUnixConnection(Recorder::new, path);
                assertTrue(client.protocol().connected.done());
                assertNotNull(client.transport().localAddress());
                Recorder served = waiting.await();
                await(served.connected).write("hello".getBytes(UTF_8));
                client.protocol().awaitText("hello");
                await(served.connected).close();
                await(client.protocol().end);
            }
        });
    }

    @EachEngine
    void server_onAPortInUse_isRefused_unlessBothShareIt(Engine engine) throws Exception {
        run(engine, () -> {
            try (var alone = createServer(Recorder::new, HOST, 0)) {
                for (boolean share : new boolean[] {false, true}) {
                    var e = assertThrows(
                            IOException.class,
                            () -> createServer(Recorder::new, HOST, Servers.port(alone), o -> o.reusePort(share)));
                    assertTrue(e.getMessage().contains("in use"), e.getMessage());
                }
            }
            try (var one = createServer(Recorder::new, HOST, 0, o -> o.reusePort(true));
                    var other = createServer(Recorder::new, HOST, Servers.port(one), o -> o.reusePort(true))) {
                assertEquals(Servers.port(one), Servers.port(other));
            }
        });
    }

    // ---- the address to connect from

    @EachEngine
    void localAddress_isWhereTheConnectionComesFrom(Engine engine) throws Exception {
        run(engine, () -> {
            var from = new InetSocketAddress("127.0.0.5", freePort());
            var waiting = new Waiting();
            try (var server = createServer(waiting::accept, HOST, 0)) {
                var client = createConnection(Recorder::new, HOST, Servers.port(server), o -> o.localAddress(from));
                assertEquals(from, client.transport().localAddress());
                assertEquals(from, await(waiting.await().connected).peerAddress());
                client.transport().close();
                await(client.protocol().end);
            }
        });
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    @EachEngine
    void localAddress_inUse_isRefusedWithTheAddress(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = createServer(Recorder::new, HOST, 0)) {
                int port = Servers.port(server);
                var e = assertThrows(
                        IOException.class,
                        () -> createConnection(
                                Recorder::new, HOST, port, o -> o.localAddress(new InetSocketAddress(HOST, port))));
                assertTrue(e.getMessage().contains(HOST + ":" + port), e.toString());
                assertTrue(e.getMessage().contains("Address already in use"), e.toString());
            }
        });
    }

    @EachEngine
    void localAddress_ofAnotherVersion_isRefused(Engine engine) throws Exception {
        assumeTrue(has(new InetSocketAddress("::1", 0)), "this machine has no IPv6");
        run(engine, () -> {
            try (var server = createServer(Recorder::new, HOST, 0)) {
                assertThrows(
                        IOException.class,
                        () -> timeout(
                                ofSeconds(10),
                                () -> createConnection(
                                        Recorder::new,
                                        HOST,
                                        Servers.port(server),
                                        o -> o.localAddress(new InetSocketAddress("::1", 0)))));
            }
        });
    }

    // ---- TLS

    @EachEngine
    void tls_thatTheClientRefuses_makesNoServedProtocol(Engine engine) throws Exception {
        SSLContext serving = Certificates.context(Certificates.ELSEWHERE, Certificates.CLIENT);
        run(engine, () -> {
            List<Recorder> served = new java.util.ArrayList<>();
            try (var server = createServer(
                    () -> {
                        served.add(new Recorder());
                        return served.getLast();
                    },
                    HOST,
                    0,
                    o -> o.tls(serving))) {
                for (SSLContext trusting : List.of(
                        Certificates.context(null, Certificates.LOCALHOST),
                        Certificates.context(null, Certificates.ELSEWHERE))) { // unknown; known, of another host
                    assertThrows(
                            SSLHandshakeException.class,
                            () -> createConnection(Recorder::new, HOST, Servers.port(server), o -> o.tls(trusting)));
                }
                sleep(ofMillis(50));
                for (Recorder recorder : served) {
                    assertTrue(!recorder.connected.done(), "a protocol heard of a connection that was refused");
                }
            }
        });
    }

    @EachEngine
    void tls_ofAClientThatTrusts_showsTheSession(Engine engine) throws Exception {
        SSLContext serving = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        SSLContext trusting = Certificates.context(null, Certificates.LOCALHOST);
        run(engine, () -> {
            var waiting = new Waiting();
            try (var server = createServer(waiting::accept, HOST, 0, o -> o.tls(serving))) {
                var client = createConnection(Recorder::new, HOST, Servers.port(server), o -> o.tls(trusting));
                client.transport().write("xxx".getBytes(UTF_8));
                Recorder served = waiting.await();
                served.awaitText("xxx");
                assertEquals(server.addresses().getFirst(), client.transport().peerAddress());
                var session =
                        java.util.Objects.requireNonNull(client.transport().sslSession());
                assertEquals(Certificates.LOCALHOST.getCertificate("key"), session.getPeerCertificates()[0]);
                assertTrue(session.getCipherSuite().startsWith("TLS_"), session.getCipherSuite());
                assertTrue(session.getProtocol().startsWith("TLSv1."), session.getProtocol());
                await(served.connected).close();
                await(client.protocol().end);
            }
            var plain = createServer(waiting::accept, HOST, 0);
            var client = createConnection(Recorder::new, HOST, Servers.port(plain));
            assertNull(client.transport().sslSession());
            client.transport().abort();
            plain.close();
        });
    }

    @EachEngine
    void tlsOverASocketFile_checksAuthorityAndName(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("t-" + engine);
        SSLContext serving = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        SSLContext trusting = Certificates.context(null, Certificates.LOCALHOST);
        SSLContext other = Certificates.context(null, Certificates.ELSEWHERE);
        run(engine, () -> {
            List<String> served = new java.util.ArrayList<>();
            try (var _ = startUnixServer(
                    path, o -> o.tls(serving), c -> served.add(c.reader().readLine()))) {
                assertThrows(
                        SSLHandshakeException.class,
                        () -> openUnixConnection(path, o -> o.tls(other).serverHostname("localhost")));
                assertThrows(
                        SSLHandshakeException.class,
                        () -> openUnixConnection(path, o -> o.tls(trusting).serverHostname("invalid")));
                assertEquals(List.of(), served);
                try (var c = openUnixConnection(path, o -> o.tls(trusting).serverHostname("localhost"))) {
                    c.writer().write("hello\n");
                    c.writer().drain();
                    assertEquals(0, c.reader().readAll().length);
                }
                assertEquals(List.of("hello"), served);
            }
        });
    }

    // ---- datagrams

    @EachEngine
    void datagram_toAnAddressWhereNobodyListens_leavesTheTransportReceiving(Engine engine) throws Exception {
        final class Heard implements DatagramProtocol {
            private Future<String> next = runningLoop().createFuture();

            @Override
            public void datagramReceived(Chunk data, InetSocketAddress sender) {
                next.setResult(new String(data.toArray(), UTF_8));
            }

            String await() throws Exception {
                String text = timeout(ofSeconds(10), () -> jasyncio.Asyncio.await(next));
                next = runningLoop().createFuture();
                return text;
            }
        }
        run(engine, () -> {
            var one = createDatagramEndpoint(Heard::new, o -> o.local(HOST, 0));
            var two = createDatagramEndpoint(Heard::new, o -> o.local(HOST, 0));
            var nobody = createDatagramEndpoint(Heard::new, o -> o.local(HOST, 0));
            InetSocketAddress nowhere = nobody.transport().localAddress();
            nobody.transport().abort();
            one.transport().sendTo("a".getBytes(UTF_8), two.transport().localAddress());
            assertEquals("a", two.protocol().await());
            two.transport().sendTo("b".getBytes(UTF_8), one.transport().localAddress());
            assertEquals("b", one.protocol().await());
            one.transport().sendTo("c".getBytes(UTF_8), nowhere);
            sleep(ofMillis(20));
            two.transport().sendTo("d".getBytes(UTF_8), one.transport().localAddress());
            assertEquals("d", one.protocol().await());
            one.transport().close();
            two.transport().close();
        });
    }
}
