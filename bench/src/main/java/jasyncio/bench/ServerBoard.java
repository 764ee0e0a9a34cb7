package jasyncio.bench;

import jasyncio.bench.echo.EchoSample;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Prints a table of the servers, and ratio and bar lines of CPU time per request. */
final class ServerBoard {
    private final PrintStream out;
    private final boolean judge;

    /** @param judge whether the figures are good enough for verdicts */
    ServerBoard(PrintStream out, boolean judge) {
        this.out = out;
        this.judge = judge;
    }

    /**
     * One of our servers and those it is compared with.
     *
     * @param name the name in ratio and bar lines
     * @param ours the name of our server
     */
    record Match(String name, String ours, List<Rival> rivals) {}

    /**
     * A server that one of ours is compared with.
     *
     * @param label its name in ratio and bar lines
     * @param server its name in the table
     * @param bar the largest ratio that is accepted, if there is one
     */
    record Rival(String label, String server, OptionalDouble bar) {}

    /**
     * Prints one benchmark.
     *
     * @param unit what one request is called in the table's head
     */
    void print(String title, String unit, ServerResults<EchoSample> results, List<Match> matches) {
        out.println();
        line("%s", title);
        line(
                "  %-18s %13s %9s %9s %9s %8s %8s %15s %8s",
                "server", unit + "/s", "p50 us", "p99 us", "CPU us", "user", "system", "CPU min-max", "client");
        results.servers().forEach(server -> row(server, results));
        troubles(results);
        matches.forEach(match -> ratios(match, results));
        out.flush();
    }

    /** Prints which servers could not be measured, and why. */
    void troubles(ServerResults<?> results) {
        results.missing().forEach((server, reason) -> line("  %-18s skipped: %s", server, reason));
        results.failures().forEach((server, reason) -> line("  %-18s failed: %s", server, reason));
    }

    /** Prints the verdict on how much more than a peer ours takes. */
    void excess(String name, double limit, double figure) {
        if (judge) {
            line("bar %s <= %.0f %.0f %s", name, limit, figure, figure <= limit ? "met" : "missed");
        }
    }

    private void row(String server, ServerResults<EchoSample> results) {
        double[] cpu = results.sorted(server, EchoSample::cpuMicros);
        line(
                "  %-18s %13.0f %9.0f %9.0f %9.2f %8.2f %8.2f %7.2f-%7.2f %7.0f%%",
                server,
                median(server, results, EchoSample::perSecond),
                median(server, results, EchoSample::medianNanos) / 1e3,
                median(server, results, EchoSample::tailNanos) / 1e3,
                median(server, results, EchoSample::cpuMicros),
                median(server, results, EchoSample::userMicros),
                median(server, results, EchoSample::systemMicros),
                cpu[0],
                cpu[cpu.length - 1],
                median(server, results, EchoSample::clientLoad) * 100);
    }

    private static double median(
            String server, ServerResults<EchoSample> results, ToDoubleFunction<EchoSample> figure) {
        return results.median(server, figure).orElseThrow();
    }

    private void ratios(Match match, ServerResults<EchoSample> results) {
        OptionalDouble ours = results.median(match.ours(), EchoSample::cpuMicros);
        if (ours.isEmpty()) {
            return;
        }
        for (Rival rival : match.rivals()) {
            OptionalDouble theirs = results.median(rival.server(), EchoSample::cpuMicros);
            if (theirs.isPresent()) {
                ratio(match.name(), rival, ours.getAsDouble(), theirs.getAsDouble());
            }
        }
    }

    private void ratio(String name, Rival rival, double ours, double theirs) {
        double ratio = ours / theirs;
        line("ratio %s %s %.2f %.2f %.3f", name, rival.label(), ours, theirs, ratio);
        if (judge && rival.bar().isPresent()) {
            double limit = rival.bar().getAsDouble();
            line("bar %s %s <= %.3f %s", name, rival.label(), limit, ratio <= limit ? "met" : "missed");
        }
    }

    /** Prints a line. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library of its own
    void line(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
