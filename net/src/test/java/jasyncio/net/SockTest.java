package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.newEventLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.ContextVar;
import jasyncio.Runner;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's channels on loops with every engine. */
@Timeout(60)
class SockTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @AfterEach
    void nobodyIsLeftWaiting() {
        assertFalse(ChannelWatch.SHARED.waiting(), "a channel is still being waited for");
    }

    private record Pair(SocketChannel one, SocketChannel other) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            one.close();
            other.close();
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        var server = ServerSocketChannel.open();
        server.bind(ANY);
        server.configureBlocking(false);
        return server;
    }

    private static DatagramChannel datagrams() throws IOException {
        var channel = DatagramChannel.open();
        channel.bind(ANY);
        channel.configureBlocking(false);
        return channel;
    }

    private static Pair connected() throws IOException {
        try (var server = listening()) {
            var one = SocketChannel.open();
            one.configureBlocking(false);
            Sock.connect(one, server.getLocalAddress());
            return new Pair(one, Sock.accept(server));
        }
    }

    @EachEngine
    void conversation_goesBothWays(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                assertFalse(pair.other.isBlocking());
                var received = createTask(() -> Sock.recv(pair.other, 100));
                sleep(ofMillis(10));
                Sock.sendAll(pair.one, "hello".getBytes(UTF_8));
                assertEquals("hello", new String(await(received), UTF_8));
                Sock.sendAll(pair.other, "world".getBytes(UTF_8));
                var into = ByteBuffer.allocate(3);
                assertEquals(3, Sock.recvInto(pair.one, into));
                assertEquals(0, Sock.recvInto(pair.one, into));
                assertEquals("ld", new String(Sock.recv(pair.one, 10), UTF_8));
                pair.one.shutdownOutput();
                assertEquals(0, Sock.recv(pair.other, 10).length);
                assertEquals(-1, Sock.recvInto(pair.other, ByteBuffer.allocate(1)));
            }
        });
    }

    @EachEngine
    void sendAll_moreThanTheSocketTakes_waitsAndSendsAll(Engine engine) throws Exception {
        byte[] data = new byte[20_000_000];
        new Random(1).nextBytes(data);
        run(engine, () -> {
            try (var pair = connected()) {
                var sending = createTask(() -> Sock.sendAll(pair.one, data));
                sleep(ofMillis(50));
                assertFalse(sending.done());
                assertArrayEquals(data, receive(pair.other, data.length));
                await(sending);
            }
        });
    }

    private static byte[] receive(SocketChannel channel, int size) throws IOException {
        var into = ByteBuffer.allocate(size);
        while (into.hasRemaining() && Sock.recvInto(channel, into) > 0) {}
        return Arrays.copyOf(into.array(), into.position());
    }

    @EachEngine
    void sendAll_cancelled_tellsHowMuchWasSent(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var data = ByteBuffer.allocate(20_000_000);
                assertThrows(TimeoutException.class, () -> timeout(ofMillis(50), () -> Sock.sendAll(pair.one, data)));
                int sent = data.position();
                assertTrue(sent > 0 && sent < data.capacity(), sent + " bytes");
                pair.one.shutdownOutput();
                assertEquals(sent, receive(pair.other, data.capacity()).length);
            }
        });
    }

    @EachEngine
    void sendFile_sendsThePartAndMovesThePosition(Engine engine, @TempDir Path directory) throws Exception {
        byte[] data = new byte[10_000_000];
        new Random(2).nextBytes(data);
        Path path = Files.write(directory.resolve("file"), data);
        run(engine, () -> {
            try (var pair = connected();
                    var file = FileChannel.open(path)) {
                var sending = createTask(() -> Sock.sendFile(pair.one, file, 1000, Long.MAX_VALUE));
                byte[] received = receive(pair.other, data.length - 1000);
                assertArrayEquals(Arrays.copyOfRange(data, 1000, data.length), received);
                assertEquals(data.length - 1000, await(sending));
                assertEquals(data.length, file.position());
                assertEquals(0, Sock.sendFile(pair.one, file, data.length, 5));
                assertThrows(
                        TimeoutException.class,
                        () -> timeout(ofMillis(50), () -> Sock.sendFile(pair.one, file, 0, data.length)));
                long sent = file.position();
                pair.one.shutdownOutput();
                assertEquals(sent, receive(pair.other, data.length).length);
            }
        });
    }

    @EachEngine
    void datagrams_goBetweenTwo(Engine engine) throws Exception {
        run(engine, () -> {
            try (var one = datagrams();
                    var other = datagrams()) {
                var received = createTask(() -> Sock.recvFrom(other, 100));
                sleep(ofMillis(10));
                assertEquals(2, Sock.sendTo(one, "hi".getBytes(UTF_8), other.getLocalAddress()));
                Sock.Datagram datagram = await(received);
                assertEquals("hi", new String(datagram.data(), UTF_8));
                assertEquals(one.getLocalAddress(), datagram.sender());
                assertEquals(0, Sock.sendTo(one, new byte[0], other.getLocalAddress()));
                assertEquals(0, Sock.recvFrom(other, 100).data().length);
                one.connect(other.getLocalAddress());
                other.connect(one.getLocalAddress());
                Sock.sendAll(one, "connected".getBytes(UTF_8));
                assertEquals("conn", new String(Sock.recv(other, 4), UTF_8));
                assertThrows(TimeoutException.class, () -> timeout(ofMillis(20), () -> Sock.recv(other, 4)));
            }
        });
    }

    @EachEngine
    void pipe_isReadToo(Engine engine) throws Exception {
        run(engine, () -> {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            var received = createTask(() -> Sock.recv(pipe.source(), 10));
            sleep(ofMillis(10));
            Sock.sendAll(pipe.sink(), "abc".getBytes(UTF_8));
            assertEquals("abc", new String(await(received), UTF_8));
            pipe.sink().close();
            assertEquals(0, Sock.recv(pipe.source(), 10).length);
            pipe.source().close();
        });
    }

    @EachEngine
    void connect_nobodyListens_saysWhere(Engine engine) throws Exception {
        run(engine, () -> {
            SocketAddress free;
            try (var server = listening()) {
                free = server.getLocalAddress();
            }
            try (var channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                var e = assertThrows(ConnectException.class, () -> Sock.connect(channel, free));
                assertEquals("Cannot connect to " + Net.describe(free) + ": Connection refused", e.getMessage());
            }
        });
    }

    @EachEngine
    void connect_hostByName_looksItUp(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = ServerSocketChannel.open();
                    var channel = SocketChannel.open()) {
                server.bind(new InetSocketAddress(0));
                channel.configureBlocking(false);
                int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                Sock.connect(channel, InetSocketAddress.createUnresolved("localhost", port));
                assertTrue(channel.isConnected());
            }
        });
    }

    private static ServerSocketChannel full;

    /** Each way to wait, with the channels for it. */
    private enum Wait {
        RECV,
        RECV_FROM,
        ACCEPT,
        SEND,
        CONNECT;

        SelectableChannel open(List<AutoCloseable> toClose) throws IOException {
            return switch (this) {
                case RECV, SEND -> {
                    Pair pair = connected();
                    toClose.add(pair);
                    yield pair.one;
                }
                case RECV_FROM -> datagrams();
                case ACCEPT -> listening();
                case CONNECT -> full(toClose);
            };
        }

        void perform(SelectableChannel channel) throws IOException {
            switch (this) {
                case RECV -> Sock.recv((SocketChannel) channel, 10);
                case RECV_FROM -> Sock.recvFrom((DatagramChannel) channel, 10);
                case ACCEPT -> Sock.accept((ServerSocketChannel) channel);
                case SEND -> Sock.sendAll((SocketChannel) channel, new byte[20_000_000]);
                case CONNECT -> Sock.connect((SocketChannel) channel, full.getLocalAddress());
            }
        }

        /** A server whose queue is full, so that Linux leaves connecting peers waiting. */
        private static SocketChannel full(List<AutoCloseable> toClose) throws IOException {
            full = ServerSocketChannel.open();
            full.bind(ANY, 1);
            toClose.add(full);
            for (int i = 0; i < 4; i++) {
                var other = SocketChannel.open();
                other.configureBlocking(false);
                other.connect(full.getLocalAddress());
                toClose.add(other);
            }
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            return channel;
        }
    }

    private static void eachWait(Engine engine, WaitTest test) throws Exception {
        for (Wait wait : Wait.values()) {
            run(engine, () -> {
                List<AutoCloseable> toClose = new ArrayList<>();
                SelectableChannel channel = wait.open(toClose);
                toClose.add(channel);
                try {
                    test.test(wait, channel);
                } finally {
                    for (AutoCloseable closeable : toClose) {
                        closeable.close();
                    }
                }
            });
        }
    }

    private interface WaitTest {
        void test(Wait wait, SelectableChannel channel) throws Exception;
    }

    @EachEngine
    void cancelled_leavesNoRegistration(Engine engine) throws Exception {
        eachWait(engine, (wait, channel) -> {
            var waiting = createTask(() -> wait.perform(channel));
            sleep(ofMillis(20));
            assertTrue(ChannelWatch.SHARED.waiting(), () -> wait + " does not wait");
            waiting.cancel();
            assertThrows(CancelledError.class, () -> await(waiting));
            assertFalse(ChannelWatch.SHARED.waiting(), wait::name);
            timeout(
                    ofSeconds(5),
                    () -> { // the selector's thread has a moment
                        while (channel.isRegistered()) {
                            sleep(ofMillis(1));
                        }
                    });
        });
    }

    @EachEngine
    void closedUnderATask_endsTheWaitWithAnError(Engine engine) throws Exception {
        eachWait(engine, (wait, channel) -> {
            var waiting = createTask(() -> wait.perform(channel));
            sleep(ofMillis(20));
            channel.close();
            var e = assertThrows(SocketException.class, () -> timeout(ofSeconds(5), () -> await(waiting)));
            assertTrue(e.getMessage().endsWith("was closed while somebody waited for it"), e.getMessage());
        });
    }

    @EachEngine
    void secondTask_forTheSame_isRefused(Engine engine) throws Exception {
        eachWait(engine, (wait, channel) -> {
            if (wait == Wait.CONNECT) {
                return; // the JDK itself refuses a second one
            }
            var waiting = createTask(() -> wait.perform(channel));
            sleep(ofMillis(20));
            var e = assertThrows(IllegalStateException.class, () -> wait.perform(channel));
            assertTrue(e.getMessage().contains("another task"), e.getMessage());
            waiting.cancel();
            assertThrows(CancelledError.class, () -> await(waiting));
        });
    }

    @EachEngine
    void blockingOrClosedChannel_isRefused(Engine engine) throws Exception {
        run(engine, () -> {
            try (var channel = ServerSocketChannel.open()) {
                channel.bind(ANY);
                var e = assertThrows(IllegalArgumentException.class, () -> Sock.accept(channel));
                assertTrue(e.getMessage().contains("configureBlocking(false)"), e.getMessage());
                assertThrows(IllegalArgumentException.class, () -> Sock.addReader(channel, () -> {}));
                channel.configureBlocking(false);
                assertThrows(IllegalArgumentException.class, () -> Sock.addWriter(channel, () -> {}));
            }
            var closed = listening();
            closed.close();
            assertThrows(SocketException.class, () -> Sock.accept(closed));
        });
    }

    @EachEngine
    void whoWaited_mayMakeTheChannelBlockingAtOnce(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                for (int i = 0; i < 100; i++) {
                    var received = createTask(() -> {
                        Sock.recv(pair.one, 1);
                        pair.one.configureBlocking(true); // refused while it is registered
                        pair.one.configureBlocking(false);
                    });
                    sleep(Duration.ZERO);
                    Sock.sendAll(pair.other, new byte[1]);
                    await(received);
                }
            }
        });
    }

    @EachEngine
    void readingAndWriting_oneChannel_doNotDisturbEachOther(Engine engine) throws Exception {
        byte[] data = new byte[5_000_000];
        new Random(3).nextBytes(data);
        run(engine, () -> {
            try (var pair = connected()) {
                var tasks = List.of(
                        createTask(() -> Sock.sendAll(pair.one, data)),
                        createTask(() -> Sock.sendAll(pair.other, data)),
                        createTask(() -> assertArrayEquals(data, receive(pair.one, data.length))),
                        createTask(() -> assertArrayEquals(data, receive(pair.other, data.length))));
                await(Asyncio.gather(tasks));
            }
        });
    }

    @EachEngine
    void addReader_calledUntilItIsReadOrRemoved(Engine engine) throws Exception {
        var variable = new ContextVar<String>("variable");
        run(engine, () -> {
            try (var pair = connected()) {
                List<String> seen = new ArrayList<>();
                variable.set("as it was");
                Sock.addReader(pair.one, () -> {
                    seen.add(variable.get());
                    if (seen.size() == 3) {
                        assertTrue(Sock.removeReader(pair.one));
                    }
                });
                variable.set("as it became");
                sleep(ofMillis(20));
                assertEquals(List.of(), seen);
                Sock.sendAll(pair.other, new byte[1]);
                sleep(ofMillis(100)); // nobody reads: it is called again
                assertEquals(List.of("as it was", "as it was", "as it was"), seen);
                assertFalse(Sock.removeReader(pair.one));
                assertEquals(1, Sock.recv(pair.one, 10).length);
            }
        });
    }

    @EachEngine
    void addReader_again_takesThePlace_butNotOfATask(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                var called = Asyncio.runningLoop().<String>createFuture();
                Sock.addReader(pair.one, () -> called.setResult("first"));
                Sock.addReader(pair.one, () -> {
                    Sock.removeReader(pair.one);
                    called.setResult("second");
                });
                var e = assertThrows(IllegalStateException.class, () -> Sock.recv(pair.one, 1));
                assertTrue(e.getMessage().contains("a reader callback"), e.getMessage());
                Sock.sendAll(pair.other, new byte[1]);
                assertEquals("second", await(called));
                assertEquals(1, Sock.recv(pair.one, 1).length);
                var receiving = createTask(() -> Sock.recv(pair.one, 1));
                sleep(ofMillis(10));
                assertThrows(IllegalStateException.class, () -> Sock.addReader(pair.one, () -> {}));
                assertFalse(Sock.removeReader(pair.one));
                Sock.sendAll(pair.other, new byte[1]);
                assertEquals(1, await(receiving).length);
            }
        });
    }

    @EachEngine
    void addWriter_calledWhenThereIsRoomAndWhenConnected(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = listening();
                    var channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                var connected = Asyncio.runningLoop().<Boolean>createFuture();
                if (!channel.connect(server.getLocalAddress())) {
                    Sock.addWriter(channel, () -> {
                        Sock.removeWriter(channel);
                        connected.setResult(true);
                    });
                    timeout(ofSeconds(5), () -> await(connected));
                    assertTrue(channel.finishConnect());
                }
                var writable = Asyncio.runningLoop().<Boolean>createFuture();
                Sock.addWriter(channel, () -> {
                    Sock.removeWriter(channel);
                    writable.setResult(true);
                });
                timeout(ofSeconds(5), () -> await(writable));
            }
        });
    }

    @EachEngine
    void addReader_closedChannel_isForgotten(Engine engine) throws Exception {
        run(engine, () -> {
            try (var pair = connected()) {
                Sock.addReader(pair.one, () -> {});
                pair.one.close();
                timeout(ofSeconds(5), () -> {
                    while (ChannelWatch.SHARED.waiting()) {
                        sleep(ofMillis(5));
                    }
                });
                assertFalse(Sock.removeReader(pair.one));
            }
        });
    }

    @Test
    void loopClosed_callbackIsForgottenAndTheThreadEnds() throws Exception {
        try (var channel = datagrams()) {
            try (var runner = new Runner()) {
                runner.run(() -> {
                    Sock.addReader(channel, () -> {});
                    assertTrue(ChannelWatch.SHARED.waiting());
                });
            }
            Asyncio.run(() -> timeout(ofSeconds(10), () -> {
                while (Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("jasyncio-channels"))) {
                    sleep(ofMillis(20));
                }
            }));
            assertFalse(ChannelWatch.SHARED.waiting());
        }
    }

    @Test
    void loopWithoutSockets_willDo() throws Exception {
        try (var runner = new Runner(o -> o.loopFactory(() -> newEventLoop()))) {
            runner.run((Action<Exception>) () -> {
                try (var pair = connected()) {
                    var received = createTask(() -> Sock.recv(pair.one, 1));
                    sleep(ofMillis(5));
                    Sock.sendAll(pair.other, new byte[] {7});
                    assertArrayEquals(new byte[] {7}, await(received));
                }
            });
        }
    }
}
