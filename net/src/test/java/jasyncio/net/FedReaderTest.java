package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.net.netty.Bytes;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that is fed piece by piece: what is taken, and what is left. */
@Timeout(60)
class FedReaderTest {
    private static final String LINES = "line1\nline2\nline3\n";

    private static StreamReader reader() {
        return reader(StreamReader.DEFAULT_LIMIT);
    }

    private static StreamReader reader(int limit) {
        var loop = runningLoop();
        return new StreamReader(loop, MemoryLink.pair(loop, 1024, Line.DIRECT), limit);
    }

    private static void feed(StreamReader reader, String... pieces) {
        for (String piece : pieces) {
            reader.feed(Bytes.wrap(bytes(piece)));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Ends the stream and returns what is left in the buffer. */
    private static String rest(StreamReader reader) throws IOException {
        reader.feedEof();
        return text(reader.readAll());
    }

    // ---- read

    @Test
    void feed_nothing_leavesNothing() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "");
            assertEquals("<StreamReader limit=65536>", reader.toString());
            assertEquals("", rest(reader));
        });
    }

    @Test
    void feed_some_isBuffered() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, LINES);
            assertEquals(LINES, rest(reader));
        });
    }

    @Test
    void read_zero_takesNothing() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, LINES);
            assertEquals("", text(reader.read(0)));
            assertEquals(LINES, rest(reader));
        });
    }

    @Test
    void read_beforeDataComes_waitsForIt() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(() -> text(reader.read(30)));
            runningLoop().callSoon(() -> feed(reader, LINES));
            assertEquals(LINES, await(reading));
            assertEquals("", rest(reader));
        });
    }

    @Test
    void read_twoPieces_takesAsManyBytesAsWereAskedFor() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "line1", "line2");
            assertEquals("line1", text(reader.read(5)));
            assertEquals("line2", rest(reader));
        });
    }

    @Test
    void read_endComes_returnsNothing() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(() -> text(reader.read(1024)));
            runningLoop().callSoon(reader::feedEof);
            assertEquals("", await(reading));
            assertTrue(reader.atEof());
        });
    }

    @Test
    void readAll_piecesAndEnd_returnsAll() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(() -> text(reader.readAll()));
            runningLoop().callSoon(() -> {
                feed(reader, "chunk1\n", "chunk2");
                reader.feedEof();
            });
            assertEquals("chunk1\nchunk2", await(reading));
            assertTrue(reader.atEof());
        });
    }

    @Test
    void read_moreThanTheLimit_takesIt() throws Exception {
        run(() -> {
            var reader = reader(3);
            feed(reader, "chunk");
            assertEquals("chunk", text(reader.read(5)));
            assertEquals("", rest(reader));
        });
    }

    @Test
    void limit_notPositive_isRefused() throws Exception {
        run(() -> {
            for (int limit : new int[] {0, -1}) {
                var e = assertThrows(IllegalArgumentException.class, () -> reader(limit));
                assertEquals("Limit " + limit + " is not positive", e.getMessage());
            }
        });
    }

    @Test
    void atEof_onlyWhenEndedAndEmpty() throws Exception {
        run(() -> {
            var reader = reader();
            assertFalse(reader.atEof());
            feed(reader, "some data\n");
            assertFalse(reader.atEof());
            reader.readLine();
            assertFalse(reader.atEof());
            feed(reader, "some data\n");
            reader.feedEof();
            assertFalse(reader.atEof());
            reader.readLine();
            assertTrue(reader.atEof());
        });
    }

    // ---- lines

    @Test
    void readLineBytes_inSeveralPieces_waitsForItsEnd() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "chunk1 ");
            var reading = createTask(() -> text(reader.readLineBytes()));
            runningLoop().callSoon(() -> feed(reader, "chunk2 ", "chunk3 ", "\n chunk4"));
            assertEquals("chunk1 chunk2 chunk3 \n", await(reading));
            assertEquals(" chunk4", rest(reader));
        });
    }

    @Test
    void readLineBytes_linesThatAreThere_takesOne() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "line1\n", "line2\nline3\n");
            assertEquals("line1\n", text(reader.readLineBytes()));
            assertEquals("line2\nl", text(reader.read(7)));
            assertEquals("ine3\n", rest(reader));
        });
    }

    @Test
    void readLineBytes_atTheEnd_returnsWhatThereIs() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "some data");
            reader.feedEof();
            assertEquals("some data", text(reader.readLineBytes()));
            assertEquals("", text(reader.readLineBytes()));
        });
    }

    @Test
    void readLineBytes_longLineThatIsThere_isDropped() throws Exception {
        run(() -> {
            var ended = reader(3);
            feed(ended, "li", "ne1\nline2\n");
            assertThrows(IOException.class, ended::readLineBytes);
            assertEquals("line2\n", rest(ended));

            var open = reader(3);
            feed(open, "li", "ne1", "li");
            assertThrows(IOException.class, open::readLineBytes);
            assertEquals("", rest(open));
        });
    }

    @Test
    void readLineBytes_longLineThatComes_isDropped() throws Exception {
        run(() -> {
            var alone = reader(7);
            runningLoop().callSoon(() -> {
                feed(alone, "chunk1", "chunk2", "chunk3\n");
                alone.feedEof();
            });
            assertThrows(IOException.class, alone::readLineBytes);
            assertTrue(alone.atEof());

            var followed = reader(7);
            runningLoop().callSoon(() -> {
                feed(followed, "chunk1", "chunk2\n", "chunk3\n");
                followed.feedEof();
            });
            assertThrows(IOException.class, followed::readLineBytes);
            assertEquals("chunk3\n", rest(followed));
        });
    }

    @Test
    void readLineBytes_limit_isOfTheLineWithoutItsEnd() throws Exception {
        run(() -> {
            var reader = reader(7);
            feed(reader, "1234567\n");
            assertEquals("1234567\n", text(reader.readLineBytes()));
            feed(reader, "12345678\n");
            assertThrows(IOException.class, reader::readLineBytes);
            assertEquals("<StreamReader limit=7>", reader.toString());
            feed(reader, "12345678");
            assertThrows(IOException.class, reader::readLineBytes);
            assertEquals("", rest(reader));
        });
    }

    // ---- separators

    @Test
    void readUntil_noOrEmptySeparators_areRefused() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, LINES);
            byte[][][] wrong = {{{}}, {{'a'}, {}}, {}};
            for (byte[][] separators : wrong) {
                var e = assertThrows(IllegalArgumentException.class, () -> reader.readUntil(separators));
                assertTrue(e.getMessage().contains("at least one"), e.getMessage());
            }
            assertEquals(LINES, rest(reader));
        });
    }

    @Test
    void readUntil_separatorWithinAPiece_isFound() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "lineAAA");
            assertEquals("lineAAA", text(reader.readUntil(bytes("AAA"))));
            feed(reader, "lineAAAxxx");
            assertEquals("lineAAA", text(reader.readUntil(bytes("AAA"))));
            feed(reader, "\r\n");
            assertEquals("xxx\r\n", text(reader.readUntil(bytes("\r\n"))));
            assertEquals("", rest(reader));
        });
    }

    @Test
    void readUntil_separatorOverSeveralPieces_isFound() throws Exception {
        run(() -> {
            var reader = reader();
            String[][] fed = {
                {"QWEaa", "XYaa", "a"}, {"QWEaa", "XYa", "aa"}, {"aaa"}, {"Xaaa"}, {"XXX", "a", "a", "a"},
            };
            for (String[] pieces : fed) {
                feed(reader, pieces);
                assertEquals(String.join("", pieces), text(reader.readUntil(bytes("aaa"))));
                assertEquals("<StreamReader limit=65536>", reader.toString());
            }
        });
    }

    @Test
    void readUntil_endBefore_carriesWhatThereWas() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "some dataAA");
            reader.feedEof();
            var e = assertThrows(IncompleteReadException.class, () -> reader.readUntil(bytes("AAA")));
            assertEquals("some dataAA", text(e.partial()));
            assertTrue(e.expected() < 0);
            assertEquals("The stream ended after 11 bytes of an unknown number of expected", e.getMessage());
            assertTrue(reader.atEof());
        });
    }

    @Test
    void readUntil_beyondTheLimit_leavesEverything() throws Exception {
        run(() -> {
            var reader = reader(3);
            feed(reader, "some dataAA");
            var none = assertThrows(LimitOverrunException.class, () -> reader.readUntil(bytes("AAA")));
            assertTrue(none.getMessage().startsWith("No separator within the limit of 3 bytes"), none.getMessage());
            assertEquals(9, none.consumed());
            feed(reader, "A");
            var late = assertThrows(LimitOverrunException.class, () -> reader.readUntil(bytes("AAA")));
            assertTrue(late.getMessage().startsWith("The separator comes after 9 bytes"), late.getMessage());
            assertEquals("some dataAAA", rest(reader));
        });
    }

    @Test
    void readUntil_severalSeparators_takesTheOneThatEndsFirst() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "line 1\nline 2\r");
            assertEquals("line 1\n", text(reader.readUntil(bytes("\r"), bytes("\n"))));
            assertEquals("line 2\r", text(reader.readUntil(bytes("\r"), bytes("\n"))));
            feed(reader, "ABCDEFG");
            assertEquals("ABCDE", text(reader.readUntil(bytes("DEF"), bytes("BCDE"))));
            assertEquals("FG", rest(reader));
        });
    }

    @Test
    void readUntil_severalSeparatorsEndTogether_theShortestCounts() throws Exception {
        run(() -> {
            byte[][][] orders = {{bytes("A"), bytes("ome dataA")}, {bytes("ome dataA"), bytes("A")}};
            for (byte[][] separators : orders) {
                var reader = reader(3);
                feed(reader, "some dataA");
                var e = assertThrows(LimitOverrunException.class, () -> reader.readUntil(separators));
                assertTrue(e.getMessage().startsWith("The separator comes after 9 bytes"), e.getMessage());
                assertEquals("some dataA", rest(reader));
            }
        });
    }

    @Test
    void readUntil_longSeparatorAndShortData_findsTheShortOne() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, "data");
            var reading = createTask(() -> text(reader.readUntil(bytes("A"), bytes("long sep"))));
            runningLoop().callSoon(() -> feed(reader, "Z"));
            runningLoop().callSoon(() -> feed(reader, "Aaaa"));
            assertEquals("dataZA", await(reading));
            assertEquals("aaa", rest(reader));
        });
    }

    // ---- exactly

    @Test
    void readExactly_zeroOrLess_takesNothing() throws Exception {
        run(() -> {
            var reader = reader();
            feed(reader, LINES);
            assertEquals("", text(reader.readExactly(0)));
            var e = assertThrows(IllegalArgumentException.class, () -> reader.readExactly(-1));
            assertTrue(e.getMessage().contains("must not be negative"), e.getMessage());
            assertEquals(LINES, rest(reader));
        });
    }

    @Test
    void readExactly_pieces_takesThatMuch() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(() -> text(reader.readExactly(2 * LINES.length())));
            runningLoop().callSoon(() -> feed(reader, LINES, LINES, LINES));
            assertEquals(LINES + LINES, await(reading));
            assertEquals(LINES, rest(reader));
        });
    }

    @Test
    void readExactly_moreThanTheLimit_takesIt() throws Exception {
        run(() -> {
            var reader = reader(3);
            feed(reader, "chunk");
            assertEquals("chunk", text(reader.readExactly(5)));
            assertEquals("", rest(reader));
        });
    }

    @Test
    void readExactly_endBefore_carriesWhatThereWas() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(() -> reader.readExactly(36));
            runningLoop().callSoon(() -> {
                feed(reader, LINES);
                reader.feedEof();
            });
            var e = assertThrows(IncompleteReadException.class, () -> await(reading, IOException.class));
            assertEquals(LINES, text(e.partial()));
            assertEquals(36, e.expected());
            assertEquals("The stream ended after 18 bytes of 36 expected", e.getMessage());
            assertTrue(reader.atEof());
        });
    }

    // ---- broken

    private interface Read {
        void from(StreamReader reader) throws IOException;
    }

    @Test
    void everyRead_ofABrokenStream_throwsWhatBrokeIt() throws Exception {
        Read[] reads = {
            r -> r.read(2),
            StreamReader::readAll,
            StreamReader::readChunk,
            StreamReader::readLineBytes,
            r -> r.readExactly(2),
            r -> r.readUntil(bytes("\n"))
        };
        for (Read read : reads) {
            run(() -> {
                var reader = reader();
                assertNull(reader.exception());
                feed(reader, "line\n");
                assertEquals("li", text(reader.read(2)));
                var broken = new IOException("broken");
                reader.fail(broken);
                assertSame(broken, reader.exception());
                assertSame(broken, assertThrows(IOException.class, () -> read.from(reader)));
            });
        }
    }

    @Test
    void readLine_breaksWhileItWaits_throwsIt() throws Exception {
        run(() -> {
            var reader = reader();
            var broken = new IOException("broken");
            var reading = createTask(reader::readLine);
            var breaking = createTask(() -> reader.fail(broken));
            await(breaking);
            assertSame(broken, assertThrows(IOException.class, () -> await(reading, IOException.class)));
        });
    }

    @Test
    void fail_afterTheWaitWasCancelled_findsNobodyWaiting() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(reader::readLine);
            sleep(Duration.ZERO);
            assertTrue(reader.toString().contains(" waiter="), reader.toString());
            reading.cancel();
            reader.fail(new IOException("broken"));
            assertThrows(CancelledError.class, () -> await(reading));
            assertFalse(reader.toString().contains(" waiter="), reader.toString());
        });
    }

    // ---- text

    @Test
    void toString_tellsWhatThereIs() throws Exception {
        run(() -> {
            assertEquals("<StreamReader limit=65536>", reader().toString());
            var reader = reader(123);
            assertEquals("<StreamReader limit=123>", reader.toString());
            feed(reader, "data");
            assertEquals("<StreamReader 4 bytes limit=123>", reader.toString());
            reader.feedEof();
            assertEquals("<StreamReader 4 bytes eof limit=123>", reader.toString());
            var broken = reader();
            broken.fail(new IOException("broken"));
            assertEquals("<StreamReader limit=65536 exception=java.io.IOException: broken>", broken.toString());
        });
    }

    @Test
    void toString_whileATaskWaits_showsWhatItWaitsFor() throws Exception {
        run(() -> {
            var reader = reader();
            var reading = createTask(() -> reader.read(1));
            sleep(Duration.ZERO);
            assertTrue(
                    reader.toString().matches("<StreamReader limit=65536 waiter=\\[<Future pending.*>]>"),
                    reader.toString());
            feed(reader, "x");
            await(reading);
            assertEquals("<StreamReader limit=65536>", reader.toString());
        });
    }
}
