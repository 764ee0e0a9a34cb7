package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.LowLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several loops on one port, with every engine of this machine, and both ways to share the connections out. */
@Timeout(60)
class ServerGroupTest {
    private static final String HOST = "127.0.0.1";

    record Way(Engine engine, boolean inTurn) {
        UnaryOperator<ServerGroup.Options> with(UnaryOperator<ServerGroup.Options> more) {
            return o -> more.apply(o.loops(3).engine(engine).inTurn(inTurn));
        }
    }

    static Stream<Way> ways() {
        return EachEngine.Engines.available()
                .filter(engine -> engine == Engine.NIO || LowLevel.loopsStayOnTheirThread())
                .flatMap(engine -> Stream.of(new Way(engine, false), new Way(engine, true)));
    }

    @AfterEach
    void threadsAreGone() throws Exception {
        for (Thread thread : groupThreads()) {
            thread.join(5_000);
            assertFalse(thread.isAlive(), thread + " is left");
        }
    }

    private static List<Thread> groupThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jasyncio-group-"))
                .toList();
    }

    private static int port(ServerGroup group) {
        return ((InetSocketAddress) group.addresses().getFirst()).getPort();
    }

    private static Socket connect(ServerGroup group) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port(group));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String exchange(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
        var answer = new StringBuilder();
        for (int c; (c = socket.getInputStream().read()) != '\n'; ) {
            if (c < 0) {
                throw new IOException("The other side has ended after '" + answer + "'");
            }
            answer.append((char) c);
        }
        return answer.toString();
    }

    private static void echo(StreamConnection connection) throws IOException {
        for (String line : connection.reader().lines()) {
            connection.writer().write(line + "\n");
            connection.writer().drain();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void connections_areSpreadOverTheLoops(Way way) throws Exception {
        Set<String> loops = ConcurrentHashMap.newKeySet();
        try (var group = ServerGroup.start(HOST, 0, way.with(o -> o), connection -> {
            loops.add(Asyncio.runningLoop().toString());
            echo(connection);
        })) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                Socket socket = connect(group);
                sockets.add(socket);
                assertEquals("hello " + i, exchange(socket, "hello " + i));
            }
            assertEquals(3, loops.size(), loops::toString);
            List<Long> accepted = group.accepted();
            assertEquals(90, accepted.stream().mapToLong(n -> n).sum());
            if (way.inTurn) {
                assertEquals(List.of(30L, 30L, 30L), accepted);
            } else {
                assertTrue(accepted.stream().allMatch(n -> n >= 5), accepted::toString);
            }
            for (Socket socket : sockets) {
                assertEquals("still there", exchange(socket, "still there"));
                socket.close();
            }
        }
        assertEquals(List.of(), groupThreads());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void close_letsClientsInFlightEnd(Way way) throws Exception {
        var arrived = new CountDownLatch(12);
        var group = ServerGroup.start(HOST, 0, way.with(o -> o.drainTimeout(ofSeconds(20))), connection -> {
            String line = connection.reader().readLine();
            arrived.countDown();
            sleep(ofMillis(200));
            connection.writer().write(line + " answered\n");
        });
        int port = port(group);
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Socket socket = connect(group);
            socket.getOutputStream().write(("request " + i + "\n").getBytes(UTF_8));
            sockets.add(socket);
        }
        assertTrue(arrived.await(10, TimeUnit.SECONDS));
        group.close();
        assertEquals(List.of(), groupThreads());
        for (int i = 0; i < 12; i++) {
            assertEquals(
                    "request " + i + " answered\n",
                    new String(sockets.get(i).getInputStream().readAllBytes(), UTF_8));
            sockets.get(i).close();
        }
        assertEquals(List.of(), group.addresses());
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        group.close();
        group.join();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void close_clientsThatDoNotEnd_areBrokenAfterTheTime(Way way) throws Exception {
        var ends = new ConcurrentLinkedQueue<String>();
        var arrived = new CountDownLatch(6);
        var group = ServerGroup.start(HOST, 0, way.with(o -> o.drainTimeout(ofMillis(100))), connection -> {
            arrived.countDown();
            try {
                connection.reader().readLine();
                sleep(ofSeconds(1000)); // has not seen that it is over
                ends.add("returned");
            } catch (CancelledError e) {
                ends.add("cancelled");
                throw e;
            }
        });
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sockets.add(connect(group));
        }
        assertTrue(arrived.await(10, TimeUnit.SECONDS));
        group.close();
        assertEquals(List.of(), groupThreads());
        assertEquals(
                List.of("cancelled", "cancelled", "cancelled", "cancelled", "cancelled", "cancelled"),
                List.copyOf(ends));
        for (Socket socket : sockets) {
            assertEnded(socket);
        }
    }

    private static void assertEnded(Socket socket) throws IOException {
        try (socket) {
            assertEquals(-1, socket.getInputStream().read());
        } catch (java.net.SocketException reset) {
            // This is an end, too.
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void exceptionInAHandler_goesToTheHandlerOfItsLoop_andTheGroupGoesOn(Way way) throws Exception {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        try (var group = ServerGroup.start(
                HOST,
                0,
                way.with(o ->
                        o.eachLoop(loop -> loop.setExceptionHandler(failure -> failures.add(failure.exception())))),
                connection -> {
                    if (connection.reader().readLine().equals("fail")) {
                        throw new IllegalStateException("as asked");
                    }
                    connection.writer().write("fine\n");
                })) {
            for (int i = 0; i < 6; i++) {
                try (var failing = connect(group);
                        var fine = connect(group)) {
                    failing.getOutputStream().write("fail\n".getBytes(UTF_8));
                    assertEnded(failing);
                    assertEquals("fine", exchange(fine, "work"));
                }
            }
        }
        assertEquals(6, failures.size());
        failures.forEach(failure -> assertEquals("as asked", failure.getMessage()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void loopThatFails_closesTheGroup_andJoinSaysWhy(Way way) throws Exception {
        var group = ServerGroup.start(HOST, 0, way.with(o -> o.drainTimeout(ofMillis(100))), connection -> {
            connection.reader().readLine();
            Asyncio.runningLoop().stop();
        });
        try (var idle = connect(group);
                var fatal = connect(group)) {
            fatal.getOutputStream().write("die\n".getBytes(UTF_8));
            var e = assertThrows(IOException.class, group::join);
            assertTrue(e.getMessage().startsWith("A loop of the group failed: "), e.getMessage());
            assertInstanceOf(IllegalStateException.class, e.getCause());
            assertTrue(group.closing());
            assertEnded(idle);
        }
        group.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void usedInATask_suspends(Way way) throws Exception {
        Asyncio.run(() -> {
            var ticks = new int[1];
            var ticking = createTask(() -> {
                while (true) {
                    ticks[0]++;
                    sleep(ofMillis(1));
                }
            });
            var group = ServerGroup.start(HOST, 0, way.with(o -> o.drainTimeout(ofMillis(300))), ServerGroupTest::echo);
            var joining = createTask(group::join);
            try (var c = openConnection(HOST, port(group))) {
                c.writer().write("hello\n");
                assertEquals("hello", c.reader().readLine());
                assertFalse(joining.done());
                int before = ticks[0];
                group.close();
                assertTrue(ticks[0] > before + 10, "the loop stood still");
                await(joining);
            }
            ticking.cancel();
        });
    }

    @Test
    void portInUse_saysSo_andNothingIsLeft() throws Exception {
        try (var occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var e = assertThrows(
                    IOException.class,
                    () -> ServerGroup.start(HOST, occupied.getLocalPort(), o -> o.loops(2), ServerGroupTest::echo));
            assertTrue(e.getMessage().startsWith("Cannot listen on"), e.getMessage());
        }
    }

    @Test
    void nativeEngineOnThePortableBackend_withMoreLoopsThanCarriers_isRefused() {
        assumeTrue(!LowLevel.loopsStayOnTheirThread() && Engine.EPOLL.available());
        int loops = Runtime.getRuntime().availableProcessors();
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> ServerGroup.start(HOST, 0, o -> o.loops(loops).engine(Engine.EPOLL), c -> {}));
        assertTrue(e.getMessage().contains("take Engine.NIO"), e.getMessage());
    }

    @Test
    void badOptions_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> ServerGroup.start(HOST, 0, o -> o.loops(0), c -> {}));
        assertThrows(
                IllegalArgumentException.class,
                () -> ServerGroup.start(HOST, 0, o -> o.drainTimeout(Duration.ofMillis(-1)), c -> {}));
        var e = assertThrows(IllegalArgumentException.class, () -> ServerGroup.start(HOST, 70_000, c -> {}));
        assertTrue(e.getMessage().contains("70000"), e.getMessage());
    }
}
