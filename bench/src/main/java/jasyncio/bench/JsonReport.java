package jasyncio.bench;

import jasyncio.bench.peer.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes every sample, with the medians that the ratios come from, as JSON. Names and measures need no escaping. */
final class JsonReport {

    private JsonReport() {}

    static void write(Path file, Map<Benchmark, Results> all) throws IOException {
        String benchmarks = all.entrySet().stream()
                .map(entry -> benchmark(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",\n"));
        Files.writeString(file, "{\"benchmarks\": [\n" + benchmarks + "\n]}\n");
    }

    private static String benchmark(Benchmark benchmark, Results results) {
        String peers = benchmark.peers().stream()
                .map(peer -> peer(benchmark, peer.name(), results))
                .collect(Collectors.joining(",\n"));
        return "  {\"name\": \"%s\", \"measure\": \"%s\", \"peers\": [\n%s\n  ]}"
                .formatted(benchmark.name(), benchmark.measure().unit(), peers);
    }

    private static String peer(Benchmark benchmark, String peer, Results results) {
        OptionalDouble median = results.median(peer, benchmark.measure()::of);
        String samples = results.samples(peer).stream().map(Sample::toJson).collect(Collectors.joining(", "));
        return "    {\"name\": \"%s\", \"median\": %s, \"samples\": [%s]}"
                .formatted(peer, median.isPresent() ? Double.toString(median.getAsDouble()) : "null", samples);
    }
}
