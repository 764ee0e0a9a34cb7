package jasyncio.testkit;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.net.MemoryStreams;
import jasyncio.net.StreamConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultyLineTest {
    private static final int SIZE = 50_000;

    /** What a reader got, and how long it took. */
    private record Trial(List<Integer> pieces, Duration time) {}

    private static Trial send(FaultyLine line) throws IOException {
        byte[] data = new byte[SIZE];
        new Random(7).nextBytes(data);
        var clock = new VirtualClock();
        List<Integer> pieces = new ArrayList<>();
        try (var loop = clock.newEventLoop()) {
            loop.runUntilComplete(() -> {
                var pair = MemoryStreams.pair(o -> o.line(line));
                var sent = createTask(() -> {
                    pair.first().writer().write(data);
                    pair.first().close();
                });
                var received = new java.io.ByteArrayOutputStream();
                while (!pair.second().reader().atEof()) {
                    byte[] piece = pair.second().reader().read(SIZE);
                    pieces.add(piece.length);
                    received.writeBytes(piece);
                }
                await(sent);
                assertArrayEquals(data, received.toByteArray());
            });
        }
        return new Trial(pieces, clock.elapsed());
    }

    @Test
    void data_arrivesWholeInPiecesAndLate() throws Exception {
        Trial trial = send(FaultyLine.seeded(1));
        assertTrue(trial.pieces.size() > 5, trial.toString());
        assertTrue(trial.time.toMillis() > 5, trial.toString());
    }

    @Test
    void seed_decidesEverything() throws Exception {
        assertEquals(send(FaultyLine.seeded(3)), send(FaultyLine.seeded(3)));
        assertNotEquals(send(FaultyLine.seeded(3)), send(FaultyLine.seeded(4)));
    }

    @Test
    void maxPieceAndNoDelay_areKept() throws Exception {
        Trial trial = send(FaultyLine.seeded(5).maxPiece(100).maxDelay(Duration.ZERO));
        assertEquals(Duration.ZERO, trial.time);
    }

    @Test
    void resetAfter_breaksAConversationAtEachOfItsPoints() throws Exception {
        // "ping\n" and "pong\n": ten bytes, so from the tenth on nothing breaks.
        for (int point = 0; point <= 10; point++) {
            int at = point;
            try (var loop = new VirtualClock().newEventLoop()) {
                loop.runUntilComplete(() -> {
                    var pair =
                            MemoryStreams.pair(o -> o.line(FaultyLine.seeded(at).resetAfter(at)));
                    var server = createTask(() -> answer(pair.second()));
                    if (at < 10) {
                        assertThrows(IOException.class, () -> ask(pair.first()), "reset after " + at);
                        pair.first().writer().abort();
                        if (at < 5) {
                            assertThrows(IOException.class, () -> await(server, IOException.class));
                        } else {
                            await(server, IOException.class); // it has written its answer and looks no further
                        }
                    } else {
                        assertEquals("pong", ask(pair.first()));
                        await(server);
                    }
                });
            }
        }
    }

    private static void answer(StreamConnection connection) throws IOException {
        String line = connection.reader().readLine();
        if (line == null) {
            throw new IOException("The end instead of a question");
        }
        connection.writer().write("pong\n");
    }

    private static String ask(StreamConnection connection) throws IOException {
        connection.writer().write("ping\n");
        return connection.reader().readLine();
    }

    @Test
    void resetChance_certain_breaksAtOnce() throws Exception {
        try (var loop = new VirtualClock().newEventLoop()) {
            loop.runUntilComplete(() -> {
                var pair = MemoryStreams.pair(o -> o.line(FaultyLine.seeded(0).resetChance(1)));
                assertThrows(IOException.class, () -> ask(pair.first()));
            });
        }
    }

    @Test
    void values_outsideTheirBounds_areRefused() throws Exception {
        var line = FaultyLine.seeded(0);
        assertThrows(IllegalArgumentException.class, () -> line.maxPiece(0));
        assertThrows(IllegalArgumentException.class, () -> line.maxDelay(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> line.resetAfter(-1));
        assertThrows(IllegalArgumentException.class, () -> line.resetChance(1.5));
    }

    @Test
    void maxDelay_longerThanCanBeCounted_isTheLongestThatCan() throws Exception {
        var line = FaultyLine.seeded(0).maxDelay(ChronoUnit.FOREVER.getDuration());
        try (var loop = new VirtualClock().newEventLoop()) {
            loop.runUntilComplete(() -> {
                var pair = MemoryStreams.pair(o -> o.line(line));
                pair.second().writer().write("pong\n");
                assertEquals("pong", ask(pair.first()).strip());
            });
        }
    }
}
