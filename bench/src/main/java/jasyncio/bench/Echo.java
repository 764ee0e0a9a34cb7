package jasyncio.bench;

import jasyncio.bench.echo.EchoSample;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The echo benchmark: every round measures each server once with one size of message, then the next size follows. */
final class Echo {
    static final String GROUP = "echo";
    static final String MANY_GROUP = "echo-1000";

    private static final int FEW = 50;
    private static final int MANY = 1_000;
    private static final List<Integer> KIBIBYTES = List.of(1, 10, 100);
    private static final int ROUNDS = 3;

    private final PrintStream out;
    private final PrintStream progress;
    private final Options options;

    Echo(PrintStream out, PrintStream progress, Options options) {
        this.out = out;
        this.progress = progress;
        this.options = options;
    }

    /** Runs what was asked for; returns false if a server that is there failed. */
    boolean run() throws IOException {
        boolean good = true;
        if (wanted(GROUP)) {
            good = run(FEW, "");
        }
        if (wanted(MANY_GROUP)) {
            good &= run(MANY, "-" + MANY);
        }
        return good;
    }

    private boolean wanted(String group) {
        return options.names().isEmpty() || options.names().contains(group);
    }

    private boolean run(int connections, String suffix) throws IOException {
        Path scratch = Files.createTempDirectory("jasyncio-echo");
        try {
            boolean good = true;
            EchoContest contest = new EchoContest(scratch, options.quick());
            for (int size : KIBIBYTES) {
                EchoResults results = measure(contest, connections, size);
                new EchoBoard(out, !options.quick()).print(connections, size, suffix, results);
                good &= results.failures().isEmpty();
            }
            return good;
        } finally {
            delete(scratch);
        }
    }

    private EchoResults measure(EchoContest contest, int connections, int kibibytes) {
        EchoResults results = new EchoResults();
        int rounds = options.rounds().orElse(options.quick() ? 1 : ROUNDS);
        for (int round = 1; round <= rounds; round++) {
            for (EchoPeer peer : EchoPeers.all()) {
                if (results.runnable(peer.name())) {
                    String outcome = measure(contest, peer, connections, kibibytes, results);
                    progress.printf(
                            Locale.ROOT, "echo %d KiB %d/%d %s: %s%n", kibibytes, round, rounds, peer.name(), outcome);
                }
            }
        }
        return results;
    }

    private static String measure(
            EchoContest contest, EchoPeer peer, int connections, int kibibytes, EchoResults results) {
        try {
            EchoSample sample = contest.measure(peer, connections, kibibytes * 1024);
            results.add(peer.name(), sample);
            return String.format(Locale.ROOT, "%.2f CPU us/request", sample.cpuMicros());
        } catch (PeerMissingException e) {
            results.miss(peer.name(), String.valueOf(e.getMessage()));
            return "skipped, " + e.getMessage();
        } catch (ChildFailedException e) {
            results.fail(peer.name(), String.valueOf(e.getMessage()));
            return "failed. " + e.getMessage();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
