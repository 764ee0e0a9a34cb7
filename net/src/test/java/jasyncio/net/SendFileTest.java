package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openUnixConnection;
import static jasyncio.net.Net.sendFile;
import static jasyncio.net.Net.startServer;
import static jasyncio.net.Net.startUnixServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files over streams and transports, on every engine of this machine. */
@Timeout(120)
class SendFileTest {
    private static final String HOST = "127.0.0.1";
    private static final int LARGE = 50 << 20;

    @TempDir
    static Path directory;

    private static Path large;
    private static Path small;
    private static byte[] smallBytes;

    @BeforeAll
    static void writeFiles() throws IOException {
        large = directory.resolve("large");
        small = directory.resolve("small");
        byte[] block = new byte[1 << 20];
        var random = new Random(1);
        try (var out = Files.newOutputStream(large)) {
            for (int i = 0; i < LARGE; i += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        smallBytes = Arrays.copyOf(block, 300_000);
        Files.write(small, smallBytes);
    }

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static byte[] digest(Path file) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        try (var in = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 16];
            for (int n; (n = in.read(block)) > 0; ) {
                sha.update(block, 0, n);
            }
        }
        return sha.digest();
    }

    /** What has memory of its own: the heap after a collection, and direct buffers. */
    private static long memory() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @EachEngine
    void largeFile_slowReader_arrivesAndIsNeverInMemory(Engine engine) throws Exception {
        byte[] expected = digest(large);
        run(engine, () -> {
            var sent = new long[1];
            try (var server = startServer(HOST, 0, (_, writer) -> {
                sent[0] = sendFile(writer, large);
            })) {
                int port = port(server);
                long before = memory();
                long[] most = {0};
                byte[] received = toThread(() -> receiveSlowly(port, before, most));
                assertArrayEquals(expected, received);
                assertEquals(LARGE, sent[0]);
                assertTrue(most[0] < 16 << 20, "at most " + most[0] + " bytes more were in memory");
            }
        });
    }

    private static byte[] receiveSlowly(int port, long before, long[] most) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] block = new byte[1 << 16];
            long received = 0;
            for (int n; (n = socket.getInputStream().read(block)) > 0; received += n) {
                sha.update(block, 0, n);
                if (received / (8 << 20) != (received + n) / (8 << 20)) { // a pause by looking at the memory
                    most[0] = Math.max(most[0], memory() - before);
                }
            }
        }
        return sha.digest();
    }

    @EachEngine
    void partOfAFile_comesAfterWhatWasWrittenAndBeforeWhatIs(Engine engine) throws Exception {
        run(engine, () -> {
            try (var file = FileChannel.open(small);
                    var server = startServer(HOST, 0, (_, writer) -> {
                        writer.write("before");
                        assertEquals(1000, sendFile(writer, file, 5000, 1000));
                        assertEquals(6000, file.position());
                        writer.write("after");
                        assertEquals(0, sendFile(writer, file, 500_000, 10));
                        assertEquals(0, sendFile(writer, file, 10, 0));
                        assertEquals(6000, file.position());
                        assertEquals(100, sendFile(writer, file, smallBytes.length - 100, Long.MAX_VALUE));
                    });
                    var c = openConnection(HOST, port(server))) {
                assertEquals("before", new String(c.reader().readExactly(6), UTF_8));
                assertArrayEquals(
                        Arrays.copyOfRange(smallBytes, 5000, 6000), c.reader().readExactly(1000));
                assertEquals("after", new String(c.reader().readExactly(5), UTF_8));
                assertArrayEquals(
                        Arrays.copyOfRange(smallBytes, smallBytes.length - 100, smallBytes.length),
                        c.reader().readAll());
            }
        });
    }

    @EachEngine
    void writing_whileAFileIsSent_isRefusedAndDrainWaits(Engine engine) throws Exception {
        run(engine, () -> {
            Future<String> order = Asyncio.runningLoop().createFuture();
            try (var server = startServer(HOST, 0, (_, writer) -> {
                        var sending = createTask(() -> sendFile(writer, large));
                        sleep(ofMillis(50));
                        assertFalse(sending.done());
                        for (Runnable write : new Runnable[] {
                            () -> writer.write("x"), writer::writeEof, () -> writer.write(new byte[1])
                        }) {
                            var e = assertThrows(IllegalStateException.class, write::run);
                            assertTrue(e.getMessage().contains("while a file is being sent"), e.getMessage());
                        }
                        assertThrows(IllegalStateException.class, () -> sendFile(writer, small));
                        assertThrows(TimeoutException.class, () -> timeout(ofMillis(50), writer::drain));
                        var draining = createTask(() -> {
                            writer.drain();
                            return sending.done() ? "drained after the file" : "drained before the end of the file";
                        });
                        await(sending);
                        order.setResult(await(draining));
                    });
                    var c = openConnection(HOST, port(server))) {
                sleep(ofMillis(300));
                assertEquals(LARGE, skim(c.reader()));
                // The task that sends is resumed before or after the one that drains; the file is over in both cases.
                await(order);
            }
        });
    }

    private static long skim(StreamReader reader) throws IOException {
        long size = 0;
        while (!reader.atEof()) {
            size += reader.read(1 << 20).length;
        }
        return size;
    }

    @EachEngine
    void cancelled_whileTheReaderIsSlow_tellsWhereItStoppedAndGoesOnThere(Engine engine) throws Exception {
        run(engine, () -> {
            try (var file = FileChannel.open(large);
                    var server = startServer(HOST, 0, (_, writer) -> {
                        assertThrows(
                                TimeoutException.class,
                                () -> timeout(ofMillis(200), () -> sendFile(writer, file, 0, LARGE)));
                        assertTrue(file.isOpen());
                        long sent = file.position();
                        assertTrue(sent > 0 && sent < LARGE, sent + " bytes were sent");
                        writer.write("|");
                        assertEquals(LARGE - sent, sendFile(writer, file, sent, LARGE));
                        assertEquals(LARGE, file.position());
                        assertEquals(0, sendFile(writer, file, LARGE, 1));
                        writer.write("sent " + sent);
                    });
                    var c = openConnection(HOST, port(server))) {
                sleep(ofMillis(400));
                assertSplit(c.reader());
            }
        });
    }

    /** Reads the file with a "|" somewhere within, and in the end where that is. */
    private static void assertSplit(StreamReader reader) throws IOException {
        byte[] all = reader.readAll();
        String tail = new String(all, LARGE + 1, all.length - LARGE - 1, UTF_8);
        int split = Integer.parseInt(tail.substring("sent ".length()));
        assertEquals('|', all[split]);
        byte[] expected = Files.readAllBytes(large);
        assertTrue(Arrays.equals(expected, 0, split, all, 0, split), "what came before differs");
        assertTrue(Arrays.equals(expected, split, LARGE, all, split + 1, LARGE + 1), "what came after differs");
    }

    @EachEngine
    void cancelled_inTheIterationThatItBegan_sendsNothing(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, (_, writer) -> {
                        var sending = createTask(() -> sendFile(writer, small));
                        await(createTask(() -> {
                            sending.cancel();
                        }));
                        assertThrows(CancelledError.class, () -> await(sending));
                        writer.write("only this");
                    });
                    var c = openConnection(HOST, port(server))) {
                assertEquals("only this".length(), c.reader().readAll().length);
            }
        });
    }

    @EachEngine
    void aborted_whileAFileIsSent_fails(Engine engine) throws Exception {
        run(engine, () -> {
            Future<String> failure = Asyncio.runningLoop().createFuture();
            try (var server = startServer(HOST, 0, (_, writer) -> {
                        var sending = createTask(() -> sendFile(writer, large));
                        sleep(ofMillis(50));
                        writer.abort();
                        failure.setResult(assertThrows(IOException.class, () -> await(sending))
                                .getMessage());
                        assertThrows(IllegalStateException.class, () -> sendFile(writer, small));
                    });
                    var _ = openConnection(HOST, port(server))) {
                assertTrue(timeout(ofSeconds(10), () -> await(failure))
                        .toLowerCase(Locale.ROOT)
                        .contains("connection"));
            }
        });
    }

    @EachEngine
    void peerGone_whileAFileIsSent_fails(Engine engine) throws Exception {
        run(engine, () -> {
            Future<IOException> failure = Asyncio.runningLoop().createFuture();
            try (var server = startServer(HOST, 0, (_, writer) -> {
                        failure.setResult(assertThrows(IOException.class, () -> sendFile(writer, large)));
                    });
                    var c = openConnection(HOST, port(server))) {
                c.reader().read(1);
                c.writer().abort();
                timeout(ofSeconds(10), () -> await(failure));
            }
        });
    }

    @EachEngine
    void fileThatShrinks_sendsWhatThereIs(Engine engine) throws Exception {
        Path path = directory.resolve("shrinking-" + engine);
        Files.copy(large, path);
        run(engine, () -> {
            var sent = new long[1];
            try (var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var server = startServer(HOST, 0, (_, writer) -> {
                        sent[0] = sendFile(writer, file, 0, LARGE);
                    });
                    var c = openConnection(HOST, port(server))) {
                sleep(ofMillis(100));
                file.truncate(40L << 20);
                assertEquals(40L << 20, skim(c.reader()));
                assertEquals(40L << 20, sent[0]);
            }
        });
    }

    @EachEngine
    void unixSocket_takesFiles(Engine engine) throws Exception {
        Path path = directory.resolve("s-" + engine);
        run(engine, () -> {
            try (var _ = startUnixServer(path, c -> sendFile(c.writer(), small));
                    var c = openUnixConnection(path)) {
                assertArrayEquals(smallBytes, c.reader().readAll());
            }
        });
    }

    @EachEngine
    void tls_readsTheFile(Engine engine) throws Exception {
        SSLContext serving = Certificates.context(Certificates.LOCALHOST, Certificates.CLIENT);
        SSLContext trusting = Certificates.context(null, Certificates.LOCALHOST);
        run(engine, () -> {
            try (var server = startServer(HOST, 0, o -> o.tls(serving), c -> {
                        var e = assertThrows(UnsupportedOperationException.class, () -> {
                            try (var file = FileChannel.open(small)) {
                                sendFile(c.writer(), file, 0, 10, false);
                            }
                        });
                        assertTrue(e.getMessage().contains("TLS encrypts it"), e.getMessage());
                        assertEquals(LARGE, sendFile(c.writer(), large));
                    });
                    var c = openConnection(HOST, port(server), o -> o.tls(trusting))) {
                var sha = MessageDigest.getInstance("SHA-256");
                while (!c.reader().atEof()) {
                    sha.update(c.reader().read(1 << 16));
                }
                assertArrayEquals(digest(large), sha.digest());
            }
        });
    }

    @Test
    void memoryStream_readsTheFile() throws Exception {
        Asyncio.run(() -> {
            var pair = MemoryStreams.pair();
            var sending = createTask(() -> {
                assertEquals(smallBytes.length, sendFile(pair.first().writer(), small));
                pair.first().writer().writeEof();
            });
            assertArrayEquals(smallBytes, pair.second().reader().readAll());
            await(sending);
        });
    }

    private static final class Collecting implements Protocol {
        final Future<byte[]> all = Asyncio.runningLoop().createFuture();
        private final java.io.ByteArrayOutputStream received = new java.io.ByteArrayOutputStream();

        @Override
        public void dataReceived(Chunk data) {
            received.writeBytes(data.toArray());
        }

        @Override
        public boolean eofReceived() {
            all.setResult(received.toByteArray());
            return false;
        }
    }

    @EachEngine
    void transport_takesFiles(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, connection -> {
                assertEquals("head", new String(connection.reader().readExactly(4), UTF_8));
                assertArrayEquals(smallBytes, connection.reader().readExactly(smallBytes.length));
                assertEquals("tail", new String(connection.reader().readExactly(4), UTF_8));
                connection.writer().write("good");
            })) {
                var c = createConnection(Collecting::new, HOST, port(server));
                c.transport().write("head".getBytes(UTF_8));
                var sending = createTask(() -> sendFile(c.transport(), small));
                sleep(Duration.ZERO);
                var e = assertThrows(
                        IllegalStateException.class, () -> c.transport().write(new byte[1]));
                assertTrue(e.getMessage().contains("while a file is being sent"), e.getMessage());
                assertEquals(smallBytes.length, await(sending));
                c.transport().write("tail".getBytes(UTF_8));
                assertEquals("good", new String(await(c.protocol().all), UTF_8));
                c.transport().close();
                assertThrows(IllegalStateException.class, () -> sendFile(c.transport(), small));
            }
        });
    }

    @Test
    void badRange_isRefused() {
        Asyncio.run(() -> {
            var writer = MemoryStreams.pair().first().writer();
            var e = assertThrows(IllegalArgumentException.class, () -> sendFile(writer, small, -1, 5));
            assertEquals("Cannot send 5 bytes from offset -1; neither may be negative", e.getMessage());
            assertThrows(java.nio.file.NoSuchFileException.class, () -> sendFile(writer, directory.resolve("none")));
        });
    }
}
