package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Action;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Each operation on the JDK's channels, also right after another one was cancelled. */
@Timeout(60)
class SockOperationsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private record Pair(SocketChannel client, SocketChannel server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        var listener = ServerSocketChannel.open();
        listener.bind(ANY);
        listener.configureBlocking(false);
        return listener;
    }

    private static SocketChannel nonBlocking() throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        return channel;
    }

    private static DatagramChannel datagrams() throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(ANY);
        channel.configureBlocking(false);
        return channel;
    }

    private static Pair connected() throws IOException {
        try (var listener = listening()) {
            var client = nonBlocking();
            Sock.connect(client, listener.getLocalAddress());
            return new Pair(client, Sock.accept(listener));
        }
    }

    private static byte[] receiveAll(SocketChannel channel) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] some;
        do {
            some = Sock.recv(channel, 1 << 20);
            all.writeBytes(some);
        } while (some.length > 0);
        return all.toByteArray();
    }

    // ---- what is refused

    @EachEngine
    void blockingSocket_isRefusedByEveryOperation(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected();
                    var listener = ServerSocketChannel.open();
                    var fresh = SocketChannel.open();
                    var datagrams = DatagramChannel.open()) {
                SocketChannel socket = pair.client;
                socket.configureBlocking(true);
                for (Executable operation : List.<Executable>of(
                        () -> Sock.connect(fresh, ANY),
                        () -> Sock.sendAll(socket, new byte[1]),
                        () -> Sock.recv(socket, 1024),
                        () -> Sock.recvInto(socket, ByteBuffer.allocate(0)),
                        () -> Sock.accept(listener),
                        () -> Sock.sendTo(datagrams, new byte[1], ANY),
                        () -> Sock.recvFrom(datagrams, 1),
                        () -> Sock.recvFromInto(datagrams, ByteBuffer.allocate(1)))) {
                    var e = assertThrows(IllegalArgumentException.class, operation);
                    assertTrue(e.getMessage().contains("configureBlocking(false)"), e.getMessage());
                }
                assertFalse(fresh.isConnected());
            }
        });
    }

    // ---- sockets

    @EachEngine
    void accept_connectionThatWaits_comesNonBlockingWithItsAddresses(Engine engine) throws Exception {
        run(engine, () -> {
            try (var listener = listening();
                    var client = SocketChannel.open(listener.getLocalAddress());
                    var accepted = Sock.accept(listener)) {
                assertFalse(accepted.isBlocking());
                assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
                assertEquals(listener.getLocalAddress(), client.getRemoteAddress());
            }
        });
    }

    @EachEngine
    void accept_cancelled_leavesAListenerThatCloses(Engine engine) throws Exception {
        run(engine, () -> {
            SocketAddress address;
            try (var listener = listening()) {
                address = listener.getLocalAddress();
                assertThrows(TimeoutException.class, () -> timeout(ofMillis(50), () -> Sock.accept(listener)));
            }
            timeout(
                    ofSeconds(5),
                    () -> { // the selector's thread has a moment to let go of the listener
                        while (connects(address)) {
                            sleep(ofMillis(1));
                        }
                    });
        });
    }

    private static boolean connects(SocketAddress address) throws IOException {
        try (var client = nonBlocking()) {
            Sock.connect(client, address);
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (SocketException closing) {
            return true;
        }
    }

    @EachEngine
    void recv_rightAfterAnotherOneWasCancelled_getsTheData(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var first = createTask(() -> Sock.recv(pair.client, 1024));
                sleep(ZERO);
                first.cancel();
                var _ = createTask(() -> Sock.sendAll(pair.server, "hello".getBytes(UTF_8)));
                assertEquals("hello", new String(Sock.recv(pair.client, 1024), UTF_8));
                assertThrows(CancelledError.class, () -> await(first));
            }
        });
    }

    @EachEngine
    void recvInto_rightAfterAnotherOneWasCancelled_getsTheData(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var buffer = ByteBuffer.allocate(1024);
                var first = createTask(() -> Sock.recvInto(pair.client, buffer));
                sleep(ZERO);
                first.cancel();
                var sending = createTask(() -> Sock.sendAll(pair.server, "hello".getBytes(UTF_8)));
                assertEquals(5, Sock.recvInto(pair.client, buffer));
                assertEquals("hello", new String(buffer.array(), 0, 5, UTF_8));
                await(sending);
                assertThrows(CancelledError.class, () -> await(first));
            }
        });
    }

    @EachEngine
    void sendAll_rightAfterAnotherOneWasCancelled_sendsOnlyItsOwn(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var space = ByteBuffer.allocate(1 << 16);
                while (pair.client.write(space.clear()) > 0) {}
                var first = createTask(() -> Sock.sendAll(pair.client, "hello".getBytes(UTF_8)));
                sleep(ZERO);
                first.cancel();
                var received = createTask(() -> receiveAll(pair.server));
                Sock.sendAll(pair.client, "world".getBytes(UTF_8));
                pair.client.shutdownOutput();
                assertEquals("world", new String(await(received), UTF_8).replace("\0", ""));
                assertThrows(CancelledError.class, () -> await(first));
            }
        });
    }

    @EachEngine
    void addReader_rightAfterARecvWasCancelled_takesItsPlace(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var first = createTask(() -> Sock.recv(pair.client, 1024));
                sleep(ZERO);
                first.cancel();
                Future<@Nullable Void> called = runningLoop().createFuture();
                Sock.addReader(pair.client, () -> {
                    Sock.removeReader(pair.client);
                    called.setResult(null);
                });
                assertThrows(CancelledError.class, () -> await(first));
                Sock.sendAll(pair.server, new byte[1]);
                timeout(ofSeconds(10), () -> await(called));
            }
        });
    }

    @EachEngine
    void recv_inPieces_getsMuchData(Engine engine) throws Exception {
        byte[] data = new byte[1_000_000];
        new Random(4).nextBytes(data);
        run(engine, () -> {
            try (var pair = connected()) {
                var echoing = createTask(() -> {
                    byte[] all = receiveAll(pair.server);
                    Sock.sendAll(pair.server, all);
                    pair.server.shutdownOutput();
                });
                Sock.sendAll(pair.client, data);
                pair.client.shutdownOutput();
                assertArrayEquals(data, receiveAll(pair.client));
                await(echoing);
            }
        });
    }

    @EachEngine
    void socketFile_takesEveryOperation(Engine engine, @TempDir Path directory) throws Exception {
        var address = UnixDomainSocketAddress.of(directory.resolve("s-" + engine));
        run(engine, () -> {
            try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                    var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                listener.bind(address).configureBlocking(false);
                client.configureBlocking(false);
                var serving = createTask(() -> {
                    try (var accepted = Sock.accept(listener)) {
                        assertFalse(accepted.isBlocking());
                        Sock.sendAll(accepted, Sock.recv(accepted, 1024));
                    }
                });
                sleep(ZERO);
                Sock.connect(client, address);
                Sock.sendAll(client, "hello".getBytes(UTF_8));
                var into = ByteBuffer.allocate(4);
                assertEquals(4, Sock.recvInto(client, into));
                assertEquals("hell", new String(into.array(), UTF_8));
                assertEquals("o", new String(Sock.recv(client, 1024), UTF_8));
                assertEquals(0, Sock.recv(client, 1024).length);
                await(serving);
            }
        });
    }

    /** A socket that the program connected itself. */
    @EachEngine
    void connectedSocket_becomesATransport(Engine engine) throws Exception {
        final class Asking implements Protocol {
            private final Future<String> all = runningLoop().createFuture();
            private final ByteArrayOutputStream received = new ByteArrayOutputStream();

            @Override
            public void connectionMade(Transport transport) {
                transport.write("question\n".getBytes(UTF_8));
            }

            @Override
            public void dataReceived(Chunk data) {
                received.writeBytes(data.toArray());
            }

            @Override
            public void connectionLost(@Nullable IOException cause) {
                all.setResult(received.toString(UTF_8) + cause);
            }
        }
        run(engine, () -> {
            try (var server = Net.startServer("127.0.0.1", 0, (reader, writer) -> {
                writer.write("to " + reader.readLine());
                writer.drain();
            })) {
                var channel = nonBlocking();
                Sock.connect(channel, server.addresses().getFirst());
                var connection = Net.connectAcceptedSocket(Asking::new, channel);
                assertEquals("to questionnull", await(connection.protocol().all));
            }
        });
    }

    // ---- callbacks

    @EachEngine
    void addReader_hearsEachPieceAndTheEnd(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var received = new ByteArrayOutputStream();
                Future<Boolean> ended = runningLoop().createFuture();
                Sock.addReader(pair.client, () -> {
                    try {
                        var into = ByteBuffer.allocate(1024);
                        if (pair.client.read(into) < 0) {
                            ended.setResult(Sock.removeReader(pair.client));
                        } else {
                            received.write(into.array(), 0, into.position());
                        }
                    } catch (IOException e) {
                        ended.setException(e);
                    }
                });
                for (String piece : List.of("abc", "def")) {
                    Sock.sendAll(pair.server, piece.getBytes(UTF_8));
                    timeout(ofSeconds(10), () -> {
                        while (!received.toString(UTF_8).endsWith(piece)) {
                            sleep(ofMillis(1));
                        }
                    });
                }
                pair.server.close();
                assertTrue(timeout(ofSeconds(10), () -> await(ended)));
                assertEquals("abcdef", received.toString(UTF_8));
            }
        });
    }

    @EachEngine
    void addWriter_writes_andIsRemovedOnce(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                Future<Integer> written = runningLoop().createFuture();
                Sock.addWriter(pair.client, () -> {
                    try {
                        if (!written.done()) {
                            written.setResult(pair.client.write(ByteBuffer.allocate(1024)));
                        }
                    } catch (IOException e) {
                        written.setException(e);
                    }
                });
                assertEquals(1024, timeout(ofSeconds(10), () -> await(written)));
                assertTrue(Sock.removeWriter(pair.client));
                assertFalse(Sock.removeWriter(pair.client));
                assertEquals(1024, Sock.recv(pair.server, 2048).length);
            }
        });
    }

    @Test
    void callbacks_ofALoopThatWasClosed_areGone_andNoneCanBeAdded() throws Exception {
        try (var one = datagrams();
                var other = datagrams()) {
            EventLoop closed;
            try (var runner = new Runner()) {
                closed = runner.run(() -> {
                    Sock.addReader(one, () -> {});
                    Sock.addWriter(other, () -> {});
                    return runningLoop();
                });
            }
            assertTrue(closed.closed());
            assertFalse(Sock.removeReader(one));
            assertFalse(Sock.removeWriter(other));
            assertThrows(IllegalStateException.class, () -> Sock.addReader(one, () -> {}));
            assertThrows(IllegalStateException.class, () -> Sock.addWriter(other, () -> {}));
        }
    }

    @Test
    void recv_afterACallbackOfALoopThatWasClosed_takesItsPlace() throws Exception {
        try (var one = datagrams();
                var other = datagrams()) {
            try (var runner = new Runner()) {
                runner.run(() -> Sock.addReader(one, () -> {}));
            }
            try (var runner = new Runner()) {
                runner.run((Action<Exception>) () -> {
                    var received = createTask(() -> Sock.recvFrom(one, 10));
                    sleep(ZERO);
                    Sock.sendTo(other, new byte[3], one.getLocalAddress());
                    assertEquals(3, await(received, IOException.class).data().length);
                });
            }
        }
    }

    // ---- datagrams

    private static byte[] filled(int size) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) 1);
        return data;
    }

    @EachEngine
    void recvFromInto_fillsTheBufferUpToItsLimit_andTellsTheSender(Engine engine) throws Exception {
        byte[] data = filled(4096);
        run(engine, () -> {
            try (var client = datagrams();
                    var server = datagrams()) {
                SocketAddress address = server.getLocalAddress();
                var echoing = createTask(() -> {
                    for (int i = 0; i < 2; i++) {
                        Sock.Datagram datagram = Sock.recvFrom(server, 5000);
                        assertEquals(4096, Sock.sendTo(server, datagram.data(), datagram.sender()));
                    }
                });
                var exact = ByteBuffer.allocate(4096);
                assertEquals(4096, Sock.sendTo(client, data, address));
                assertEquals(address, Sock.recvFromInto(client, exact));
                assertArrayEquals(data, exact.array());
                var larger = ByteBuffer.allocate(8192);
                assertEquals(4096, Sock.sendTo(client, ByteBuffer.wrap(data), address));
                assertEquals(address, Sock.recvFromInto(client, larger.limit(4096)));
                assertEquals(4096, larger.position());
                assertArrayEquals(data, Arrays.copyOf(larger.array(), 4096));
                await(echoing);
            }
        });
    }

    /** Both ways to receive. */
    private enum Receiving {
        RECV_FROM,
        RECV_FROM_INTO;

        String receive(DatagramChannel channel) throws IOException {
            if (this == RECV_FROM) {
                return new String(Sock.recvFrom(channel, 4096).data(), UTF_8);
            }
            var into = ByteBuffer.allocate(4096);
            Sock.recvFromInto(channel, into);
            return new String(into.array(), 0, into.position(), UTF_8);
        }
    }

    @EachEngine
    void sendTo_anAddressWhereNobodyListens_leavesTheSocketReceiving(Engine engine) throws Exception {
        for (Receiving receiving : Receiving.values()) {
            run(engine, () -> {
                SocketAddress nobody;
                try (var closed = datagrams()) {
                    nobody = closed.getLocalAddress();
                }
                try (var one = datagrams();
                        var two = datagrams()) {
                    var atOne = createTask(() -> receiving.receive(one));
                    var atTwo = createTask(() -> receiving.receive(two));
                    sleep(ZERO);
                    Sock.sendTo(one, "a".getBytes(UTF_8), two.getLocalAddress());
                    assertEquals("a", await(atTwo));
                    Sock.sendTo(two, "b".getBytes(UTF_8), one.getLocalAddress());
                    assertEquals("b", await(atOne));
                    var again = createTask(() -> receiving.receive(one));
                    sleep(ZERO);
                    Sock.sendTo(one, "c".getBytes(UTF_8), nobody);
                    sleep(ofMillis(20));
                    Sock.sendTo(two, "d".getBytes(UTF_8), one.getLocalAddress());
                    assertEquals("d", await(again));
                }
            });
        }
    }

    // ---- pipes

    @EachEngine
    void pipe_isReadToItsEnd_andBreaksForTheWriter(Engine engine) throws Exception {
        run(engine, () -> {
            Pipe pipe = Pipe.open();
            Pipe other = Pipe.open();
            try (var source = pipe.source();
                    var sink = other.sink()) {
                source.configureBlocking(false);
                sink.configureBlocking(false);
                List<String> read = new ArrayList<>();
                var reading = createTask(() -> {
                    do {
                        read.add(new String(Sock.recv(source, 1024), UTF_8));
                    } while (!read.getLast().isEmpty());
                });
                for (String piece : List.of("1", "2345")) {
                    pipe.sink().write(ByteBuffer.wrap(piece.getBytes(UTF_8)));
                    sleep(ofMillis(20));
                }
                pipe.sink().close();
                await(reading);
                assertEquals(List.of("1", "2345", ""), read);
                Sock.sendAll(sink, "12345".getBytes(UTF_8));
                var into = ByteBuffer.allocate(10);
                assertEquals(5, other.source().read(into));
                var writing = createTask(() -> Sock.sendAll(sink, new byte[1_000_000]));
                sleep(ofMillis(20));
                assertFalse(writing.done());
                other.source().close();
                assertThrows(IOException.class, () -> timeout(ofSeconds(10), () -> await(writing, IOException.class)));
            }
        });
    }
}
