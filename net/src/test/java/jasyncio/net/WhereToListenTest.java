package jasyncio.net;

import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.createDatagramEndpoint;
import static jasyncio.net.Net.createSubprocessExec;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openDatagramEndpoint;
import static jasyncio.net.Net.startServer;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jasyncio.Asyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Which addresses servers and sockets for datagrams are opened at, and what is refused with its reason. */
class WhereToListenTest {
    private static final String HOST = "127.0.0.1";

    private static Server server(String host, int port) throws IOException {
        return startServer(host, port, (reader, _) -> reader.readAll());
    }

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static boolean hasIpv6() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    // ---- servers

    @EachEngine
    void emptyHost_isEveryAddressOfThisMachine(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = server("", 0)) {
                openConnection(HOST, port(server)).close();
                openConnection("127.0.0.2", port(server)).close();
                if (hasIpv6()) {
                    openConnection("::1", port(server)).close();
                }
            }
        });
    }

    @EachEngine
    void sixthVersion_isListenedOnAlone(Engine engine) throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        run(engine, () -> {
            try (var server = server("::1", 0)) {
                assertEquals(1, server.addresses().size());
                openConnection("::1", port(server)).close();
                assertThrows(IOException.class, () -> openConnection(HOST, port(server)));
            }
        });
    }

    @EachEngine
    void unknownHost_isNamed(Engine engine) throws Exception {
        run(engine, () -> {
            var e = assertThrows(UnknownHostException.class, () -> server("no.such.host.invalid", 0));
            assertTrue(e.getMessage().startsWith("Cannot find the host 'no.such.host.invalid': "), e.getMessage());
            e = assertThrows(
                    UnknownHostException.class, () -> openDatagramEndpoint(o -> o.local("no.such.host.invalid", 0)));
            assertTrue(e.getMessage().startsWith("Cannot find the host 'no.such.host.invalid': "), e.getMessage());
        });
    }

    @EachEngine
    void port_isSharedIfBothWantTo(Engine engine) throws Exception {
        run(engine, () -> {
            try (var one = startServer(
                            HOST, 0, o -> o.reusePort(true), c -> c.reader().readAll());
                    var two = startServer(
                            HOST,
                            port(one),
                            o -> o.reusePort(true),
                            c -> c.reader().readAll())) {
                assertEquals(one.addresses(), two.addresses());
                assertThrows(IOException.class, () -> server(HOST, port(one)));
            }
        });
    }

    @EachEngine
    void addressesThatCannotBeBound_leaveNoSocket(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = server(HOST, 0);
                    var endpoint = openDatagramEndpoint(o -> o.local(HOST, 0))) {
                int port = Objects.requireNonNull(endpoint.localAddress()).getPort();
                sleep(ofMillis(20));
                long before = Descriptors.sockets();
                for (int i = 0; i < 20; i++) {
                    assertThrows(IOException.class, () -> server(HOST, port(server)));
                    assertThrows(IOException.class, () -> server("192.0.2.1", 0));
                    assertThrows(IOException.class, () -> openDatagramEndpoint(o -> o.local(HOST, port)));
                    assertThrows(IOException.class, () -> openDatagramEndpoint(o -> o.local("192.0.2.1", 0)));
                }
                sleep(ofMillis(20));
                Descriptors.assertSockets(before);
            }
        });
    }

    @EachEngine
    void limitThatIsNotPositive_isRefusedAtOnce(Engine engine) throws Exception {
        run(engine, () -> {
            for (int limit : new int[] {0, -1}) {
                var e = assertThrows(
                        IllegalArgumentException.class, () -> startServer(HOST, 0, o -> o.limit(limit), _ -> {}));
                assertEquals("Limit " + limit + " is not positive", e.getMessage());
            }
        });
    }

    // ---- datagrams

    private static final class Deaf implements DatagramProtocol {}

    @EachEngine
    void datagramOptions_areNotSetUnlessAskedFor(Engine engine) throws Exception {
        run(engine, () -> {
            for (boolean asked : new boolean[] {false, true}) {
                var endpoint = createDatagramEndpoint(
                        Deaf::new,
                        o -> asked ? o.local(HOST, 0).reusePort(true).allowBroadcast(true) : o.local(HOST, 0));
                DatagramTransport socket = endpoint.transport();
                assertEquals(asked, socket.option(StandardSocketOptions.SO_REUSEPORT));
                assertEquals(asked, socket.option(StandardSocketOptions.SO_BROADCAST));
                assertEquals(false, socket.option(StandardSocketOptions.SO_REUSEADDR));
                socket.close();
            }
        });
    }

    @EachEngine
    void remoteOfABroadcaster_isNotConnectedTo(Engine engine) throws Exception {
        run(engine, () -> {
            try (var receiver = openDatagramEndpoint(o -> o.local(HOST, 0));
                    var stranger = openDatagramEndpoint(o -> o.local(HOST, 0))) {
                int port = Objects.requireNonNull(receiver.localAddress()).getPort();
                try (var broadcaster = openDatagramEndpoint(
                        o -> o.local(HOST, 0).remote(HOST, port).allowBroadcast(true))) {
                    broadcaster.send(new byte[] {1});
                    assertEquals(1, receiver.receive().data().length);
                    stranger.send(new byte[] {2, 2}, Objects.requireNonNull(broadcaster.localAddress()));
                    Datagram received = timeout(ofSeconds(10), broadcaster::receive); // never if it were connected
                    assertEquals(2, received.data().length);
                }
            }
        });
    }

    @EachEngine
    void familyThatTheAddressIsNotOf_isNamed(Engine engine) throws Exception {
        run(engine, () -> {
            var e = assertThrows(
                    IOException.class,
                    () -> openDatagramEndpoint(o -> o.local(HOST, 0).family(StandardProtocolFamily.INET6)));
            assertEquals(
                    "No address of '127.0.0.1' for a socket of the family INET6;"
                            + " choose another family, or none for that of the addresses",
                    e.getMessage());
            e = assertThrows(
                    IOException.class,
                    () -> openDatagramEndpoint(o -> o.local(HOST, 0).remote("::1", 9)));
            assertEquals("The local and the remote address of the socket have no family in common", e.getMessage());
            var unix = assertThrows(
                    IllegalArgumentException.class,
                    () -> openDatagramEndpoint(o -> o.family(StandardProtocolFamily.UNIX)));
            assertEquals("No datagrams through socket files: family takes INET or INET6", unix.getMessage());
        });
    }

    // ---- processes

    @Test
    @NullUnmarked
    void commandWithoutAProgram_isRefused() throws Exception {
        Asyncio.run(() -> {
            for (List<String> command : List.of(List.<String>of(), new ArrayList<String>())) {
                var e = assertThrows(
                        IllegalArgumentException.class, () -> createSubprocessExec(new ProcessBuilder(command)));
                assertEquals("No program to start: the command is empty; give a program's name first", e.getMessage());
            }
            assertThrows(IllegalArgumentException.class, () -> createSubprocessExec());
            var e = assertThrows(NullPointerException.class, () -> createSubprocessExec("true", null));
            assertEquals("A part of the command is null: [true, null]", e.getMessage());
            try (var process = createSubprocessExec(new ProcessBuilder(List.of("true")))) {
                assertEquals(0, process.await());
            }
        });
    }
}
