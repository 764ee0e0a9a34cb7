package jasyncio.net;

import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.hostName;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.resolveHost;
import static jasyncio.net.Net.startServer;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names, and connecting to one of several addresses, on every engine of this machine. */
class ConnectingTest {
    private static final String ANSWERS = "127.0.0.1";
    private static final String REFUSES = "127.0.0.2";

    private static Server server() throws IOException {
        return startServer(ANSWERS, 0, (reader, _) -> reader.readAll());
    }

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    private static StreamConnection connect(@Nullable Duration delay, SocketAddress... addresses) throws IOException {
        ConnectSetup setup =
                delay == null ? ConnectSetup.DEFAULT : (ConnectSetup) ConnectSetup.DEFAULT.happyEyeballsDelay(delay);
        return Connecting.open(null, List.of(addresses), setup);
    }

    /** A port that takes no more connections: who tries another one waits. */
    private static final class Full implements AutoCloseable {
        private final ServerSocket listener;
        private final List<Socket> waiting = new ArrayList<>();

        Full() throws IOException {
            listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
            for (int i = 0; i < 2; i++) { // Linux takes one more than the backlog
                waiting.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
            }
        }

        SocketAddress address() {
            return listener.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        }
    }

    @EachEngine
    void severalAddresses_theFirstThatAnswersIsTaken(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = server()) {
                int port = port(server);
                for (Duration delay : new @Nullable Duration[] {null, ofSeconds(60), Duration.ZERO}) {
                    try (var c = connect(delay, at(REFUSES, port), at(ANSWERS, port))) {
                        assertEquals(at(ANSWERS, port), c.writer().peerAddress());
                    }
                }
            }
        });
    }

    @EachEngine
    void happyEyeballs_firstAddressDoesNotAnswer_theNextIsTriedMeanwhile(Engine engine) throws Exception {
        try (var full = new Full()) {
            run(engine, () -> {
                try (var server = server()) {
                    var waiting = createTask(() -> connect(null, full.address(), at(ANSWERS, port(server))));
                    try (var c = Asyncio.timeout(
                            ofSeconds(20), () -> connect(ofMillis(50), full.address(), at(ANSWERS, port(server))))) {
                        assertEquals(at(ANSWERS, port(server)), c.writer().peerAddress());
                        assertFalse(waiting.done(), "without a delay the first address is waited for");
                    }
                    waiting.cancel();
                    Asyncio.wait(List.of(waiting));
                }
            });
        }
    }

    @EachEngine
    void happyEyeballs_allAtOnce_oneConnectionIsLeft(Engine engine) throws Exception {
        run(engine, () -> {
            var open = new int[2];
            try (var server = startServer(ANSWERS, 0, (reader, _) -> {
                        open[0]++;
                        open[1]++;
                        reader.readAll();
                        open[0]--;
                    });
                    var _ = connect(
                            Duration.ZERO,
                            at(ANSWERS, port(server)),
                            at(ANSWERS, port(server)),
                            at(ANSWERS, port(server)))) {
                sleep(ofMillis(200));
                assertEquals(1, open[0], open[1] + " were accepted");
            }
        });
    }

    @EachEngine
    void nobodyAnswers_allReasonsAreTold_orTheOneThatIsTheSame(Engine engine) throws Exception {
        run(engine, () -> {
            int port;
            try (var server = server()) {
                port = port(server);
            }
            sleep(ofMillis(20));
            for (Duration delay : new @Nullable Duration[] {null, ofMillis(100)}) {
                var e = assertThrows(IOException.class, () -> connect(delay, at(REFUSES, port), at(ANSWERS, port)));
                assertTrue(
                        e.getMessage().startsWith("Multiple exceptions: Cannot connect to 127.0.0.2:"), e.toString());
                assertTrue(e.getMessage().contains("127.0.0.1:" + port), e.toString());
                assertEquals(2, e.getSuppressed().length);
                e = assertThrows(IOException.class, () -> connect(delay, at(REFUSES, port), at(REFUSES, port)));
                assertTrue(e.getMessage().startsWith("Cannot connect to 127.0.0.2:"), e.toString());
            }
        });
    }

    @EachEngine
    void resolveHost_namesAndNumbers(Engine engine) throws Exception {
        run(engine, () -> {
            assertEquals(List.of(at("127.0.0.1", 80)), resolveHost("127.0.0.1", 80));
            assertEquals(List.of(at("::1", 0)), resolveHost("::1", 0));
            List<InetSocketAddress> local = resolveHost("localhost", 7);
            assertTrue(
                    local.stream().allMatch(a -> a.getAddress().isLoopbackAddress() && a.getPort() == 7), "" + local);
            var e = assertThrows(UnknownHostException.class, () -> resolveHost("no-such-host.invalid", 80));
            assertTrue(e.getMessage().contains("no-such-host.invalid"), e.toString());
            assertThrows(IllegalArgumentException.class, () -> resolveHost("localhost", 65_536));
            assertFalse(hostName(InetAddress.getLoopbackAddress()).isEmpty());
        });
    }

    @EachEngine
    void openConnection_byName_happyEyeballs(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = server();
                    var c = openConnection("localhost", port(server), o -> o.happyEyeballsDelay(ofMillis(250)))) {
                assertTrue(c.writer().peerAddress().toString().contains("127.0.0.1"));
            }
        });
    }

    @Test
    void families_takeTurns() {
        InetSocketAddress a = at("::1", 1);
        InetSocketAddress b = at("::1", 2);
        InetSocketAddress c = at("::1", 3);
        InetSocketAddress d = at("127.0.0.1", 4);
        assertEquals(List.of(a, d, b, c), Names.interleave(List.of(a, b, c, d)));
        assertEquals(List.of(d, a, b), Names.interleave(List.of(d, a, b)));
        assertSame(d, Names.interleave(List.of(d)).getFirst());
    }
}
