package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.createDatagramEndpoint;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jasyncio.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Datagrams told by callbacks, over real sockets, on every engine of this machine. */
class DatagramsTest {
    private static final String HOST = "127.0.0.1";

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    /** Notes what happens, and answers if it is told to. */
    private static final class Recorder implements DatagramProtocol {
        final Future<@Nullable Void> end = runningLoop().createFuture();
        private final String name;
        private final List<String> log;
        private final boolean answers;
        private @Nullable DatagramTransport transport;

        Recorder(String name, List<String> log, boolean answers) {
            this.name = name;
            this.log = log;
            this.answers = answers;
        }

        @Override
        public void connectionMade(DatagramTransport transport) {
            this.transport = transport;
            log.add(name + " made");
        }

        @Override
        public void datagramReceived(Chunk data, InetSocketAddress sender) {
            String text = new String(data.toArray(), US_ASCII);
            log.add(name + " received " + text);
            if (answers && transport != null) {
                transport.sendTo(bytes("re:" + text), sender);
            }
        }

        @Override
        public void errorReceived(IOException cause) {
            log.add(name + " error " + cause.getClass().getSimpleName());
        }

        @Override
        public void connectionLost(@Nullable IOException cause) {
            log.add(name + " lost " + cause);
            end.setResult(null);
        }

        @Override
        public void pauseWriting() {
            log.add(name + " pause");
        }

        @Override
        public void resumeWriting() {
            log.add(name + " resume");
        }
    }

    /** The same program in Python 3.13 logs the same, but that there an error of sending comes before {@code sendto} returns. */
    @EachEngine
    void conversation_isToldInOrder(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var server = createDatagramEndpoint(() -> new Recorder("server", log, true), o -> o.local(HOST, 0));
            log.add("server created");
            int port = server.transport().localAddress().getPort();
            var client = createDatagramEndpoint(() -> new Recorder("client", log, false), o -> o.remote(HOST, port));
            log.add("client created");
            DatagramTransport c = client.transport();
            c.sendTo(bytes("a"));
            sleep(ofMillis(50));
            assertThrows(IllegalArgumentException.class, () -> c.sendTo(bytes("x"), new InetSocketAddress(HOST, 1)));
            log.add("refused");
            c.sendTo(new byte[65_508]);
            log.add("sent large");
            sleep(ofMillis(50));
            server.transport().sendTo(new byte[65_508], c.localAddress());
            sleep(ofMillis(50));
            server.transport().close();
            log.add("server closing " + server.transport().closing());
            await(server.protocol().end);
            c.sendTo(bytes("b"));
            sleep(ofMillis(50));
            c.sendTo(bytes("c"));
            log.add("sent c");
            sleep(ofMillis(50));
            c.abort();
            log.add("aborted");
            c.sendTo(bytes("d"));
            await(client.protocol().end);
            c.close();
            c.sendTo(bytes("e"));
            sleep(ofMillis(50));
            assertEquals(
                    List.of(
                            "server made",
                            "server created",
                            "client made",
                            "client created",
                            "server received a",
                            "client received re:a",
                            "refused",
                            "sent large",
                            "client error SocketException",
                            "server error SocketException",
                            "server closing true",
                            "server lost null",
                            "client error PortUnreachableException",
                            "sent c",
                            "client error PortUnreachableException",
                            "aborted",
                            "client lost null"),
                    log);
        });
    }

    @EachEngine
    void emptyDatagram_arrivesAtAConnectedSocketToo(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var server = createDatagramEndpoint(() -> new Recorder("server", log, false), o -> o.local(HOST, 0));
            int port = server.transport().localAddress().getPort();
            var client = createDatagramEndpoint(() -> new Recorder("client", log, false), o -> o.remote(HOST, port));
            for (String text : List.of("1", "", "2")) {
                server.transport().sendTo(bytes(text), client.transport().localAddress());
                client.transport()
                        .sendTo(ByteBuffer.wrap(bytes(text)), server.transport().localAddress());
            }
            sleep(ofMillis(50));
            client.transport().close();
            server.transport().close();
            assertEquals(engine == Engine.NIO, log.contains("client error SocketException"), "the JDK cannot");
            for (String name : List.of("client", "server")) {
                assertEquals(
                        name.equals("server") && engine == Engine.NIO
                                ? List.of(name + " received 1", name + " received 2")
                                : List.of(name + " received 1", name + " received ", name + " received 2"),
                        log.stream()
                                .filter(s -> s.startsWith(name + " received"))
                                .toList());
            }
        });
    }

    @EachEngine
    void sixthVersion_worksToo(Engine engine) throws Exception {
        assumeTrue(has("::1"), "this machine has no IPv6");
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var server = createDatagramEndpoint(() -> new Recorder("server", log, true), o -> o.local("::1", 0));
            int port = server.transport().localAddress().getPort();
            var client = createDatagramEndpoint(
                    () -> new Recorder("client", log, false), o -> o.family(StandardProtocolFamily.INET6));
            assertNull(client.transport().peerAddress());
            client.transport().sendTo(bytes("six"), new InetSocketAddress("::1", port));
            sleep(ofMillis(50));
            var connected = createDatagramEndpoint(
                    () -> new Recorder("connected", log, false),
                    o -> o.remote("::1", port).local("::1", 0));
            connected.transport().sendTo(bytes("v6"));
            sleep(ofMillis(50));
            for (var c : List.of(server, client, connected)) {
                c.transport().close();
                await(c.protocol().end);
            }
            assertTrue(log.contains("client received re:six"), log.toString());
            assertTrue(log.contains("connected received re:v6"), log.toString());
        });
    }

    private static boolean has(String address) {
        try (var probe = DatagramChannel.open()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @EachEngine
    void family_bothSidesMustHaveIt(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            assertThrows(
                    IOException.class,
                    () -> createDatagramEndpoint(
                            () -> new Recorder("c", log, false),
                            o -> o.local(HOST, 0).remote("::1", 9)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> createDatagramEndpoint(() -> new Recorder("c", log, false), o -> o));
            assertEquals(List.of(), log);
        });
    }

    @EachEngine
    void addressInUse_isRefused_unlessThePortIsShared(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var one = createDatagramEndpoint(
                    () -> new Recorder("one", log, false), o -> o.local(HOST, 0).reusePort(true));
            int port = one.transport().localAddress().getPort();
            var e = assertThrows(
                    IOException.class,
                    () -> createDatagramEndpoint(() -> new Recorder("x", log, false), o -> o.local(HOST, port)));
            assertTrue(
                    e.getMessage().startsWith("Cannot open a socket for datagrams at " + HOST + ":" + port),
                    e.toString());
            assertTrue(e.getCause() instanceof IOException, String.valueOf(e.getCause()));
            var two = createDatagramEndpoint(
                    () -> new Recorder("two", log, false),
                    o -> o.local(HOST, port).reusePort(true));
            assertEquals(port, two.transport().localAddress().getPort());
            one.transport().close();
            two.transport().close();
        });
    }

    @EachEngine
    void broadcast_mustBeAllowed(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var receiver = createDatagramEndpoint(() -> new Recorder("receiver", log, false), o -> o.local("", 0));
            var everybody = new InetSocketAddress(
                    "127.255.255.255", receiver.transport().localAddress().getPort());
            var forbidden = createDatagramEndpoint(() -> new Recorder("forbidden", log, false), o -> o.local("", 0));
            forbidden.transport().sendTo(bytes("no"), everybody);
            sleep(ofMillis(50));
            var allowed = createDatagramEndpoint(
                    () -> new Recorder("allowed", log, false),
                    o -> o.remote(everybody.getHostString(), everybody.getPort())
                            .allowBroadcast(true));
            allowed.transport().sendTo(bytes("yes"));
            sleep(ofMillis(50));
            for (var c : List.of(receiver, forbidden, allowed)) {
                c.transport().close();
                await(c.protocol().end);
            }
            assertTrue(log.stream().anyMatch(s -> s.startsWith("forbidden error")), log.toString());
            assertTrue(log.contains("receiver received yes"), log.toString());
        });
    }

    @EachEngine
    void multicast_isReceivedWhileJoined(Engine engine) throws Exception {
        InetAddress group = InetAddress.getByName("239.255.17.4");
        NetworkInterface network = multicastNetwork(group);
        assumeTrue(network != null, "no network of this machine takes multicast");
        assumeTrue(engine != Engine.KQUEUE, "Netty's kqueue channels have no multicast");
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var receiver = createDatagramEndpoint(() -> new Recorder("receiver", log, false), o -> o.local("", 0));
            var to = new InetSocketAddress(
                    group, receiver.transport().localAddress().getPort());
            var sender = createDatagramEndpoint(
                    () -> new Recorder("sender", log, false),
                    o -> o.family(StandardProtocolFamily.INET)
                            .option(StandardSocketOptions.IP_MULTICAST_IF, network)
                            .option(StandardSocketOptions.IP_MULTICAST_TTL, 0)
                            .option(StandardSocketOptions.IP_MULTICAST_LOOP, true));
            assertEquals(0, sender.transport().option(StandardSocketOptions.IP_MULTICAST_TTL));
            assertEquals(true, sender.transport().option(StandardSocketOptions.IP_MULTICAST_LOOP));
            assertEquals(network, sender.transport().option(StandardSocketOptions.IP_MULTICAST_IF));
            sender.transport().sendTo(bytes("before"), to);
            sleep(ofMillis(50));
            await(receiver.transport().joinGroup(group, network));
            sender.transport().sendTo(bytes("joined"), to);
            sleep(ofMillis(50));
            sender.transport().setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            sender.transport().sendTo(bytes("not looped"), to);
            sleep(ofMillis(50));
            sender.transport().setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            await(receiver.transport().leaveGroup(group, network));
            sender.transport().sendTo(bytes("left"), to);
            sleep(ofMillis(50));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> receiver.transport().joinGroup(InetAddress.getByName(HOST), network));
            sender.transport().close();
            receiver.transport().close();
            assertEquals(
                    List.of("receiver received joined"),
                    log.stream().filter(s -> s.contains("received")).toList());
        });
    }

    /** Returns a network through which a datagram to the group comes back, as tried with the JDK's channels; null if there is none. */
    private static @Nullable NetworkInterface multicastNetwork(InetAddress group) throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            try (var probe = DatagramChannel.open(StandardProtocolFamily.INET)) {
                probe.bind(new InetSocketAddress(0));
                probe.join(group, network);
                probe.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
                probe.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
                probe.send(
                        ByteBuffer.wrap(bytes("?")),
                        new InetSocketAddress(group, probe.socket().getLocalPort()));
                probe.socket().setSoTimeout(200);
                probe.socket().receive(new java.net.DatagramPacket(new byte[1], 1));
                return network;
            } catch (IOException e) {
                // Not this one.
            }
        }
        return null;
    }

    @EachEngine
    void flowControl_pausesAboveTheHighMark_resumesAtTheLowOne(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var receiver = createDatagramEndpoint(() -> new Recorder("receiver", log, false), o -> o.local(HOST, 0));
            var sender = createDatagramEndpoint(() -> new Recorder("sender", log, false), o -> o.local(HOST, 0));
            DatagramTransport s = sender.transport();
            s.setWriteBufferLimits(100, 1000);
            for (int i = 0; i < 3; i++) {
                s.sendTo(new byte[400], receiver.transport().localAddress());
            }
            assertEquals(3 * 408, s.writeBufferSize());
            log.add("sent");
            sleep(ofMillis(50));
            assertEquals(0, s.writeBufferSize());
            s.close();
            receiver.transport().close();
            assertEquals(
                    List.of("receiver made", "sender made", "sender pause", "sent", "sender resume"),
                    log.stream()
                            .filter(text -> !text.startsWith("receiver received"))
                            .toList());
        });
    }

    @EachEngine
    void close_sendsWhatWasGiven_abortDoesNot(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> log = new ArrayList<>();
            var receiver = createDatagramEndpoint(() -> new Recorder("receiver", log, false), o -> o.local(HOST, 0));
            for (boolean abort : new boolean[] {false, true}) {
                var sender = createDatagramEndpoint(() -> new Recorder("sender", log, false), o -> o.local(HOST, 0));
                sender.transport()
                        .sendTo(
                                bytes(abort ? "aborted" : "closed"),
                                receiver.transport().localAddress());
                if (abort) {
                    sender.transport().abort();
                } else {
                    sender.transport().close();
                }
                assertTrue(sender.transport().closing());
                await(sender.protocol().end);
                assertThrows(IOException.class, () -> sender.transport().option(StandardSocketOptions.SO_SNDBUF));
            }
            sleep(ofMillis(50));
            receiver.transport().close();
            assertEquals(
                    List.of("receiver received closed"),
                    log.stream().filter(s -> s.contains("received")).toList());
        });
    }

    @EachEngine
    void callbackThatThrows_isReported_theSocketGoesOn(Engine engine) throws Exception {
        run(engine, () -> {
            List<String> failures = new ArrayList<>();
            runningLoop().setExceptionHandler(failure -> failures.add(String.valueOf(failure.exception())));
            int[] calls = {0};
            var receiver = createDatagramEndpoint(
                    () -> new DatagramProtocol() {
                        @Override
                        public void datagramReceived(Chunk data, InetSocketAddress sender) {
                            calls[0]++;
                            throw new IllegalStateException("mine " + calls[0]);
                        }
                    },
                    o -> o.local(HOST, 0));
            var sender = createDatagramEndpoint(() -> new DatagramProtocol() {}, o -> o.local(HOST, 0));
            for (int i = 0; i < 2; i++) {
                sender.transport().sendTo(bytes("x"), receiver.transport().localAddress());
            }
            sleep(ofMillis(50));
            sender.transport().close();
            receiver.transport().close();
            assertEquals(
                    List.of("java.lang.IllegalStateException: mine 1", "java.lang.IllegalStateException: mine 2"),
                    failures);
        });
    }

    @EachEngine
    void option_unknown_isRefusedWithTheName(Engine engine) throws Exception {
        run(engine, () -> {
            var socket = createDatagramEndpoint(
                    () -> new DatagramProtocol() {},
                    o -> o.local(HOST, 0).option(StandardSocketOptions.SO_RCVBUF, 100_000));
            Integer size = socket.transport().option(StandardSocketOptions.SO_RCVBUF);
            assertTrue(size != null && size >= 100_000, String.valueOf(size));
            var e = assertThrows(
                    UnsupportedOperationException.class,
                    () -> socket.transport().option(StandardSocketOptions.TCP_NODELAY));
            assertTrue(e.getMessage().contains("TCP_NODELAY"), e.getMessage());
            socket.transport().close();
        });
    }
}
