package jasyncio.bench;

import jasyncio.bench.peer.Plan;
import jasyncio.bench.peer.Sample;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the peers of a benchmark against each other: every round measures each peer once, in order, in a process of its own. */
final class Contest {

    private final Options options;
    private final PrintStream progress;

    /**
     * A contest under these options.
     *
     * @param progress gets a line per child process as it finishes
     */
    Contest(Options options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Measures the benchmark; peers that are missing or fail are noted in the results, and the others go on. */
    Results run(Benchmark benchmark) {
        Results results = new Results();
        int rounds = options.rounds().orElse(options.quick() ? 1 : benchmark.rounds());
        for (int round = 1; round <= rounds; round++) {
            for (Peer peer : benchmark.peers()) {
                if (results.runnable(peer)) {
                    String label = "%s %d/%d %s: ".formatted(benchmark.name(), round, rounds, peer.name());
                    progress.println(label + measure(benchmark, peer, results));
                }
            }
        }
        return results;
    }

    private String measure(Benchmark benchmark, Peer peer, Results results) {
        try {
            Plan plan = options.quick() ? benchmark.quickPlan() : benchmark.plan();
            List<String> command = new ArrayList<>(peer.command(benchmark.jvmFlags()));
            command.addAll(plan.toArguments());
            Sample sample = ChildProcess.run(command, peer.input(), benchmark.limit());
            results.add(peer, sample);
            Measure measure = benchmark.measure();
            return String.format(Locale.ROOT, "%.1f %s", measure.of(sample), measure.unit());
        } catch (PeerMissingException e) {
            results.miss(peer, String.valueOf(e.getMessage()));
            return "skipped, " + e.getMessage();
        } catch (ChildFailedException e) {
            results.fail(peer, String.valueOf(e.getMessage()));
            return "failed. " + e.getMessage();
        }
    }
}
