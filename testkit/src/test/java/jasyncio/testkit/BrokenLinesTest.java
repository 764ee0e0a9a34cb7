package jasyncio.testkit;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Task;
import jasyncio.net.IncompleteReadException;
import jasyncio.net.MemoryStreams;
import jasyncio.net.StreamConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations on lines that break anywhere, and clients that are slow on purpose, in virtual time. */
@Timeout(120)
class BrokenLinesTest {
    private static final List<String> WORDS = List.of("ham", "sausage", "", "eggs and bacon");

    /** What both sides say together, with the ends of the lines: the words, and each one's echo. */
    private static final int CONVERSATION =
            2 * WORDS.stream().mapToInt(word -> word.length() + 1).sum();

    private static final int SEEDS = 20;

    /** No conversation takes longer: each byte could be a piece of its own, and take 20 ms. */
    private static final Duration LONGEST = Duration.ofMillis(20L * CONVERSATION + 1000);

    /** Returns what it answered, or null if the connection broke. */
    private static @Nullable List<String> serve(StreamConnection connection) {
        List<String> answered = new ArrayList<>();
        try (connection) {
            for (String line; (line = connection.reader().readLine()) != null; ) {
                connection.writer().write(line + "\n");
                connection.writer().drain();
                answered.add(line);
            }
            return answered;
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns what came back, or null if the connection broke. */
    private static @Nullable List<String> ask(StreamConnection connection) {
        List<String> heard = new ArrayList<>();
        try (connection) {
            for (String word : WORDS) {
                connection.writer().write(word + "\n");
                connection.writer().drain();
                String answer = new String(connection.reader().readUntil("\n".getBytes(UTF_8)), UTF_8);
                heard.add(answer.substring(0, answer.length() - 1));
            }
            return heard;
        } catch (IOException e) {
            assertTrue(
                    !(e instanceof IncompleteReadException partial)
                            || String.join("\n", WORDS).contains(new String(partial.partial(), UTF_8)),
                    e.toString());
            return null;
        }
    }

    @Test
    void conversation_brokenAtEachByteUnderManySeeds_endsOnBothSidesAndLeavesNothing() {
        int whole = 0;
        for (int point = 0; point <= CONVERSATION; point++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                whole += converse(FaultyLine.seeded(seed).resetAfter(point), point) ? 1 : 0;
            }
        }
        assertEquals(SEEDS, whole, "only the line that breaks behind the last byte carries everything");
    }

    @Test
    void conversation_onALineThatMayBreakAtEachPiece_endsOnBothSides() {
        int whole = 0;
        int seeds = 50 * SEEDS;
        for (int seed = 0; seed < seeds; seed++) {
            whole += converse(FaultyLine.seeded(seed).resetChance(0.02), Integer.MAX_VALUE) ? 1 : 0;
        }
        assertTrue(whole > 0 && whole < seeds, whole + " of " + seeds + " came through");
    }

    /** Returns whether all of it was said and heard. */
    private static boolean converse(FaultyLine line, int point) {
        var clock = new VirtualClock();
        List<String> reported = new ArrayList<>();
        boolean whole;
        try (var loop = clock.newEventLoop()) {
            loop.setExceptionHandler(failure -> reported.add(failure.toString()));
            whole = loop.runUntilComplete(() -> {
                var pair = MemoryStreams.pair(o -> o.line(line));
                Task<@Nullable List<String>> server = createTask(() -> serve(pair.second()));
                Task<@Nullable List<String>> client = createTask(() -> ask(pair.first()));
                List<String> heard = await(client);
                List<String> answered = await(server);
                assertEquals(1, allTasks().size(), line.toString());
                assertTrue(
                        pair.first().writer().closing()
                                && pair.second().writer().closing(),
                        line.toString());
                if (heard != null) {
                    assertEquals(WORDS, heard, line.toString());
                }
                if (answered != null) {
                    assertEquals(WORDS.subList(0, answered.size()), answered, line.toString());
                }
                return heard != null;
            });
        }
        assertEquals(List.of(), reported, line.toString());
        assertTrue(clock.elapsed().compareTo(LONGEST) < 0, line + " took " + clock.elapsed());
        assertTrue(point >= CONVERSATION || !whole, line + " was to break after " + point);
        return whole;
    }

    // ---- slow on purpose

    /** Says one byte of a line that never ends each second. */
    private static void dribble(StreamConnection connection) {
        try {
            while (true) {
                connection.writer().write("x");
                connection.writer().drain();
                sleep(ofSeconds(1));
            }
        } catch (IOException closed) {
            // the server has had enough
        }
    }

    private static @Nullable String readInTime(StreamConnection connection) throws IOException {
        try (connection) {
            try {
                return timeout(ofSeconds(10), () -> connection.reader().readLine());
            } catch (TimeoutException e) {
                assertTrue(holdsData(connection), connection.reader().toString());
                return null;
            }
        }
    }

    private static boolean holdsData(StreamConnection connection) {
        return connection.reader().toString().contains(" bytes");
    }

    @Test
    void slowLoris_isTimedOutByOneLine() {
        assertEquals(ofSeconds(10), timeOut(1));
    }

    @Test
    void slowLoris_aThousandAtOnce_areTimedOutAllAtOnce() {
        assertEquals(ofSeconds(10), timeOut(1000));
    }

    /** Returns when the last one was sent away. */
    private static Duration timeOut(int clients) {
        var clock = new VirtualClock();
        var until = new Duration[1];
        try (var loop = clock.newEventLoop()) {
            loop.runUntilComplete(() -> {
                List<Task<?>> tasks = new ArrayList<>();
                List<Task<@Nullable String>> servers = new ArrayList<>();
                List<StreamConnection> ends = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    var pair = MemoryStreams.pair();
                    ends.add(pair.second());
                    servers.add(createTask(() -> readInTime(pair.second())));
                    tasks.add(createTask(() -> dribble(pair.first())));
                }
                await(gather(servers));
                until[0] = clock.elapsed();
                for (int i = 0; i < clients; i++) {
                    assertNull(servers.get(i).result());
                    assertFalse(holdsData(ends.get(i)), ends.get(i).reader().toString());
                }
                await(gather(tasks));
                assertEquals(1, allTasks().size());
            });
        }
        return until[0];
    }
}
