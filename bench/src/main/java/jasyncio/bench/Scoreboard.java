package jasyncio.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Prints the results of a benchmark: a table to read, then lines to parse.
 *
 * <pre>
 * ratio NAME PEER OURS THEIRS OURS/THEIRS
 * bar NAME PEER &lt;= LIMIT met|missed
 * bar NAME &lt;= LIMIT FIGURE met|missed
 * </pre>
 */
final class Scoreboard {

    private final PrintStream out;
    private final boolean judge;

    /**
     * Prints to this stream.
     *
     * @param judge whether to say which bars are met
     */
    Scoreboard(PrintStream out, boolean judge) {
        this.out = out;
        this.judge = judge;
    }

    /** Prints one benchmark. */
    void print(Benchmark benchmark, Results results) {
        out.println();
        line("%s: %s", benchmark.name(), benchmark.title());
        flags(benchmark);
        head(benchmark.measure());
        for (Peer peer : benchmark.peers()) {
            row(benchmark, peer, results);
        }
        absolute(benchmark).ifPresent(bar -> line("  %-20s %12.1f", "(bar)", bar.limit()));
        results.missing().forEach((peer, reason) -> line("  %-20s skipped: %s", peer, reason));
        results.failures().forEach((peer, reason) -> line("  %-20s failed: %s", peer, reason));
        ratios(benchmark, results);
        out.flush();
    }

    private void flags(Benchmark benchmark) {
        line("  every JVM: %s", String.join(" ", benchmark.jvmFlags()));
        for (Peer peer : benchmark.peers()) {
            if (peer instanceof JvmPeer jvm && !jvm.flags().isEmpty()) {
                line("  %s also: %s", jvm.name(), String.join(" ", jvm.flags()));
            }
        }
    }

    private void head(Measure measure) {
        if (measure == Measure.HEAP) {
            line("  %-20s %12s   %s", "peer", "bytes/op", "what it is");
        } else {
            line(
                    "  %-20s %12s %12s %19s   %s",
                    "peer",
                    "ns/op",
                    "CPU ns/op",
                    (measure == Measure.CPU ? "CPU" : "ns/op") + " min-max",
                    "what it is");
        }
    }

    private void row(Benchmark benchmark, Peer peer, Results results) {
        OptionalDouble figure = results.median(peer.name(), benchmark.measure()::of);
        if (figure.isEmpty()) {
            return;
        }
        if (benchmark.measure() == Measure.HEAP) {
            line("  %-20s %12.1f   %s", peer.name(), figure.getAsDouble(), about(peer));
            return;
        }
        double[] figures = results.samples(peer.name()).stream()
                .mapToDouble(benchmark.measure()::of)
                .sorted()
                .toArray();
        String range = String.format(Locale.ROOT, "%.1f-%.1f", figures[0], figures[figures.length - 1]);
        line(
                "  %-20s %12.1f %12.1f %19s   %s",
                peer.name(),
                results.median(peer.name(), Measure.WALL::of).orElseThrow(),
                results.median(peer.name(), Measure.CPU::of).orElseThrow(),
                range,
                about(peer));
    }

    private void ratios(Benchmark benchmark, Results results) {
        OptionalDouble ours = results.median(Catalogue.OURS, benchmark.measure()::of);
        if (ours.isEmpty()) {
            return;
        }
        line("  ratios of %s", benchmark.measure().unit());
        for (Peer peer : benchmark.peers()) {
            OptionalDouble theirs = results.median(peer.name(), benchmark.measure()::of);
            if (peer.rated() && theirs.isPresent() && theirs.getAsDouble() > 0) {
                ratio(benchmark, peer.name(), ours.getAsDouble(), theirs.getAsDouble());
            }
        }
        absolute(benchmark)
                .filter(_ -> judge)
                .ifPresent(bar -> line(
                        "bar %s <= %.0f %.1f %s",
                        benchmark.name(), bar.limit(), ours.getAsDouble(), verdict(ours.getAsDouble(), bar)));
    }

    private void ratio(Benchmark benchmark, String peer, double ours, double theirs) {
        double ratio = ours / theirs;
        line("ratio %s %s %.1f %.1f %.3f", benchmark.name(), peer, ours, theirs, ratio);
        benchmark.bars().stream()
                .filter(bar -> judge && bar.peer().equals(Optional.of(peer)))
                .forEach(bar -> line("bar %s %s <= %.3f %s", benchmark.name(), peer, bar.limit(), verdict(ratio, bar)));
    }

    private static String verdict(double figure, Bar bar) {
        return figure <= bar.limit() ? "met" : "missed";
    }

    private static Optional<Bar> absolute(Benchmark benchmark) {
        return benchmark.bars().stream().filter(bar -> bar.peer().isEmpty()).findFirst();
    }

    private static String about(Peer peer) {
        try {
            return peer.about();
        } catch (PeerMissingException e) {
            return "missing";
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library of its own
    private void line(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
