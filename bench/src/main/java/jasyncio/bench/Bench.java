package jasyncio.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the benchmarks and prints the scores: {@code ./jasyncio bench [NAME...] [--quick] [--rounds N] [--json FILE]}.
 *
 * <p>Exit code 0 if everything was measured, met or missed; 1 if a peer that is there failed; 2 for a command line that makes no sense. Tables and ratio lines
 * go to standard output, progress to standard error.
 */
public final class Bench {

    private static final int FAILED = 1;
    private static final int MISUSE = 2;

    private Bench() {}

    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs with this output and this place for progress and complaints, and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Options.USAGE);
                out.println("Benchmarks: " + String.join(", ", Catalogue.groups()));
                return 0;
            }
            return measure(out, err, options);
        } catch (Options.UsageException e) {
            err.println(e.getMessage());
            return MISUSE;
        } catch (IOException e) {
            err.println("Cannot write the JSON file: " + e);
            return FAILED;
        }
    }

    private static int measure(PrintStream out, PrintStream err, Options options) throws IOException {
        machine(out, options);
        Contest contest = new Contest(options, err);
        Scoreboard scoreboard = new Scoreboard(out, !options.quick());
        Map<Benchmark, Results> all = new LinkedHashMap<>();
        for (Benchmark benchmark : Catalogue.named(options.names())) {
            Results results = contest.run(benchmark);
            scoreboard.print(benchmark, results);
            all.put(benchmark, results);
        }
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), all);
        }
        List<Results> failed = all.values().stream()
                .filter(results -> !results.failures().isEmpty())
                .toList();
        boolean served = ServerBenchmark.runAll(out, err, options);
        return failed.isEmpty() && served ? 0 : FAILED;
    }

    private static void machine(PrintStream out, Options options) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        out.printf(
                Locale.ROOT,
                "%s %s, %d processors, load %.1f, JDK %s%n",
                system.getName(),
                system.getArch(),
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                Runtime.version());
        if (options.quick()) {
            out.println("quick run: it shows that everything works, its figures mean nothing");
        }
    }
}
