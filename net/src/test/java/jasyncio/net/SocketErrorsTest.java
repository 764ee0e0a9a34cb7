package jasyncio.net;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openUnixConnection;
import static jasyncio.net.Net.startServer;
import static jasyncio.net.Net.startUnixServer;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a beginner's mistakes say: what was wrong, the value and the cure, in the same words on every engine. */
class SocketErrorsTest {
    private static final String HOST = "127.0.0.1";

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Server silent() throws IOException {
        return startServer(HOST, 0, (reader, _) -> reader.readLine());
    }

    @EachEngine
    void openConnection_nobodyListens_saysToStartTheServer(Engine engine) throws Exception {
        int port = freePort();
        run(engine, () -> {
            var e = assertThrows(ConnectException.class, () -> openConnection(HOST, port));
            assertEquals(
                    "Cannot connect to 127.0.0.1:" + port
                            + ": Connection refused; nothing listens there: start the server, or see host and port",
                    e.getMessage());
        });
    }

    @EachEngine
    void openConnection_unknownHost_namesIt(Engine engine) throws Exception {
        run(engine, () -> {
            var e = assertThrows(UnknownHostException.class, () -> openConnection("no.such.host.invalid", 80));
            assertTrue(e.getMessage().startsWith("Cannot find the host 'no.such.host.invalid': "), e.getMessage());
        });
    }

    @EachEngine
    void startServer_portInUse_saysToChooseAnother(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = silent()) {
                int port = port(server);
                var e = assertThrows(IOException.class, () -> startServer(HOST, port, (_, _) -> {}));
                assertEquals(
                        "Cannot listen on 127.0.0.1:" + port + ": Address already in use; another socket listens there:"
                                + " end its program, or choose another port, 0 for a free one",
                        e.getMessage());
            }
        });
    }

    @EachEngine
    void startServer_addressOfAnotherMachine_saysSo(Engine engine) throws Exception {
        run(engine, () -> {
            var e = assertThrows(IOException.class, () -> startServer("192.0.2.1", 0, (_, _) -> {}));
            assertTrue(
                    e.getMessage()
                            .startsWith("Cannot listen on 192.0.2.1:0: Cannot assign requested address; that is no"
                                    + " address of this machine"),
                    e.getMessage());
        });
    }

    @EachEngine
    void unixSocket_withoutFileOrDirectory_saysWhichToMake(Engine engine, @TempDir Path directory) throws Exception {
        run(engine, () -> {
            Path file = directory.resolve("socket");
            var connecting = assertThrows(ConnectException.class, () -> openUnixConnection(file));
            assertEquals(
                    "Cannot connect to " + file + ": No such file or directory; nothing listens there: start the"
                            + " server, or see the path",
                    connecting.getMessage());
            Path nowhere = directory.resolve("nowhere/socket");
            var listening = assertThrows(IOException.class, () -> startUnixServer(nowhere, _ -> {}));
            assertEquals(
                    "Cannot listen on " + nowhere + ": No such file or directory; create its directory first",
                    listening.getMessage());
        });
    }

    @EachEngine
    void drain_afterClose_saysWhoClosed(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = silent()) {
                var c = openConnection(HOST, port(server));
                c.close();
                c.writer().write("too late");
                var e = assertThrows(IOException.class, () -> c.writer().drain());
                assertEquals(
                        "Connection lost: this side has closed the stream; write and drain before that",
                        e.getMessage());
            }
        });
    }

    @EachEngine
    void handler_throws_reportNamesTheClient(Engine engine) throws Exception {
        run(engine, () -> {
            var reports = new ArrayList<String>();
            runningLoop().setExceptionHandler(failure -> reports.add(failure.message()));
            try (var server = startServer(HOST, 0, (_, _) -> {
                throw new IllegalStateException("a bug");
            })) {
                try (var c = openConnection(HOST, port(server))) {
                    c.reader().readAll();
                    var mine =
                            assertInstanceOf(InetSocketAddress.class, c.writer().localAddress());
                    sleep(ofMillis(1));
                    assertEquals(1, reports.size());
                    assertTrue(reports.getFirst().contains(":" + mine.getPort()), reports.getFirst());
                }
            }
        });
    }

    @EachEngine
    void read_byTwoTasks_saysToLetOneRead(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = silent();
                    var c = openConnection(HOST, port(server))) {
                var first = createTask(() -> c.reader().read(1));
                sleep(ofMillis(1));
                var e = assertThrows(
                        IllegalStateException.class, () -> c.reader().read(1));
                assertEquals(
                        "Cannot read(): another task is already waiting for data from this reader; let one task read",
                        e.getMessage());
                first.cancel();
            }
        });
    }

    @EachEngine
    void engine_makesLoopsThatWaitWithIt(Engine engine) throws Exception {
        try (var runner = new jasyncio.Runner(o -> o.loopFactory(engine::newEventLoop))) {
            runner.run(() -> {
                try (var server = silent();
                        var c = openConnection(HOST, port(server))) {
                    c.writer().write("hello");
                    c.writer().drain();
                }
            });
        }
    }

    @Test
    void engine_thatDoesNotWorkHere_saysWhichDoes() {
        for (Engine engine : Engine.values()) {
            if (!engine.available()) {
                var e = assertThrows(IllegalStateException.class, engine::newEventLoop);
                assertTrue(
                        e.getMessage()
                                .matches("(?s)Cannot use the engine " + engine + " here: .+; Engine.best\\(\\) is .+"),
                        e.getMessage());
            }
        }
    }
}
