package jasyncio.net;

import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;

/** One side resets a conversation at each of its points; the other one gets an error or the end, and nothing is left. */
@Timeout(120)
class BrokenConversationsTest {
    private static final String HOST = "127.0.0.1";
    private static final byte[] LARGE = new byte[300_000];

    static {
        new Random(1).nextBytes(LARGE);
    }

    /** A step of the side that will break the conversation. */
    private interface Step {
        void go(Socket socket) throws IOException;
    }

    private static final List<Step> CLIENT = List.of(
            s -> s.getOutputStream().write("hel".getBytes(UTF_8)),
            s -> s.getOutputStream().write("lo\n".getBytes(UTF_8)),
            s -> assertEquals("hello\n", new String(s.getInputStream().readNBytes(6), UTF_8)),
            s -> s.getOutputStream().write(LARGE, 0, 1000),
            s -> s.getOutputStream().write(LARGE, 1000, LARGE.length - 1000),
            s -> assertEquals(10, s.getInputStream().readNBytes(10).length),
            s -> assertEquals(LARGE.length - 10, s.getInputStream().readNBytes(LARGE.length - 10).length),
            Socket::shutdownOutput,
            s -> assertEquals(-1, s.getInputStream().read()));

    private static void serve(StreamConnection c) throws IOException {
        c.writer().write(c.reader().readLine() + "\n");
        c.writer().drain();
        c.writer().write(c.reader().readExactly(LARGE.length));
        c.writer().drain();
        assertEquals(0, c.reader().readAll().length);
    }

    @EachEngine
    void client_resetsAtEachPoint_serverEndsAndGoesOn(Engine engine) throws Exception {
        for (int steps = 0; steps <= CLIENT.size(); steps++) {
            int broken = steps;
            List<Object> reported = new ArrayList<>();
            long before = Descriptors.sockets();
            run(
                    engine,
                    () -> timeout(ofSeconds(20), () -> {
                        Asyncio.runningLoop().setExceptionHandler(failure -> reported.add(failure.exception()));
                        try (var server = startServer(HOST, 0, BrokenConversationsTest::serve)) {
                            int port = Servers.port(server);
                            Asyncio.toThread(() -> converse(port, broken));
                            Asyncio.toThread(() -> converse(port, CLIENT.size())); // the server is as good as new
                            Servers.end(server);
                        }
                    }));
            for (Object failure : reported) { // what a handler may see of it
                assertTrue(failure instanceof IncompleteReadException, steps + " steps: " + failure);
            }
            Descriptors.assertSockets(before);
        }
    }

    private static void converse(int port, int steps) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (Step step : CLIENT.subList(0, steps)) {
                step.go(socket);
            }
            if (steps < CLIENT.size()) {
                socket.setSoLinger(true, 0); // a reset
            }
        }
    }

    private static final List<Step> SERVER = List.of(
            s -> new DataInputStream(s.getInputStream()).readFully(new byte[6]),
            s -> s.getOutputStream().write("hel".getBytes(UTF_8)),
            s -> s.getOutputStream().write("lo\n".getBytes(UTF_8)),
            s -> new DataInputStream(s.getInputStream()).readFully(new byte[1000]),
            s -> new DataInputStream(s.getInputStream()).readFully(new byte[LARGE.length - 1000]),
            s -> s.getOutputStream().write(LARGE, 0, 10),
            s -> s.getOutputStream().write(LARGE, 10, LARGE.length - 10),
            s -> assertEquals(-1, s.getInputStream().read()));

    @EachEngine
    void server_resetsAtEachPoint_clientGetsAnErrorOrTheEnd(Engine engine) throws Exception {
        for (int steps = 0; steps < SERVER.size(); steps++) {
            int broken = steps;
            long before = Descriptors.sockets();
            try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Thread server = Thread.ofPlatform().start(() -> resetAfter(listening, broken));
                String outcome = runClient(engine, listening.getLocalPort());
                assertTrue(outcome.startsWith("IOException") || outcome.equals("end"), steps + " steps: " + outcome);
                server.join();
            }
            Descriptors.assertSockets(before);
        }
    }

    private static void resetAfter(ServerSocket listening, int steps) {
        try (var socket = listening.accept()) {
            for (Step step : SERVER.subList(0, steps)) {
                step.go(socket);
            }
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String runClient(Engine engine, int port) throws Exception {
        var outcome = new String[] {"nothing"};
        run(
                engine,
                () -> timeout(ofSeconds(20), () -> {
                    try (var c = openConnection(HOST, port)) {
                        c.writer().write("hello\n");
                        c.writer().drain();
                        if (!"hello".equals(c.reader().readLine())) {
                            outcome[0] = "end";
                            return;
                        }
                        c.writer().write(LARGE);
                        c.writer().drain();
                        assertArrayEquals(LARGE, c.reader().readExactly(LARGE.length));
                        c.writer().writeEof();
                        c.reader().readAll();
                        outcome[0] = "end";
                    } catch (IOException e) {
                        outcome[0] = "IOException: " + e;
                    }
                }));
        return outcome[0];
    }
}
