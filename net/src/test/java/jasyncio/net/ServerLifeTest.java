package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
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
import jasyncio.CancelledError;
import jasyncio.Task;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the beginning of a server to its end, and what is left of its socket file. */
@Timeout(120)
class ServerLifeTest {
    private static final String HOST = "127.0.0.1";
    private static final String LONG_LINE = "1".repeat(5 * 1024) + "\n";

    private static void run(Engine engine, Action<Exception> body) throws Exception {
        List<String> reported = new ArrayList<>();
        EachEngine.Engines.run(
                engine,
                () -> timeout(ofSeconds(30), () -> {
                    runningLoop().setExceptionHandler(failure -> reported.add(failure.message()));
                    body.run();
                }));
        assertEquals(List.of(), reported);
    }

    private static void readAll(StreamConnection c) throws IOException {
        c.reader().readAll();
    }

    private static Server server() throws IOException {
        return startServer(HOST, 0, ServerLifeTest::readAll);
    }

    /** Lets callbacks run that were asked for. */
    private static void step() {
        sleep(Duration.ZERO);
    }

    // ---- serveForever

    /** A handler that cancels the task which serves, and answers nonetheless. */
    private static Server.ConnectionHandler cancelling(List<Task<?>> serving) {
        return c -> {
            assertEquals(LONG_LINE.strip(), c.reader().readLine());
            serving.getFirst().cancel();
            c.writer().write("1");
            c.close();
        };
    }

    private static void serveUntilCancelled(Server server, List<Task<?>> serving, Callable<StreamConnection> connect)
            throws Exception {
        assertFalse(server.serving());
        serving.add(createTask(() -> {
            try (server) {
                server.startServing();
                assertTrue(server.serving());
                server.serveForever();
            }
        }));
        try (var c = connect.call()) {
            c.writer().write(LONG_LINE);
            assertEquals("1", new String(c.reader().readExactly(1), UTF_8));
        }
        assertThrows(CancelledError.class, () -> await(serving.getFirst()));
        assertEquals(List.of(), server.addresses());
        assertFalse(server.serving());
        var e = assertThrows(IllegalStateException.class, server::serveForever);
        assertTrue(e.getMessage().contains("is closed"), e.getMessage());
    }

    @EachEngine
    void serveForever_cancelledByAHandler_answersAndIsClosed(Engine engine) throws Exception {
        run(engine, () -> {
            List<Task<?>> serving = new ArrayList<>();
            var server = startServer(HOST, 0, o -> o.startServing(false), cancelling(serving));
            int port = Servers.port(server);
            serveUntilCancelled(server, serving, () -> openConnection(HOST, port));
        });
    }

    @EachEngine
    void serveForever_onASocketFile_cancelledByAHandler_answersAndIsClosed(Engine engine, @TempDir Path directory)
            throws Exception {
        Path path = directory.resolve("s");
        run(engine, () -> {
            List<Task<?>> serving = new ArrayList<>();
            var server = startUnixServer(path, o -> o.startServing(false), cancelling(serving));
            serveUntilCancelled(server, serving, () -> openUnixConnection(path));
        });
    }

    // ---- waitClosed

    @EachEngine
    void waitClosed_waitsForTheServerAndItsLastConnection(Engine engine) throws Exception {
        run(engine, () -> {
            var server = server();
            var open = createTask(server::waitClosed);
            step();
            assertFalse(open.done());
            var c = openConnection(HOST, Servers.port(server));
            var connected = createTask(server::waitClosed);
            step();
            assertFalse(open.done());
            assertFalse(connected.done());
            server.close();
            step();
            var closed = createTask(server::waitClosed);
            step();
            assertFalse(open.done());
            assertFalse(connected.done());
            assertFalse(closed.done());
            c.close();
            await(open);
            await(connected);
            await(closed);
            server.waitClosed();
        });
    }

    @EachEngine
    void waitClosed_serverAndClientCloseTogether_returns(Engine engine) throws Exception {
        run(engine, () -> {
            var server = server();
            var waiting = createTask(server::waitClosed);
            step();
            assertFalse(waiting.done());
            var c = openConnection(HOST, Servers.port(server));
            runningLoop().callSoon(server::close);
            runningLoop().callSoon(c.writer()::startClosing);
            server.waitClosed();
            await(waiting);
        });
    }

    @EachEngine
    void closeClients_endsThoseWhoWaitForData(Engine engine) throws Exception {
        run(engine, () -> {
            var server = server();
            try (var c = openConnection(HOST, Servers.port(server))) {
                var waiting = createTask(server::waitClosed);
                step();
                assertFalse(waiting.done());
                server.close();
                server.closeClients();
                await(waiting);
                assertEquals(0, c.reader().readAll().length);
            }
        });
    }

    @EachEngine
    void abortClients_endsThoseWhomNobodyReads(Engine engine) throws Exception {
        run(engine, () -> {
            var accepted = runningLoop().<StreamWriter>createFuture();
            var server = startServer(HOST, 0, (_, writer) -> {
                accepted.setResult(writer);
                writer.waitClosed();
            });
            var c = openConnection(HOST, Servers.port(server), o -> o.limit(4096));
            StreamWriter writer = await(accepted);
            for (int i = 0; i < 1000 && writer.writeBufferSize() == 0; i++) {
                writer.write(new byte[1 << 20]);
                sleep(ofMillis(2)); // the system takes what it can
            }
            assertTrue(writer.writeBufferSize() > 0);
            var waiting = createTask(server::waitClosed);
            step();
            assertFalse(waiting.done());
            server.close();
            server.abortClients();
            await(waiting);
            c.writer().abort();
        });
    }

    // ---- socket files

    private static void serveNobody(StreamConnection c) {
        throw new AssertionError("Nobody was to connect, but " + c);
    }

    @EachEngine
    void socketFile_isDeletedWithTheServer_andCanBeUsedAgain(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        run(engine, () -> {
            for (int i = 0; i < 2; i++) {
                var server = startUnixServer(path, ServerLifeTest::serveNobody);
                assertTrue(Files.exists(path));
                Servers.end(server);
                assertTrue(Files.notExists(path));
            }
        });
    }

    @EachEngine
    void socketFile_thatIsGone_isNotMissed(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        run(engine, () -> {
            var server = startUnixServer(path, ServerLifeTest::serveNobody);
            Files.delete(path);
            Servers.end(server);
        });
    }

    @EachEngine
    void socketFile_ofAnotherServerInItsPlace_stays(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        run(engine, () -> {
            var server = startUnixServer(path, ServerLifeTest::serveNobody);
            Files.delete(path);
            try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                other.bind(UnixDomainSocketAddress.of(path));
                Servers.end(server);
                assertTrue(Files.exists(path));
            }
        });
    }
}
