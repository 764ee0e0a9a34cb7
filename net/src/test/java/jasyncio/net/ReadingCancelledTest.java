package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A read that is cancelled has taken nothing. */
class ReadingCancelledTest {
    interface Read {
        void read(StreamReader reader) throws IOException;
    }

    record Way(String name, Read read) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> waysThatNeedMore() {
        return Stream.of(
                new Way("readAll", StreamReader::readAll),
                new Way("readExactly", reader -> reader.readExactly(1000)),
                new Way("readUntil", reader -> reader.readUntil("#".getBytes(UTF_8), "$".getBytes(UTF_8))),
                new Way("readLine", StreamReader::readLine),
                new Way("readLineBytes", StreamReader::readLineBytes),
                new Way("lines", reader -> reader.lines().iterator().next()));
    }

    @ParameterizedTest
    @MethodSource("waysThatNeedMore")
    void cancelled_halfway_losesNothing(Way way) throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair();
            var reader = pair.second().reader();
            pair.first().writer().write("one,");
            var reading = createTask(() -> way.read.read(reader));
            sleep(ofMillis(5));
            pair.first().writer().write("two,");
            sleep(ofMillis(5));
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            pair.first().writer().write("three");
            pair.first().writer().writeEof();
            assertEquals("one,two,three", new String(reader.readAll(), UTF_8));
        });
    }

    @ParameterizedTest
    @MethodSource("waysThatNeedMore")
    void cancelled_inTheStepThatDataArrives_losesNothing(Way way) throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair();
            var reader = pair.second().reader();
            var reading = createTask(() -> way.read.read(reader));
            sleep(ofMillis(5));
            pair.first().writer().write("data");
            for (int i = 0; i < 100 && !reader.toString().contains("4 bytes"); i++) {
                sleep(Duration.ZERO);
            }
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            assertEquals("data", new String(reader.readExactly(4), UTF_8));
        });
    }

    static Stream<Way> waysThatTakeWhatThereIs() {
        return Stream.of(new Way("read", reader -> reader.read(10)), new Way("readChunk", reader -> {
            try (Chunk _ = reader.readChunk()) {
                throw new AssertionError("It was cancelled");
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("waysThatTakeWhatThereIs")
    void cancelled_whenDataHasArrived_losesNothing(Way way) throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair();
            var reader = pair.second().reader();
            var reading = createTask(() -> way.read.read(reader));
            sleep(ofMillis(5));
            pair.first().writer().write("data");
            while (!reader.toString().contains("4 bytes")) {
                sleep(Duration.ZERO);
            }
            if (reading.cancel()) {
                assertThrows(CancelledError.class, () -> await(reading));
                assertEquals("data", new String(reader.readExactly(4), UTF_8));
            }
        });
    }

    @Test
    void readAll_cancelledWithMoreThanTheLimit_holdsTheSenderUp() throws Exception {
        run(() -> {
            var pair = MemoryStreams.pair(o -> o.limit(100).capacity(100));
            var reader = pair.second().reader();
            var reading = createTask(reader::readAll);
            pair.first().writer().write("x".repeat(10_000));
            sleep(ofMillis(20));
            reading.cancel();
            assertThrows(CancelledError.class, () -> await(reading));
            assertTrue(reader.toString().contains("paused"), reader.toString());
            pair.first().writer().writeEof();
            assertEquals(10_000, reader.readAll().length);
        });
    }
}
