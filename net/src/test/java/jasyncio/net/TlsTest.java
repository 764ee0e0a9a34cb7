package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.Certificates.CLIENT;
import static jasyncio.net.Certificates.ELSEWHERE;
import static jasyncio.net.Certificates.LOCALHOST;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.createServer;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** TLS over real sockets, on every engine of this machine. */
class TlsTest {
    private static final String HOST = "127.0.0.1";

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static Server echo(UnaryOperator<ServerOptions> options) throws IOException {
        return startServer(HOST, 0, options, connection -> {
            for (Chunk chunk; (chunk = connection.reader().readChunk()) != null; ) {
                connection.writer().write(chunk);
                connection.writer().drain();
            }
        });
    }

    SSLContext newContext() throws GeneralSecurityException {
        return SSLContext.getInstance("TLS");
    }

    private SSLContext context(@Nullable KeyStore own, @Nullable KeyStore trusted) throws GeneralSecurityException {
        return context(own, trusted == null ? null : Certificates.trust(trusted));
    }

    private SSLContext context(@Nullable KeyStore own, TrustManager @Nullable [] trusted)
            throws GeneralSecurityException {
        return Certificates.init(newContext(), own, trusted);
    }

    private Server echo() throws Exception {
        SSLContext context = context(LOCALHOST, CLIENT);
        return echo(o -> o.tls(context));
    }

    private static String refusal(Server server, UnaryOperator<ConnectOptions> options) {
        var e = assertThrows(SSLHandshakeException.class, () -> openConnection(HOST, port(server), options));
        return e.getMessage();
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    private static void exchange(StreamConnection c) throws IOException {
        c.writer().write("ping\n");
        assertEquals("ping", c.reader().readLine());
    }

    @EachEngine
    void echo_linesAndLargeData_comeBackAsTheyWere(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        run(engine, () -> {
            try (var server = echo();
                    var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                c.writer().write("one\r\n");
                c.writer().write("two\n");
                assertEquals("one", c.reader().readLine());
                assertEquals("two", c.reader().readLine());
                var received = createTask(() -> c.reader().readExactly(large.length));
                c.writer().write(large);
                c.writer().drain();
                assertArrayEquals(large, await(received));
                assertEquals("TLSv1.3", c.writer().sslSession().getProtocol());
                assertEquals(
                        "CN=localhost",
                        c.writer().sslSession().getPeerPrincipal().getName());
                assertNull(c.writer().applicationProtocol());
            }
        });
    }

    @EachEngine
    void echo_olderVersion_worksToo(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = echo();
                    var c = openConnection(
                            HOST,
                            port(server),
                            o -> o.tls(trusting, t -> t.parameters(p -> p.setProtocols(new String[] {"TLSv1.2"}))))) {
                assertEquals("TLSv1.2", c.writer().sslSession().getProtocol());
                exchange(c);
            }
        });
    }

    @EachEngine
    void unknownAuthority_isSaid(Engine engine) throws Exception {
        SSLContext trusting = context(null, ELSEWHERE);
        run(engine, () -> {
            try (var server = echo()) {
                String message = refusal(server, o -> o.tls(trusting));
                assertContains("authority that is not trusted", message);
                assertContains("trust store", message);
            }
        });
    }

    @EachEngine
    void certificateOfAnotherHost_isRefused_unlessThatNameIsAskedFor(Engine engine) throws Exception {
        SSLContext trusting = context(null, ELSEWHERE);
        SSLContext serving = context(ELSEWHERE, CLIENT);
        run(engine, () -> {
            try (var server = echo(o -> o.tls(serving))) {
                String message = refusal(server, o -> o.tls(trusting));
                assertContains("not for '127.0.0.1'", message);
                assertContains("serverHostname", message);
                try (var c =
                        openConnection(HOST, port(server), o -> o.tls(trusting).serverHostname("elsewhere.test"))) {
                    exchange(c);
                }
                try (var c = openConnection(HOST, port(server), o -> o.tls(trusting, t -> t.checkHostname(false)))) {
                    exchange(c);
                }
            }
        });
    }

    @EachEngine
    void plainClientOnATlsPort_isClosed_andOthersAreServed(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = echo()) {
                try (var plain = openConnection(HOST, port(server))) {
                    plain.writer().write("GET / HTTP/1.1\r\n\r\n");
                    plain.reader().readAll(); // an alert, if anything
                    assertTrue(plain.reader().atEof());
                }
                try (var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                    exchange(c);
                }
            }
        });
    }

    @EachEngine
    void tlsClientOnAPlainPort_saysSo(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var talking = startServer(HOST, 0, (_, writer) -> writer.write("220 ready, who are you?\r\n"));
                    var closing = startServer(HOST, 0, (_, _) -> {});
                    var silent = startServer(HOST, 0, (reader, _) -> reader.readAll())) {
                assertContains("the server answered without TLS", refusal(talking, o -> o.tls(trusting)));
                assertContains("during the handshake", refusal(closing, o -> o.tls(trusting)));
                String message = refusal(silent, o -> o.tls(trusting, t -> t.handshakeTimeout(ofMillis(150))));
                assertContains("not over after 0.15 s", message);
            }
        });
    }

    @EachEngine
    void silentClientOnATlsPort_isClosedInTime(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        run(engine, () -> {
            try (var server = echo(o -> o.tls(serving, t -> t.handshakeTimeout(ofMillis(100))));
                    var plain = openConnection(HOST, port(server))) {
                timeout(ofSeconds(5), () -> plain.reader().readAll());
                assertTrue(plain.reader().atEof());
            }
        });
    }

    @EachEngine
    void clientCertificate_isAskedForAndSeen(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext known = context(CLIENT, LOCALHOST);
        SSLContext nobody = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = startServer(
                    HOST,
                    0,
                    o -> o.tls(serving, t -> t.needClientAuth(true)),
                    c -> c.writer()
                            .write(c.writer().sslSession().getPeerPrincipal().getName()))) {
                try (var c = openConnection(HOST, port(server), o -> o.tls(known))) {
                    assertEquals("CN=a client", new String(c.reader().readAll(), UTF_8));
                }
                var e = assertThrows(SSLException.class, () -> {
                    try (var c = openConnection(HOST, port(server), o -> o.tls(nobody))) {
                        c.reader().readAll();
                    }
                });
                assertContains("client's certificate", e.getMessage());
            }
        });
    }

    @EachEngine
    void applicationProtocol_isAgreedOn_orRefused(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = echo(o -> o.tls(serving, t -> t.applicationProtocols("h2", "http/1.1")))) {
                try (var c = openConnection(
                        HOST, port(server), o -> o.tls(trusting, t -> t.applicationProtocols("http/1.1", "other")))) {
                    assertEquals("http/1.1", c.writer().applicationProtocol());
                }
                assertContains(
                        "applicationProtocols",
                        refusal(server, o -> o.tls(trusting, t -> t.applicationProtocols("other"))));
            }
        });
    }

    @EachEngine
    void startTls_afterPlainLines_secures(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = startServer(HOST, 0, connection -> {
                        assertEquals("STARTTLS", connection.reader().readLine());
                        connection.writer().write("go on\n");
                        assertSame(connection.writer(), connection.writer().startTls(serving));
                        connection
                                .writer()
                                .write("secret " + connection.reader().readLine() + "\n");
                        connection.writer().drain();
                    });
                    var c = openConnection(HOST, port(server))) {
                c.writer().write("STARTTLS\n");
                assertEquals("go on", c.reader().readLine());
                assertNull(c.writer().sslSession());
                c.writer().startTls(trusting);
                assertNotNull(c.writer().sslSession());
                c.writer().write("x\n");
                assertEquals("secret x", c.reader().readLine());
                assertNull(c.reader().readLine());
            }
        });
    }

    @EachEngine
    void startTls_textInjectedBefore_isNotTakenForDecrypted(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = startServer(HOST, 0, (_, writer) -> writer.write("go on\nyour account was closed\n"))) {
                var c = openConnection(HOST, port(server));
                assertEquals("go on", c.reader().readLine());
                var e = assertThrows(SSLException.class, () -> c.writer().startTls(trusting));
                assertContains("without TLS", e.getMessage());
                assertSame(e, assertThrows(IOException.class, () -> c.reader().readLine()));
                assertSame(e, assertThrows(IOException.class, c::close).getCause());
            }
        });
    }

    @EachEngine
    void writeEof_isRefused_andAnEndEndsBothDirections(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = startServer(
                            HOST, 0, o -> o.tls(serving), c -> c.writer().write("bye"));
                    var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                assertThrows(
                        UnsupportedOperationException.class, () -> c.writer().writeEof());
                assertEquals("bye", new String(c.reader().readAll(), UTF_8));
                timeout(ofSeconds(5), () -> c.writer().waitClosed());
                assertTrue(c.writer().closing());
            }
        });
    }

    @EachEngine
    void otherSideDoesNotConfirmTheEnd_isCutInTime(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = startServer(HOST, 0, o -> o.tls(serving), c -> {
                // more than the reader takes, so that the end is never seen
                c.reader().readExactly(1);
                sleep(ofSeconds(60));
            })) {
                var c = openConnection(HOST, port(server), o -> o.tls(trusting, t -> t.shutdownTimeout(ofMillis(150))));
                for (int i = 0; i < 100; i++) {
                    c.writer().write(new byte[100_000]);
                }
                var e = assertThrows(IOException.class, c::close);
                assertContains("within 0.15 s", e.getMessage());
                server.abortClients();
            }
        });
    }

    @EachEngine
    void drain_receiverDoesNotRead_waitsAndMemoryIsBounded(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            var served = new long[1];
            try (var server = startServer(HOST, 0, o -> o.tls(serving), connection -> {
                        sleep(ofMillis(200));
                        while (served[0] < 640L * 32 * 1024) {
                            served[0] += connection.reader().read(1 << 20).length;
                        }
                        connection.writer().write("all");
                    });
                    var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                long largest = 0;
                for (int i = 0; i < 640; i++) {
                    c.writer().write(new byte[32 * 1024]);
                    c.writer().drain();
                    largest = Math.max(largest, c.writer().writeBufferSize());
                }
                assertTrue(largest < 256 * 1024, "at most " + largest + " bytes waited");
                assertEquals("all", new String(c.reader().readAll(), UTF_8));
            }
        });
    }

    @EachEngine
    void handshake_cancelled_closesTheConnection(Engine engine) throws Exception {
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            Future<Integer> received = runningLoop().createFuture();
            try (var silent = startServer(HOST, 0, (reader, _) -> received.setResult(reader.readAll().length))) {
                var connecting = createTask(() -> openConnection(HOST, port(silent), o -> o.tls(trusting)));
                assertThrows(TimeoutException.class, () -> timeout(ofMillis(100), () -> await(connecting)));
                assertThrows(CancelledError.class, () -> await(connecting));
                assertTrue(await(received) > 0);
            }
        });
    }

    /** Trusts what another one trusts, and does something before. */
    private static final class Watched extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager inner;
        private final Runnable before;

        Watched(TrustManager inner, Runnable before) {
            this.inner = (X509ExtendedTrustManager) inner;
            this.before = before;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine)
                throws java.security.cert.CertificateException {
            before.run();
            inner.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            throw new AssertionError();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return inner.getAcceptedIssuers();
        }
    }

    private SSLContext watched(Runnable before) throws Exception {
        return context(null, new TrustManager[] {new Watched(Certificates.trust(LOCALHOST)[0], before)});
    }

    @EachEngine
    void secondConnection_resumesTheSession(Engine engine) throws Exception {
        var checks = new AtomicInteger();
        SSLContext trusting = watched(checks::incrementAndGet);
        run(engine, () -> {
            try (var server = echo()) {
                for (int i = 0; i < 3; i++) {
                    try (var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                        exchange(c);
                    }
                }
                assertEquals(1, checks.get());
            }
        });
    }

    @EachEngine
    @Tag("blocking")
    void trustManager_thatBlocks_blocksItsConnectionOnly(Engine engine) throws Exception {
        var released = new CountDownLatch(1);
        SSLContext slow = watched(() -> {
            try {
                assertTrue(released.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        SSLContext trusting = context(null, LOCALHOST);
        run(engine, () -> {
            try (var server = echo()) {
                var held = createTask(() -> openConnection(HOST, port(server), o -> o.tls(slow)));
                sleep(ofMillis(50));
                try (var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                    exchange(c);
                }
                assertTrue(!held.done());
                released.countDown();
                try (var c = await(held)) {
                    exchange(c);
                }
            }
        });
    }

    @EachEngine
    void protocols_speakTlsToo(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, CLIENT);
        SSLContext trusting = context(null, LOCALHOST);
        final class Upper implements Protocol {
            private @Nullable Transport transport;

            @Override
            public void connectionMade(Transport transport) {
                this.transport = transport;
            }

            @Override
            public void dataReceived(Chunk data) {
                assertNotNull(transport)
                        .write(new String(data.toArray(), UTF_8)
                                .toUpperCase(java.util.Locale.ROOT)
                                .getBytes(UTF_8));
            }

            private static Transport assertNotNull(@Nullable Transport transport) {
                return java.util.Objects.requireNonNull(transport);
            }
        }
        final class Client implements Protocol {
            final Future<String> answer = runningLoop().createFuture();
            final Future<@Nullable Void> end = runningLoop().createFuture();

            @Override
            public void dataReceived(Chunk data) {
                answer.setResult(new String(data.toArray(), UTF_8));
            }

            @Override
            public void connectionLost(@Nullable IOException cause) {
                end.setResult(null);
            }
        }
        run(engine, () -> {
            try (var server = createServer(Upper::new, HOST, 0, o -> o.tls(serving))) {
                var connection = createConnection(Client::new, HOST, port(server), o -> o.tls(trusting));
                assertNotNull(connection.transport().sslSession());
                connection.transport().write("abc".getBytes(UTF_8));
                assertEquals("ABC", await(connection.protocol().answer));
                connection.transport().close();
                await(connection.protocol().end);
            }
        });
    }
}
