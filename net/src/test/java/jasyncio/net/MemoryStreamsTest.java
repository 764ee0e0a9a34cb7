package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryStreamsTest {

    /** Lets everything happen that is going to happen by itself. */
    private static void settle() {
        for (int i = 0; i < 200; i++) {
            sleep(Duration.ZERO);
        }
    }

    @Test
    void conversation_goesBothWays() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair();
            var a = pair.first();
            var b = pair.second();
            a.writer().write("one\ntwo\n");
            assertEquals("one", b.reader().readLine());
            assertEquals("two", b.reader().readLine());
            b.writer().write(ByteBuffer.wrap("three\n".getBytes(UTF_8)));
            assertEquals("three", a.reader().readLine());
            a.writer().writeEof();
            assertNull(b.reader().readLine());
            b.writer().write("still there\n");
            assertEquals("still there", a.reader().readLine());
            b.close();
            assertNull(a.reader().readLine());
            a.close();
        });
    }

    @Test
    void close_sendsWhatWasWritten() throws Exception {
        byte[] large = new byte[1_000_000];
        new Random(1).nextBytes(large);
        run(() -> {
            var pair = MemoryStreams.pair();
            var sent = createTask(() -> {
                pair.first().writer().write(large);
                pair.first().close();
            });
            assertArrayEquals(large, pair.second().reader().readAll());
            await(sent);
        });
    }

    @Test
    void writer_withoutAReader_isBoundedByLimitAndCapacity() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.limit(1000).capacity(5000));
            var writer = pair.first().writer();
            writer.setWriteBufferLimits(100, 400);
            var order = new ArrayList<Integer>();
            var task = createTask(() -> {
                for (int i = 0; i < 100; i++) {
                    writer.write(new byte[500]);
                    writer.drain();
                    order.add(i);
                }
            });
            settle();
            int before = order.size();
            // 2,000 in the reader, and the piece that passed them; 5,000 on the way; one write that is waited for.
            assertTrue(before >= 14 && before <= 16, "written before it had to wait: " + before);
            assertEquals(2500, pair.second().reader().readExactly(2500).length);
            settle();
            assertEquals(before + 5, order.size());
            assertEquals(50_000 - 2500, pair.second().reader().readExactly(50_000 - 2500).length);
            await(task);
        });
    }

    @Test
    void chunk_isPassedOnWithoutACopy() throws Exception {
        run(() -> {
            var one = MemoryStreams.pair();
            var two = MemoryStreams.pair();
            one.first().writer().write("hello");
            Chunk chunk = one.second().reader().readChunk();
            two.first().writer().write(chunk);
            assertThrows(IllegalStateException.class, chunk::size);
            assertEquals("hello", new String(two.second().reader().readExactly(5), UTF_8));
        });
    }

    @Test
    void abort_dropsWhatWasNotSent() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.capacity(10));
            pair.first().writer().write("0123456789abcdef");
            settle();
            pair.first().writer().abort();
            assertEquals("0123456789abcdef", text(pair.second().reader().readAll()));
        });
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.capacity(10).limit(1));
            pair.first().writer().write("abc"); // passes twice the limit: the reader is full
            settle();
            pair.first().writer().write("0123456789abcdef");
            settle();
            assertEquals(6, pair.first().writer().writeBufferSize());
            pair.first().writer().abort();
            pair.first().writer().waitClosed();
            assertEquals("abc0123456789", text(pair.second().reader().readAll()));
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void close_beforeEverythingIsReceived_breaksTheOtherEnd() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.limit(1));
            pair.first().writer().write("abc");
            settle();
            pair.first().writer().write("more");
            settle();
            pair.second().writer().write("answer");
            pair.second().close();
            assertEquals("answer", text(pair.first().reader().readExactly(6)));
            var e = assertThrows(IOException.class, () -> pair.first().reader().read(1));
            assertEquals("Connection reset by peer", e.getMessage());
        });
    }

    @Test
    void write_toAnEndThatIsClosed_breaksThisOne() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair();
            pair.second().close();
            assertNull(pair.first().reader().readLine());
            pair.first().writer().write("nobody reads this");
            settle();
            assertThrows(IOException.class, () -> pair.first().writer().drain());
            assertTrue(pair.first().writer().closing());
        });
    }

    @Test
    void drain_whenTheOtherEndGoes_fails() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.limit(10));
            pair.first().writer().write(new byte[500_000]);
            var draining = createTask(() -> pair.first().writer().drain());
            settle();
            assertFalse(draining.done());
            pair.second().writer().abort();
            assertThrows(IOException.class, () -> await(draining, IOException.class));
        });
    }

    @Test
    void drain_byTenTasks_returnsInAllWhenThereIsRoom() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.limit(10));
            pair.first().writer().write(new byte[500_000]);
            List<Task<?>> draining = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                draining.add(createTask(() -> pair.first().writer().drain()));
            }
            settle();
            assertTrue(draining.stream().noneMatch(Task::done));
            assertEquals(500_000, pair.second().reader().readExactly(500_000).length);
            for (Task<?> task : draining) {
                await(task);
            }
        });
    }

    @Test
    void pair_withoutALoop_isRefused_andIsOfTheOneThatRuns() throws Exception {
        assertThrows(IllegalStateException.class, MemoryStreams::pair);
        run(() -> {
            var pair = MemoryStreams.pair();
            runningLoop().callSoon(() -> pair.first().writer().write("x"));
            assertEquals("x", text(pair.second().reader().readExactly(1)));
        });
    }

    @Test
    void events_comeBetweenStepsAsASocketsDo() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair();
            List<String> order = new ArrayList<>();
            var reading = createTask(() -> {
                order.add("reads " + text(pair.second().reader().read(10)));
            });
            sleep(Duration.ZERO);
            pair.first().writer().write("a");
            pair.first().writer().write("b");
            order.add("written");
            assertEquals(2, pair.first().writer().writeBufferSize());
            await(reading);
            assertEquals(List.of("written", "reads ab"), order);
            assertEquals(0, pair.first().writer().writeBufferSize());
        });
    }

    @Test
    void line_outOfBounds_isNamed() throws Exception {
        var e = assertThrows(IllegalArgumentException.class, () -> MemoryStreams.pair(o -> o.capacity(0)));
        assertEquals("Capacity 0 is not positive", e.getMessage());
    }

    @Test
    void protocolConnection_overMemory_hearsTheSame() throws Exception {
        run(() -> {
            var loop = jasyncio.Asyncio.runningLoop();
            var link = MemoryLink.pair(loop, 1000, Line.DIRECT);
            List<String> log = new ArrayList<>();
            var transport = new LinkTransport(
                    loop,
                    link,
                    new Protocol() {
                        @Override
                        public void connectionMade(Transport transport) {
                            log.add("made");
                        }

                        @Override
                        public void dataReceived(Chunk data) {
                            log.add(text(data.toArray()));
                        }

                        @Override
                        public boolean eofReceived() {
                            log.add("eof");
                            return false;
                        }

                        @Override
                        public void connectionLost(@org.jspecify.annotations.Nullable IOException cause) {
                            log.add("lost " + cause);
                        }
                    },
                    null);
            transport.start();
            var stream = StreamEvents.open(loop, link.peer(), 100);
            stream.writer().write("hi");
            stream.writer().writeEof();
            assertNull(stream.reader().readLine());
            settle();
            assertEquals(List.of("made", "hi", "eof", "lost null"), log);
            stream.close();
        });
    }
}
