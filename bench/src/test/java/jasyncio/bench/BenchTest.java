package jasyncio.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BenchTest {

    private static final Pattern RATIO =
            Pattern.compile("ratio switch ([a-z-]+) (\\d+\\.\\d) (\\d+\\.\\d) (\\d+\\.\\d{3})");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void run_switchQuick_printsARatioPerPeer(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("samples.json");

        int code = run("switch", "--quick", "--json", json.toString());

        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        List<String> peers = lines.stream()
                .map(RATIO::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
        assertTrue(peers.containsAll(List.of("kotlin", "jdk-vthread", "continuation")), lines.toString());
        assertTrue(Files.readString(json).contains("{\"name\": \"jasyncio\", \"median\": "));
    }

    @Test
    void run_unknownName_listsTheNamesAndExitsWith2() {
        assertEquals(2, run("swich"));
        assertEquals(
                "No benchmark is named swich; there are switch, spawn, wake, sleepers, timers, queue, lock, semaphore,"
                        + " generator, delegate, greenlet, asyncgen, tothread, process, foreign, jdbc, echo, echo-1000, tls-echo, tls-echo-native, connect, idle",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void run_roundsOfZero_isRefused() {
        assertEquals(2, run("--rounds", "0"));
        assertEquals(
                "--rounds takes a number of 1 or more, got 0",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    private int run(String... arguments) {
        return Bench.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }
}
