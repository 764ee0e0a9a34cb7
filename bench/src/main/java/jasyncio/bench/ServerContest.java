package jasyncio.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Runs servers against each other: every round measures each of them once, in order, in a process of its own. */
final class ServerContest {
    private static final Path PROC = Path.of("/proc/self/stat");
    private static final int ROUNDS = 3;

    private final Path scratch;
    private final PrintStream progress;
    private final Options options;

    /**
     * A contest under these options.
     *
     * @param scratch a directory for files
     * @param progress gets a line per measurement as it finishes
     */
    ServerContest(Path scratch, PrintStream progress, Options options) {
        this.scratch = scratch;
        this.progress = progress;
        this.options = options;
    }

    /** Measures a running server. */
    @FunctionalInterface
    interface Trial<S> {
        S of(ServerPeer peer, RunningServer server) throws IOException, InterruptedException, ChildFailedException;
    }

    /**
     * Measures these servers; those that are missing or fail are noted in the results, and the others go on.
     *
     * @param name the name of the benchmark
     * @param figure the outcome for the progress line
     */
    <S> ServerResults<S> run(String name, List<ServerPeer> peers, Trial<S> trial, Function<S, String> figure) {
        ServerResults<S> results = new ServerResults<>();
        int rounds = options.rounds().orElse(options.quick() ? 1 : ROUNDS);
        for (int round = 1; round <= rounds; round++) {
            for (ServerPeer peer : peers) {
                if (results.runnable(peer.name())) {
                    String label = "%s %d/%d %s: ".formatted(name, round, rounds, peer.name());
                    progress.println(label + outcome(peer, trial, figure, results));
                }
            }
        }
        return results;
    }

    private <S> String outcome(ServerPeer peer, Trial<S> trial, Function<S, String> figure, ServerResults<S> results) {
        try {
            S sample = measure(peer, trial);
            results.add(peer.name(), sample);
            return figure.apply(sample);
        } catch (PeerMissingException e) {
            results.miss(peer.name(), String.valueOf(e.getMessage()));
            return "skipped, " + e.getMessage();
        } catch (ChildFailedException e) {
            results.fail(peer.name(), String.valueOf(e.getMessage()));
            return "failed. " + e.getMessage();
        }
    }

    private <S> S measure(ServerPeer peer, Trial<S> trial) throws PeerMissingException, ChildFailedException {
        if (!Files.exists(PROC)) {
            throw new PeerMissingException("what a server uses is read from /proc, which is not here");
        }
        try (RunningServer server = RunningServer.start(peer, scratch)) {
            return trial.of(peer, server);
        } catch (IOException e) {
            throw new ChildFailedException("Cannot run %s: %s".formatted(peer.name(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildFailedException("Interrupted while it ran");
        }
    }
}
