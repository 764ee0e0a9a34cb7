package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openDatagramEndpoint;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Datagrams in plain sequential code, over real sockets, on every engine of this machine. */
class DatagramEndpointTest {
    private static final String HOST = "127.0.0.1";

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String text(Datagram datagram) {
        return new String(datagram.data(), US_ASCII);
    }

    private static DatagramEndpoint open() throws IOException {
        return openDatagramEndpoint(o -> o.local(HOST, 0));
    }

    private static InetSocketAddress address(DatagramEndpoint endpoint) {
        return Objects.requireNonNull(endpoint.localAddress());
    }

    private static DatagramEndpoint connected(DatagramEndpoint to) throws IOException {
        return openDatagramEndpoint(o -> o.remote(HOST, address(to).getPort()));
    }

    @EachEngine
    void echo_datagramsOfAllSizes_comeBackWhole(Engine engine) throws Exception {
        run(engine, () -> {
            DatagramEndpoint server = open();
            try (var client = connected(server)) {
                var serving = createTask(() -> {
                    for (Datagram datagram : server.datagrams()) {
                        server.send(datagram.data(), datagram.sender());
                    }
                });
                for (int size : new int[] {1, 2047, 2048, 2049, 32_768, 32_769, 65_507}) {
                    byte[] data = new byte[size];
                    new Random(size).nextBytes(data);
                    client.send(data);
                    Datagram back = client.receive();
                    assertArrayEquals(data, back.data());
                    assertEquals(address(server), back.sender());
                }
                server.close();
                await(serving); // the iteration ends
            }
        });
    }

    @EachEngine
    void manyDatagrams_areReceivedInTheirOrder(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = open();
                    var client = open()) {
                for (int round = 0; round < 20; round++) {
                    for (int i = 0; i < 50; i++) {
                        client.send(bytes(round + "." + i), address(server));
                    }
                    for (int i = 0; i < 50; i++) {
                        assertEquals(round + "." + i, text(server.receive()));
                    }
                }
                assertEquals(0, server.dropped());
            }
        });
    }

    @EachEngine
    void nobodyReceives_isThrownOnce_theEndpointGoesOn(Engine engine) throws Exception {
        run(engine, () -> {
            DatagramEndpoint gone = open();
            try (var client = connected(gone)) {
                gone.close();
                client.send(bytes("x"));
                var e = assertThrows(PortUnreachableException.class, client::receive);
                assertTrue(e.getMessage().startsWith("Nobody receives at "), e.getMessage());
                client.send(bytes("y"));
                sleep(ofMillis(50));
                assertThrows(PortUnreachableException.class, () -> client.send(bytes("z")));
            }
        });
    }

    @EachEngine
    void tooLarge_isThrownByTheNextCall(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = open();
                    var client = open()) {
                client.send(new byte[65_508], address(server));
                var e = assertThrows(SocketException.class, client::receive);
                assertTrue(e.getMessage().startsWith("Message too long"), e.getMessage());
                client.send(bytes("fits"), address(server));
                assertEquals("fits", text(server.receive()));
            }
        });
    }

    @EachEngine
    void receive_whenCancelled_losesNoDatagram(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = open();
                    var client = open()) {
                var first = createTask(server::receive);
                var second = createTask(server::receive);
                sleep(ofMillis(10));
                first.cancel();
                assertThrows(CancelledError.class, () -> await(first));
                client.send(bytes("one"), address(server));
                assertEquals("one", text(await(second)));
                assertThrows(
                        java.util.concurrent.TimeoutException.class,
                        () -> Asyncio.timeout(ofMillis(20), server::receive));
                client.send(bytes("two"), address(server));
                assertEquals("two", text(server.receive()));
            }
        });
    }

    @EachEngine
    void receive_cancelledInTheStepInWhichADatagramCame_anotherTaskGetsIt(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = open();
                    var client = open()) {
                for (int i = 0; i < 50; i++) {
                    var first = createTask(server::receive);
                    var second = createTask(server::receive);
                    sleep(ofMillis(0));
                    client.send(bytes("d" + i), address(server));
                    for (int steps = 0; steps < i % 6; steps++) {
                        sleep(ofMillis(0));
                    }
                    first.cancel();
                    String got;
                    try {
                        got = text(await(first)); // it was too late to cancel
                        second.cancel();
                        assertThrows(CancelledError.class, () -> await(second));
                    } catch (CancelledError e) {
                        got = text(await(second));
                    }
                    assertEquals("d" + i, got);
                }
            }
        });
    }

    @EachEngine
    void severalReceivers_firstComeFirstServed(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = open();
                    var client = open()) {
                List<String> log = new ArrayList<>();
                var tasks = new ArrayList<jasyncio.Task<?>>();
                for (int i = 0; i < 3; i++) {
                    String name = "t" + i;
                    tasks.add(createTask(() -> log.add(name + " " + text(server.receive()))));
                }
                sleep(ofMillis(10));
                for (int i = 0; i < 3; i++) {
                    client.send(bytes("d" + i), address(server));
                }
                Asyncio.wait(tasks);
                assertEquals(List.of("t0 d0", "t1 d1", "t2 d2"), log);
            }
        });
    }

    @EachEngine
    void close_endsWhoWaits(Engine engine) throws Exception {
        run(engine, () -> {
            DatagramEndpoint server = open();
            var receiving = createTask(server::receive);
            var iterating = createTask(() -> {
                int n = 0;
                for (Datagram _ : server.datagrams()) {
                    n++;
                }
                return n;
            });
            sleep(ofMillis(10));
            server.close();
            var e = assertThrows(SocketException.class, () -> await(receiving, IOException.class));
            assertTrue(e.getMessage().contains("is closed"), e.getMessage());
            assertEquals(0, await(iterating));
            assertThrows(SocketException.class, server::receive);
            assertThrows(
                    SocketException.class,
                    () -> server.send(bytes("x"), new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
            server.close();
        });
    }

    @EachEngine
    void fullQueue_dropsTheNewOnes_andCountsThem(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = openDatagramEndpoint(o -> o.local(HOST, 0).queueSize(3));
                    var client = open()) {
                for (int i = 0; i < 10; i++) {
                    client.send(bytes("d" + i), address(server));
                }
                sleep(ofMillis(50));
                assertEquals(7, server.dropped());
                for (int i = 0; i < 3; i++) {
                    assertEquals("d" + i, text(server.receive()));
                }
            }
        });
    }

    @EachEngine
    void send_aboveTheHighMark_suspendsUntilItHasGone(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = open();
                    var client = open()) {
                byte[] data = new byte[60_000];
                client.send(data, address(server));
                client.send(data, address(server));
                assertTrue(client.transport().writeBufferSize()
                        > client.transport().highWaterMark());
                client.send(data, address(server));
                assertEquals(60_008, client.transport().writeBufferSize());
                assertEquals(60_000, server.receive().data().length);
            }
        });
    }

    @EachEngine
    void wrongUse_isRefusedSayingWhy(Engine engine) throws Exception {
        run(engine, () -> {
            try (var endpoint = open()) {
                var e = assertThrows(IllegalStateException.class, () -> endpoint.send(bytes("x")));
                assertTrue(e.getMessage().startsWith("No address to send to"), e.getMessage());
                assertThrows(
                        IllegalArgumentException.class,
                        () -> endpoint.send(bytes("x"), InetSocketAddress.createUnresolved("localhost", 9)));
                assertSame(endpoint.transport(), endpoint.transport());
            }
            assertThrows(IllegalArgumentException.class, () -> openDatagramEndpoint(o -> o.queueSize(0)));
            assertThrows(IllegalArgumentException.class, () -> openDatagramEndpoint(o -> o.remote(HOST, 0)));
        });
    }
}
