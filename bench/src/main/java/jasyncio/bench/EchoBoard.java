package jasyncio.bench;

import jasyncio.bench.echo.EchoSample;
import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Prints a table of the servers, and ratio and bar lines of CPU time per request. */
final class EchoBoard {
    private final PrintStream out;
    private final boolean judge;

    /** @param judge whether the figures are good enough for verdicts */
    EchoBoard(PrintStream out, boolean judge) {
        this.out = out;
        this.judge = judge;
    }

    /** @param suffix what follows the size in the names of ratio lines */
    void print(int connections, int kibibytes, String suffix, EchoResults results) {
        out.println();
        line("echo: %d connections, messages of %d KiB, one request at a time on each", connections, kibibytes);
        line(
                "  %-18s %10s %9s %9s %9s %8s %8s %13s %8s",
                "server", "requests/s", "p50 us", "p99 us", "CPU us", "user", "system", "CPU min-max", "client");
        results.servers().forEach(server -> row(server, results));
        results.missing().forEach((server, reason) -> line("  %-18s skipped: %s", server, reason));
        results.failures().forEach((server, reason) -> line("  %-18s failed: %s", server, reason));
        for (String engine : EchoPeers.ENGINES) {
            for (String form : EchoPeers.FORMS) {
                ratios(form, engine, kibibytes, suffix, results);
            }
        }
        out.flush();
    }

    private void row(String server, EchoResults results) {
        double[] cpu = results.sorted(server, EchoSample::cpuMicros);
        line(
                "  %-18s %10.0f %9.0f %9.0f %9.2f %8.2f %8.2f %6.2f-%6.2f %7.0f%%",
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

    private static double median(String server, EchoResults results, ToDoubleFunction<EchoSample> figure) {
        return results.median(server, figure).orElseThrow();
    }

    private void ratios(String form, String engine, int kibibytes, String suffix, EchoResults results) {
        OptionalDouble ours = results.median(EchoPeers.ours(form, engine, ""), EchoSample::cpuMicros);
        if (ours.isEmpty()) {
            return;
        }
        String name = EchoPeers.ours(form, engine, "echo-") + "-" + kibibytes + suffix;
        ratio(name, "netty", ours.getAsDouble(), results.median("netty-" + engine, EchoSample::cpuMicros));
        bar(
                name,
                "netty",
                bar(form, kibibytes),
                ours.getAsDouble(),
                results.median("netty-" + engine, EchoSample::cpuMicros));
        for (String peer : EchoPeers.OTHERS) {
            OptionalDouble theirs = results.median(peer, EchoSample::cpuMicros);
            ratio(name, peer, ours.getAsDouble(), theirs);
            bar(name, peer, bar(form, kibibytes, peer), ours.getAsDouble(), theirs);
        }
    }

    private void ratio(String name, String peer, double ours, OptionalDouble theirs) {
        if (theirs.isPresent()) {
            line("ratio %s %s %.2f %.2f %.3f", name, peer, ours, theirs.getAsDouble(), ours / theirs.getAsDouble());
        }
    }

    private void bar(String name, String peer, OptionalDouble limit, double ours, OptionalDouble theirs) {
        if (judge && limit.isPresent() && theirs.isPresent()) {
            boolean met = ours / theirs.getAsDouble() <= limit.getAsDouble();
            line("bar %s %s <= %.3f %s", name, peer, limit.getAsDouble(), met ? "met" : "missed");
        }
    }

    /** The largest ratio to Netty that is accepted. */
    private static OptionalDouble bar(String form, int kibibytes) {
        if (!form.equals("copying")) {
            return OptionalDouble.of(1.10);
        }
        return switch (kibibytes) {
            case 1 -> OptionalDouble.of(1.15);
            case 100 -> OptionalDouble.of(1.6);
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble bar(String form, int kibibytes, String peer) {
        boolean copying = form.equals("copying");
        if (peer.equals("go")) {
            return !copying
                    ? OptionalDouble.of(1.0)
                    : kibibytes < 100 ? OptionalDouble.of(1.15) : OptionalDouble.empty();
        }
        return copying && kibibytes != 10 && peer.equals("uvloop-streams")
                ? OptionalDouble.of(0.75)
                : OptionalDouble.empty();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library of its own
    private void line(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
