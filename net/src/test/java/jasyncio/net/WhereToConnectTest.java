package jasyncio.net;

import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openDatagramEndpoint;
import static jasyncio.net.Net.openUnixConnection;
import static jasyncio.net.Net.resolveHost;
import static jasyncio.net.Net.startServer;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Which addresses a client connects to and from, and what it refuses before it connects to any. */
class WhereToConnectTest {
    private static final String HOST = "127.0.0.1";
    private static final String OTHER_LOOPBACK = "127.0.0.9";
    private static final String OTHER_MACHINE = "192.0.2.1";

    private static Server server(String host) throws IOException {
        return startServer(host, 0, (reader, _) -> reader.readAll());
    }

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assumeIpv6() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assertTrue(probe.isBound());
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6");
        }
    }

    // ---- names and numbers

    @EachEngine
    void numbers_areNotLookedUp_namesAre(Engine engine) throws Exception {
        run(engine, () -> {
            runningLoop().setDefaultExecutor(job -> {
                throw new RejectedExecutionException("asked for a name");
            });
            try (var server = server(HOST);
                    var endpoint = openDatagramEndpoint(o -> o.local(HOST, 0))) {
                openConnection(HOST, port(server)).close();
                openDatagramEndpoint(o -> o.remote(HOST, endpoint.localAddress().getPort()))
                        .close();
                assertEquals(1, resolveHost("::1", 80).size());
                // the last one would be a name if there were such a domain: looking it up here would block the loop
                for (String name : List.of("localhost", "1.2.3.4.5", "999.1.1.1")) {
                    assertThrows(RejectedExecutionException.class, () -> openConnection(name, port(server)), name);
                    assertThrows(RejectedExecutionException.class, () -> server(name), name);
                    assertThrows(
                            RejectedExecutionException.class, () -> openDatagramEndpoint(o -> o.local(name, 0)), name);
                }
            }
        });
    }

    @EachEngine
    void addressWithAScope_keepsIt(Engine engine) throws Exception {
        run(engine, () -> {
            InetSocketAddress resolved = resolveHost("fe80::1%1", 80).getFirst();
            assertEquals(
                    1,
                    assertInstanceOf(Inet6Address.class, resolved.getAddress()).getScopeId());
            assertEquals(80, resolved.getPort());
        });
    }

    @EachEngine
    void sixthVersion_isConnectedTo(Engine engine) throws Exception {
        assumeIpv6();
        run(engine, () -> {
            try (var server = server("::1");
                    var c = openConnection("::1", port(server))) {
                assertEquals(
                        new InetSocketAddress("::1", port(server)), c.writer().peerAddress());
            }
        });
    }

    // ---- TLS and names

    @EachEngine
    void serverHostname_withoutTls_isRefusedBeforeConnecting(Engine engine) throws Exception {
        int port = freePort();
        run(engine, () -> {
            for (String name : List.of("example.org", "")) {
                var e = assertThrows(
                        IllegalArgumentException.class, () -> openConnection(HOST, port, o -> o.serverHostname(name)));
                assertEquals(
                        "No TLS for the serverHostname '" + name
                                + "', which only a certificate is checked against; give a context with o -> o.tls(…)",
                        e.getMessage());
            }
        });
    }

    @EachEngine
    void tls_withoutAName_isRefusedBeforeConnecting(Engine engine) throws Exception {
        int port = freePort();
        SSLContext context = SSLContext.getDefault();
        run(engine, () -> {
            for (String message : List.of(
                    assertThrows(IllegalArgumentException.class, () -> openConnection("", port, o -> o.tls(context)))
                            .getMessage(),
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> openUnixConnection(Path.of("nowhere"), o -> o.tls(context)))
                            .getMessage())) {
                assertEquals(
                        "No name to check the server's certificate against; give one with o -> o.serverHostname(…),"
                                + " or do without with o -> o.checkHostname(false)",
                        message);
            }
            assertThrows(
                    ConnectException.class,
                    () -> openConnection("", port, o -> o.tls(context).serverHostname("example.org")));
            assertThrows(
                    ConnectException.class,
                    () -> openConnection("", port, o -> o.tls(context, t -> t.checkHostname(false))));
        });
    }

    // ---- where from

    @EachEngine
    void localAddress_isWhereItComesFrom(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = server(HOST);
                    var c = openConnection(
                            HOST, port(server), o -> o.localAddress(new InetSocketAddress(OTHER_LOOPBACK, 0)))) {
                var from = assertInstanceOf(InetSocketAddress.class, c.writer().localAddress());
                assertEquals(OTHER_LOOPBACK, from.getAddress().getHostAddress());
            }
        });
    }

    @EachEngine
    void localAddress_ofAnotherMachine_isNamedForEachAddress(Engine engine) throws Exception {
        run(engine, () -> {
            long before = Descriptors.sockets();
            var setup = (ConnectSetup) ConnectSetup.DEFAULT.localAddress(new InetSocketAddress(OTHER_MACHINE, 0));
            SocketAddress one = new InetSocketAddress(HOST, 9);
            SocketAddress two = new InetSocketAddress("127.0.0.2", 9);
            var e = assertThrows(IOException.class, () -> Connecting.open(null, List.of(one, two), setup));
            String reason =
                    " from 192.0.2.1:0: Cannot assign requested address; localAddress is no address of this machine";
            assertEquals(
                    "Multiple exceptions: Cannot connect to 127.0.0.1:9" + reason + ", Cannot connect to 127.0.0.2:9"
                            + reason,
                    e.getMessage());
            assertEquals(2, e.getSuppressed().length);
            sleep(ofMillis(20));
            Descriptors.assertSockets(before);
        });
    }

    @EachEngine
    void localAddress_inUse_saysToChooseAnotherPort(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = server(HOST)) {
                var e = assertThrows(
                        IOException.class,
                        () -> openConnection(
                                HOST, port(server), o -> o.localAddress(new InetSocketAddress(HOST, port(server)))));
                assertTrue(
                        e.getMessage()
                                .endsWith(
                                        " from " + HOST + ":" + port(server)
                                                + ": Address already in use; choose another port in localAddress, 0 for a free one"),
                        e.getMessage());
            }
        });
    }

    @EachEngine
    void localAddress_ofTheOtherFamily_isSaid_andAnAddressOfItsOwnIsTaken(Engine engine) throws Exception {
        assumeIpv6();
        run(engine, () -> {
            try (var server = server(HOST)) {
                var setup = (ConnectSetup) ConnectSetup.DEFAULT.localAddress(new InetSocketAddress(HOST, 0));
                var six = new InetSocketAddress("::1", port(server));
                var four = new InetSocketAddress(HOST, port(server));
                var e = assertThrows(IOException.class, () -> Connecting.open(null, List.of(six), setup));
                assertTrue(
                        e.getMessage()
                                .endsWith("; one is an address of IPv4 and the other of IPv6:"
                                        + " choose a localAddress of the same family"),
                        e.getMessage());
                try (var c = Connecting.open(null, List.of(six, four), setup)) {
                    assertEquals(four, c.writer().peerAddress());
                }
            }
        });
    }

    @EachEngine
    void localAddress_thatIsAName_isRefused(Engine engine) throws Exception {
        run(engine, () -> {
            var e = assertThrows(
                    IllegalArgumentException.class,
                    () -> openConnection(
                            HOST, 9, o -> o.localAddress(InetSocketAddress.createUnresolved("localhost", 0))));
            assertEquals("localAddress localhost is a name; look it up with resolveHost(…) first", e.getMessage());
        });
    }

    // ---- time

    @EachEngine
    void timeout_whileConnecting_leavesNoSocket(Engine engine) throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                var _ = new Socket(full.getInetAddress(), full.getLocalPort());
                var _ = new Socket(full.getInetAddress(), full.getLocalPort())) { // one more than the backlog
            run(engine, () -> {
                startServer(HOST, 0, _ -> {}).close(); // the poller has the descriptors of its own
                sleep(ofMillis(20));
                long before = Descriptors.sockets();
                assertThrows(
                        TimeoutException.class,
                        () -> timeout(ofMillis(50), () -> openConnection("127.0.0.3", full.getLocalPort())));
                sleep(ofMillis(20));
                Descriptors.assertSockets(before);
            });
        }
    }
}
