package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Listener;
import jasyncio.net.netty.Recipient;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.Wire;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** A connection is not broken by what is no failure, and a mistake in the program is told to somebody. */
@Timeout(60)
class MistakesTest {
    private static final String HOST = "127.0.0.1";

    private static Wire connect(int port) throws IOException {
        Future<Wire> connected = runningLoop().createFuture();
        Sockets.of(runningLoop())
                .connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        new Settings.Connect(null),
                        (wire, failure) -> {
                            if (wire != null) {
                                connected.setResult(wire);
                            } else {
                                connected.setException(new IOException(failure));
                            }
                        });
        return await(connected, IOException.class);
    }

    private static List<EventLoop.Failure> failuresOfLoop() {
        List<EventLoop.Failure> failures = new ArrayList<>();
        runningLoop().setExceptionHandler(failures::add);
        return failures;
    }

    private static void assertOne(List<EventLoop.Failure> failures, Throwable mistake) throws Exception {
        timeout(ofSeconds(10), () -> {
            while (failures.isEmpty()) {
                sleep(ofMillis(1));
            }
        });
        assertEquals(1, failures.size(), failures.toString());
        assertSame(mistake, failures.getFirst().exception());
    }

    private static void sayAndClose(ServerSocket listening, boolean say) {
        try (var peer = listening.accept()) {
            if (say) {
                peer.getOutputStream().write("hello".getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @EachEngine
    void dataAndEnd_thatComeBeforeAnybodyListens_arrive(Engine engine) throws Exception {
        for (boolean say : new boolean[] {true, false}) {
            try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Thread peer = Thread.ofPlatform().start(() -> sayAndClose(listening, say));
                run(
                        engine,
                        () -> timeout(ofSeconds(10), () -> {
                            List<EventLoop.Failure> failures = failuresOfLoop();
                            Wire wire = connect(listening.getLocalPort());
                            sleep(ofMillis(100));
                            try (var c = StreamEvents.open(runningLoop(), wire, 1000, null)) {
                                assertEquals(
                                        say ? "hello" : "",
                                        new String(c.reader().readAll(), UTF_8));
                            }
                            assertEquals(List.of(), failures);
                        }));
                peer.join();
            }
        }
    }

    @EachEngine
    void data_thatComesBeforeAnybodyListens_isReleasedWithTheConnection(Engine engine) throws Exception {
        long before = Descriptors.sockets();
        try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofPlatform().start(() -> sayAndClose(listening, true));
            run(
                    engine,
                    () -> timeout(ofSeconds(10), () -> {
                        Wire wire = connect(listening.getLocalPort());
                        sleep(ofMillis(100));
                        wire.abort();
                    }));
            peer.join();
        }
        Descriptors.assertSockets(before);
    }

    private record Failing(Wire wire, RuntimeException mistake, Future<@Nullable IOException> lost)
            implements WireEvents {
        @Override
        public void received(Bytes data) {
            wire.release(data);
            throw mistake;
        }

        @Override
        public void ended() {}

        @Override
        public void drained() {}

        @Override
        public void lost(@Nullable IOException cause) {
            lost.setResult(cause);
        }
    }

    @EachEngine
    void mistake_whenDataArrives_isToldToTheExceptionHandler(Engine engine) throws Exception {
        try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofPlatform().start(() -> sayAndClose(listening, true));
            run(
                    engine,
                    () -> timeout(ofSeconds(10), () -> {
                        List<EventLoop.Failure> failures = failuresOfLoop();
                        Wire wire = connect(listening.getLocalPort());
                        var events = new Failing(
                                wire,
                                new IllegalStateException("a mistake"),
                                runningLoop().createFuture());
                        wire.start(events);
                        IOException cause = await(events.lost);
                        assertOne(failures, events.mistake);
                        assertSame(events.mistake, cause.getCause());
                    }));
            peer.join();
        }
    }

    @EachEngine
    void mistake_inWhatIsToBeDoneInThePoll_harmsNothingElse(Engine engine) throws Exception {
        run(
                engine,
                () -> timeout(ofSeconds(10), () -> {
                    List<EventLoop.Failure> failures = failuresOfLoop();
                    var mistake = new IllegalStateException("a mistake");
                    Future<@Nullable Void> next = runningLoop().createFuture();
                    Sockets.of(runningLoop()).later(() -> {
                        throw mistake;
                    });
                    Sockets.of(runningLoop()).later(() -> next.setResult(null));
                    await(next);
                    assertOne(failures, mistake);
                }));
    }

    @EachEngine
    void mistake_whenAConnectionIsAccepted_closesItAndIsTold(Engine engine) throws Exception {
        long before = Descriptors.sockets();
        run(
                engine,
                () -> timeout(ofSeconds(10), () -> {
                    List<EventLoop.Failure> failures = failuresOfLoop();
                    var mistake = new IllegalStateException("a mistake");
                    var poller = Sockets.of(runningLoop());
                    var recipient = new Recipient(poller, _ -> {
                        throw mistake;
                    });
                    Future<Listener> bound = runningLoop().createFuture();
                    poller.listen(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            ServerSetup.DEFAULT.listen(),
                            () -> recipient,
                            (_, _) -> {},
                            (listener, _) -> bound.setResult(listener));
                    Listener listener = await(bound);
                    listener.start();
                    int port = ((InetSocketAddress) listener.address()).getPort();
                    for (int i = 0; i < 2; i++) {
                        failures.clear();
                        try (var c = openConnection(HOST, port)) {
                            assertEquals(0, c.reader().readAll().length);
                        }
                        assertOne(failures, mistake);
                    }
                    Future<@Nullable Void> closed = runningLoop().createFuture();
                    listener.close(() -> closed.setResult(null));
                    await(closed);
                }));
        Descriptors.assertSockets(before);
    }

    /** Has no key, and a mistake. */
    private static final class Forgetful extends X509ExtendedKeyManager {
        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            throw new IllegalStateException("a mistake");
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[0];
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }

    @EachEngine
    void mistake_inTheKeyManagerOfAServer_isLogged(Engine engine) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Forgetful()}, null, null);
        SSLContext trusting = Certificates.context(Certificates.CLIENT, Certificates.LOCALHOST);
        run(
                engine,
                () -> timeout(ofSeconds(20), () -> {
                    List<LogRecord> logged = new ArrayList<>();
                    Logger logger = Logger.getLogger("jasyncio");
                    Handler handler = collecting(logged);
                    logger.addHandler(handler);
                    logger.setUseParentHandlers(false);
                    try (var server = startServer(HOST, 0, o -> o.tls(context), _ -> {})) {
                        int port = Servers.port(server);
                        assertThrows(IOException.class, () -> openConnection(HOST, port, o -> o.tls(trusting)));
                        Servers.end(server);
                    } finally {
                        logger.removeHandler(handler);
                        logger.setUseParentHandlers(true);
                    }
                    assertEquals(1, logged.size());
                    assertEquals(Level.WARNING, logged.getFirst().getLevel());
                    Throwable cause = logged.getFirst().getThrown();
                    while (cause.getCause() != null) {
                        cause = cause.getCause();
                    }
                    assertEquals("a mistake", cause.getMessage());
                }));
    }

    private static Handler collecting(List<LogRecord> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @EachEngine
    void noise_onAPortForTls_isNobodysMistake(Engine engine) throws Exception {
        SSLContext context = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        run(
                engine,
                () -> timeout(ofSeconds(20), () -> {
                    List<EventLoop.Failure> failures = failuresOfLoop();
                    try (var server = startServer(HOST, 0, o -> o.tls(context), _ -> {})) {
                        int port = Servers.port(server);
                        toThread(() -> {
                            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
                                socket.getInputStream().readAllBytes();
                            }
                        });
                        Servers.end(server);
                    }
                    assertEquals(List.of(), failures);
                }));
    }
}
