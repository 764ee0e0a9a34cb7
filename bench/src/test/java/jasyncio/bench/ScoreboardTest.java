package jasyncio.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.bench.peer.Sample;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

    @Test
    void print_oddNumberOfRounds_comparesMedians() {
        Benchmark benchmark = Catalogue.named(List.of("spawn")).getFirst();
        Results results = new Results();
        for (int cpu : new int[] {300, 9_000, 200}) {
            results.add(peer(benchmark, "jasyncio"), new Sample(10, 5_000, cpu * 10L, 0));
        }
        results.add(peer(benchmark, "cpython"), new Sample(10, 40_000, 40_000, 0));
        results.add(peer(benchmark, "kotlin"), new Sample(10, 1_000, 1_000, 0));
        results.miss(peer(benchmark, "uvloop"), "no uvloop here");

        List<String> lines = print(benchmark, results);

        assertTrue(lines.contains("ratio spawn cpython 300.0 4000.0 0.075"), lines.toString());
        assertTrue(lines.contains("bar spawn cpython <= 0.125 met"), lines.toString());
        assertTrue(lines.contains("ratio spawn kotlin 300.0 100.0 3.000"), lines.toString());
        assertTrue(lines.contains("bar spawn kotlin <= 1.500 missed"), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("skipped: no uvloop here")), lines.toString());
    }

    @Test
    void print_heap_holdsTheFigureAgainstTheAbsoluteBar() {
        Benchmark benchmark = Catalogue.named(List.of("sleepers")).getLast();
        Results results = new Results();
        results.add(peer(benchmark, "jasyncio"), Sample.ofBytes(10, 10_500));
        results.add(peer(benchmark, "kotlin"), Sample.ofBytes(10, 3_000));

        List<String> lines = print(benchmark, results);

        assertTrue(lines.contains("ratio sleepers-heap kotlin 1050.0 300.0 3.500"), lines.toString());
        assertTrue(lines.contains("bar sleepers-heap <= 1100 1050.0 met"), lines.toString());
    }

    @Test
    void parse_whatToJsonWrote_isTheSameSample() {
        Sample sample = new Sample(1, 2, 3, 4);
        assertEquals(sample, Sample.parse(sample.toJson()).orElseThrow());
    }

    private static Peer peer(Benchmark benchmark, String name) {
        return benchmark.peers().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> print(Benchmark benchmark, Results results) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Scoreboard(new PrintStream(out, true, StandardCharsets.UTF_8), true).print(benchmark, results);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
