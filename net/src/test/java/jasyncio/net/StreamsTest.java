package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.openUnixConnection;
import static jasyncio.net.Net.startServer;
import static jasyncio.net.Net.startUnixServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;

/** Streams over real sockets, on every engine of this machine. */
class StreamsTest {
    private static final String HOST = "127.0.0.1";

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    private static Server echo() throws IOException {
        return startServer(HOST, 0, connection -> {
            for (Chunk chunk; (chunk = connection.reader().readChunk()) != null; ) {
                connection.writer().write(chunk);
                connection.writer().drain();
            }
        });
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @EachEngine
    void echo_linesAndLargeData_comeBackAsTheyWere(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = echo();
                    var c = openConnection(HOST, port(server))) {
                c.writer().write("one\r\ntwo\nthree");
                assertEquals("one", c.reader().readLine());
                assertEquals("two", c.reader().readLine());
                assertArrayEquals("three".getBytes(UTF_8), c.reader().readExactly(5));
                byte[] large = random(5_000_000);
                var received = createTask(() -> c.reader().readExactly(large.length));
                c.writer().write(large);
                c.writer().drain();
                assertArrayEquals(large, await(received));
                c.writer().writeEof();
                assertEquals(0, c.reader().readAll().length);
                assertTrue(c.reader().atEof());
                assertNull(c.reader().readLine());
            }
        });
    }

    @EachEngine
    void readExactly_endBefore_carriesWhatThereWas(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, (_, writer) -> writer.write("abc"));
                    var c = openConnection(HOST, port(server))) {
                var e = assertThrows(
                        IncompleteReadException.class, () -> c.reader().readExactly(5));
                assertArrayEquals("abc".getBytes(UTF_8), e.partial());
                assertEquals(5, e.expected());
            }
        });
    }

    @EachEngine
    void readUntil_severalSeparators_endsAtTheFirst(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, (_, writer) -> writer.write("a;b\r\nc|d"));
                    var c = openConnection(HOST, port(server))) {
                byte[][] separators = {"\r\n".getBytes(UTF_8), ";".getBytes(UTF_8), "|".getBytes(UTF_8)};
                assertEquals("a;", new String(c.reader().readUntil(separators), UTF_8));
                assertEquals("b\r\n", new String(c.reader().readUntil(separators), UTF_8));
                assertEquals("c|", new String(c.reader().readUntil(separators), UTF_8));
                var e = assertThrows(
                        IncompleteReadException.class, () -> c.reader().readUntil(separators));
                assertArrayEquals("d".getBytes(UTF_8), e.partial());
            }
        });
    }

    @EachEngine
    void readLine_beyondTheLimit_isDroppedAndTheNextOneRead(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, (_, writer) -> writer.write("x".repeat(200) + "\nshort\n"));
                    var c = openConnection(HOST, port(server), o -> o.limit(100))) {
                sleep(ofMillis(50)); // all of it is there
                var e = assertThrows(IOException.class, () -> c.reader().readLine());
                assertTrue(e.getMessage().contains("limit of 100 bytes"), e.getMessage());
                assertEquals("short", c.reader().readLine());
            }
        });
    }

    @EachEngine
    void lines_endAtTheEndOfTheStream(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, (_, writer) -> writer.write("a\nb\nc"));
                    var c = openConnection(HOST, port(server))) {
                List<String> lines = new ArrayList<>();
                for (String line : c.reader().lines()) {
                    lines.add(line);
                }
                assertEquals(List.of("a", "b", "c"), lines);
            }
        });
    }

    @EachEngine
    void read_cancelled_takesNothing(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = echo();
                    var c = openConnection(HOST, port(server))) {
                assertThrows(
                        TimeoutException.class,
                        () -> timeout(ofMillis(20), () -> c.reader().readExactly(3)));
                c.writer().write("abc");
                assertEquals("abc", new String(c.reader().readExactly(3), UTF_8));
            }
        });
    }

    @EachEngine
    void read_byASecondTask_isRefused(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = echo();
                    var c = openConnection(HOST, port(server))) {
                var first = createTask(() -> c.reader().read(1));
                sleep(ofMillis(10));
                var e = assertThrows(
                        IllegalStateException.class, () -> c.reader().read(1));
                assertTrue(e.getMessage().contains("another task is already waiting"), e.getMessage());
                first.cancel();
                assertThrows(CancelledError.class, () -> await(first));
            }
        });
    }

    @EachEngine
    void drain_receiverDoesNotRead_waitsAndMemoryIsBounded(Engine engine) throws Exception {
        run(engine, () -> {
            var served = new long[1];
            try (var server = startServer(HOST, 0, connection -> {
                        sleep(ofMillis(300));
                        while (!connection.reader().atEof()) {
                            served[0] += connection.reader().read(1 << 20).length;
                        }
                    });
                    var c = openConnection(HOST, port(server))) {
                long largest = 0;
                for (int i = 0; i < 1_000; i++) {
                    c.writer().write(new byte[32 * 1024]);
                    c.writer().drain();
                    largest = Math.max(largest, c.writer().writeBufferSize());
                }
                assertTrue(largest < 256 * 1024, "at most " + largest + " bytes waited");
                c.writer().writeEof();
                assertEquals(0, c.reader().readAll().length);
                assertEquals(1_000L * 32 * 1024, served[0]);
            }
        });
    }

    @EachEngine
    void reader_senderIsTooFast_stopsReceiving(Engine engine) throws Exception {
        run(engine, () -> {
            var sent = new long[1];
            try (var server = startServer(HOST, 0, (_, writer) -> {
                        while (sent[0] < 64_000_000) {
                            writer.write(new byte[64 * 1024]);
                            writer.drain();
                            sent[0] += 64 * 1024;
                        }
                    });
                    var c = openConnection(HOST, port(server), o -> o.limit(64 * 1024))) {
                for (int i = 0; i < 2_000 && !c.reader().toString().contains("paused"); i++) {
                    sleep(ofMillis(10));
                }
                assertTrue(sent[0] < 32_000_000, sent[0] + " bytes were taken off a sender whom nobody reads");
                assertTrue(c.reader().toString().contains("paused"), c.reader().toString());
                server.abortClients();
            }
        });
    }

    @EachEngine
    void unixSocket_echoes(Engine engine, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        run(engine, () -> {
            try (var _ = startUnixServer(path, c -> c.writer().write(c.reader().readExactly(2)));
                    var c = openUnixConnection(path)) {
                c.writer().write("hi");
                assertEquals("hi", new String(c.reader().readAll(), UTF_8));
            }
        });
    }

    @EachEngine
    void openConnection_nobodyListens_saysWhere(Engine engine) throws Exception {
        run(engine, () -> {
            int port;
            try (var server = echo()) {
                port = port(server);
            }
            sleep(ofMillis(20));
            var e = assertThrows(IOException.class, () -> openConnection(HOST, port));
            assertTrue(e.getMessage().contains(Integer.toString(port)), e.getMessage());
        });
    }

    @EachEngine
    void chunk_usedAfterItWasWritten_isRefused(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = echo();
                    var c = openConnection(HOST, port(server))) {
                c.writer().write("ab");
                Chunk chunk = c.reader().readChunk();
                Chunk first = chunk.split(1);
                assertEquals('a', first.get(0));
                c.writer().write(first);
                assertThrows(IllegalStateException.class, first::size);
                chunk.close();
                assertThrows(IllegalStateException.class, chunk::toArray);
                assertEquals("a", new String(c.reader().readExactly(1), UTF_8));
            }
        });
    }

    @EachEngine
    void server_closed_letsItsConnectionsEnd(Engine engine) throws Exception {
        run(engine, () -> {
            var server = echo();
            var c = openConnection(HOST, port(server));
            c.writer().write("x");
            assertEquals(1, c.reader().read(1).length);
            server.close();
            assertFalse(server.serving());
            assertThrows(TimeoutException.class, () -> timeout(ofMillis(30), server::waitClosed));
            c.writer().write("y");
            assertEquals(1, c.reader().read(1).length);
            c.close();
            timeout(ofSeconds(10), server::waitClosed);
        });
    }

    @EachEngine
    void serveForever_cancelled_closesServerAndClients(Engine engine) throws Exception {
        run(engine, () -> {
            var server = echo();
            var serving = createTask(server::serveForever);
            var c = openConnection(HOST, port(server));
            c.writer().write("x");
            assertEquals(1, c.reader().read(1).length);
            serving.cancel();
            assertThrows(CancelledError.class, () -> await(serving));
            assertEquals(0, c.reader().readAll().length);
            c.close();
        });
    }

    @EachEngine
    void end_thatArrivesWhileThisEndIsPaused_leavesItReadableAndWritable(Engine engine) throws Exception {
        run(engine, () -> {
            try (var server = startServer(HOST, 0, connection -> {
                        connection.writer().write("x".repeat(300_000));
                        sleep(ofMillis(50)); // the other end is paused by now
                        connection.writer().writeEof();
                        sleep(ofMillis(50));
                        assertEquals(5_000_000, connection.reader().readAll().length);
                    });
                    var c = openConnection(HOST, port(server))) {
                sleep(ofMillis(100));
                for (int size = 0; size < 300_000; ) {
                    size += c.reader().read(1000).length;
                }
                c.writer().write(new byte[5_000_000]);
                c.writer().drain();
                c.writer().writeEof();
                assertEquals(0, c.reader().readAll().length);
            }
        });
    }
}
