package jasyncio.net;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.Certificates.LOCALHOST;
import static jasyncio.net.Certificates.context;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openUnixConnection;
import static jasyncio.net.Net.startServer;
import static jasyncio.net.Net.startUnixServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request and its answer over each kind of stream, and how such a stream ends; nothing is reported as a mistake. */
@Timeout(120)
class RequestsTest {
    private static final String HOST = "127.0.0.1";

    private static List<String> run(Engine engine, Action<Exception> body) throws Exception {
        List<String> reported = new ArrayList<>();
        EachEngine.Engines.run(
                engine,
                () -> timeout(ofSeconds(30), () -> {
                    runningLoop().setExceptionHandler(failure -> reported.add(failure.message()));
                    body.run();
                }));
        return reported;
    }

    private static void runWithoutReports(Engine engine, Action<Exception> body) throws Exception {
        assertEquals(List.of(), run(engine, body));
    }

    private static void answer(StreamConnection c) throws IOException {
        assertEquals("GET / HTTP/1.0", c.reader().readLine());
        assertEquals("", c.reader().readLine());
        c.writer().write("HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\nTest message");
        c.writer().drain();
    }

    private static void ask(StreamConnection c) throws IOException {
        c.writer().write("GET / HTTP/1.0\r\n\r\n");
        assertEquals("HTTP/1.0 200 OK\r\n", new String(c.reader().readLineBytes(), UTF_8));
    }

    private static void askForAll(StreamConnection c) throws IOException {
        ask(c);
        assertTrue(new String(c.reader().readAll(), UTF_8).endsWith("\r\n\r\nTest message"));
    }

    private static Server server() throws IOException {
        return startServer(HOST, 0, RequestsTest::answer);
    }

    @EachEngine
    void request_overTcp_isAnswered(Engine engine) throws Exception {
        runWithoutReports(engine, () -> {
            try (var server = server();
                    var c = openConnection(HOST, Servers.port(server))) {
                askForAll(c);
            }
        });
    }

    @EachEngine
    void request_overASocketFile_isAnswered(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        runWithoutReports(engine, () -> {
            try (var _ = startUnixServer(path, RequestsTest::answer);
                    var c = openUnixConnection(path)) {
                askForAll(c);
            }
        });
    }

    @EachEngine
    void request_overTls_isAnswered(Engine engine) throws Exception {
        SSLContext serving = context(LOCALHOST, LOCALHOST);
        SSLContext trusting = context(null, LOCALHOST);
        runWithoutReports(engine, () -> {
            try (var server = startServer(HOST, 0, o -> o.tls(serving), RequestsTest::answer);
                    var c = openConnection(HOST, Servers.port(server), o -> o.tls(trusting))) {
                askForAll(c);
            }
        });
    }

    @EachEngine
    void request_overTlsOverASocketFile_isAnswered(Engine engine, @TempDir Path directory) throws Exception {
        SSLContext serving = context(LOCALHOST, LOCALHOST);
        SSLContext trusting = context(null, LOCALHOST);
        Path path = directory.resolve("s");
        runWithoutReports(engine, () -> {
            try (var _ = startUnixServer(path, o -> o.tls(serving), RequestsTest::answer);
                    var c = openUnixConnection(path, o -> o.tls(trusting).serverHostname("localhost"))) {
                askForAll(c);
            }
        });
    }

    @EachEngine
    void limit_ofAStreamOverASocketFile_isKept(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        runWithoutReports(engine, () -> {
            try (var _ = startUnixServer(path, o -> o.limit(10), c -> c.writer().write(c.reader() + "\n"));
                    var c = openUnixConnection(path, o -> o.limit(200))) {
                assertTrue(
                        c.reader().toString().contains("limit=200"), c.reader().toString());
                assertEquals("<StreamReader limit=10>", c.reader().readLine());
            }
        });
    }

    // ---- the end

    @EachEngine
    void waitClosed_afterClosing_returns(Engine engine) throws Exception {
        runWithoutReports(engine, () -> {
            try (var server = server()) {
                var c = openConnection(HOST, Servers.port(server));
                askForAll(c);
                assertFalse(c.writer().closing());
                c.writer().startClosing();
                assertTrue(c.writer().closing());
                c.writer().waitClosed();
            }
        });
    }

    @EachEngine
    void waitClosed_withDataThatNobodyRead_returns(Engine engine) throws Exception {
        runWithoutReports(engine, () -> {
            try (var server = server()) {
                var c = openConnection(HOST, Servers.port(server));
                ask(c);
                c.writer().startClosing();
                c.writer().waitClosed();
            }
        });
    }

    @EachEngine
    void write_rightAfterClosing_isToldByDrain(Engine engine) throws Exception {
        runWithoutReports(engine, () -> {
            try (var server = server()) {
                var c = openConnection(HOST, Servers.port(server));
                askForAll(c);
                c.writer().startClosing();
                c.writer().write("data");
                assertThrows(IOException.class, () -> c.writer().drain());
            }
        });
    }

    @EachEngine
    void closing_endsTheReader(Engine engine) throws Exception {
        runWithoutReports(engine, () -> {
            try (var server = startServer(HOST, 0, c -> c.reader().readAll())) {
                var c = openConnection(HOST, Servers.port(server));
                c.writer().startClosing();
                c.writer().waitClosed();
                assertTrue(c.reader().atEof());
                assertEquals(0, c.reader().readAll().length);
            }
        });
    }

    @EachEngine
    void writingWithoutEnd_toASideThatHasClosed_fails(Engine engine) throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread closing = Thread.ofPlatform().start(() -> {
                try {
                    listening.accept().close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            runWithoutReports(engine, () -> {
                var c = openConnection(HOST, listening.getLocalPort());
                assertThrows(IOException.class, () -> {
                    while (true) {
                        c.writer().write("foo\n");
                        c.writer().drain();
                    }
                });
            });
            closing.join();
        }
    }

    // ---- handlers

    @EachEngine
    void handler_closesAndCancelsItself_isNotReported(Engine engine) throws Exception {
        runWithoutReports(
                engine,
                () -> tell(connection -> {
                    connection.writer().startClosing();
                    currentTask().cancel();
                }));
    }

    @EachEngine
    void handler_throws_isReported(Engine engine) throws Exception {
        List<String> reported = run(
                engine,
                () -> tell(_ -> {
                    throw new IllegalStateException("test");
                }));
        assertEquals(1, reported.size());
        assertTrue(reported.getFirst().startsWith("Unhandled exception in client_connected_cb"), reported.getFirst());
    }

    private static void tell(Server.ConnectionHandler handler) throws Exception {
        try (var server = startServer(HOST, 0, o -> o.startServing(false), handler)) {
            server.startServing();
            var c = openConnection(HOST, Servers.port(server));
            c.writer().write("test msg");
            c.writer().drain();
            c.writer().startClosing();
            var closed = createTask(c.writer()::waitClosed);
            Servers.end(server);
            while (!closed.done()) {
                sleep(ofMillis(1));
            }
            closed.exception(); // a reset, if what was sent was not read
        }
    }
}
