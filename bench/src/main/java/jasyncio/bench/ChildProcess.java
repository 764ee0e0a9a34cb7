package jasyncio.bench;

import jasyncio.bench.peer.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs one measurement in a process of its own. */
final class ChildProcess {

    private static final int TAIL = 15;

    private ChildProcess() {}

    /**
     * Runs the command to its end and returns the sample it printed.
     *
     * @throws ChildFailedException if it failed, took longer than the limit, or printed no sample
     */
    static Sample run(List<String> command, String input, Duration limit) throws ChildFailedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread reaper = Thread.ofPlatform().unstarted(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(reaper);
            try {
                return attend(process, input, limit);
            } finally {
                process.destroyForcibly();
                removeHook(reaper);
            }
        } catch (IOException e) {
            throw new ChildFailedException("Cannot start %s: %s".formatted(command.getFirst(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildFailedException("Interrupted while waiting for " + command.getFirst());
        }
    }

    private static Sample attend(Process process, String input, Duration limit)
            throws InterruptedException, ChildFailedException {
        CompletableFuture<List<String>> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> output.complete(lines(process)));
        feed(process, input);
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new ChildFailedException("Took longer than %d s".formatted(limit.toSeconds()) + tail(output.join()));
        }
        List<String> lines = output.join();
        if (process.exitValue() != 0) {
            throw new ChildFailedException("Ended with exit code %d".formatted(process.exitValue()) + tail(lines));
        }
        return lines.reversed().stream()
                .map(Sample::parse)
                .flatMap(Optional::stream)
                .filter(sample -> sample.operations() > 0)
                .findFirst()
                .orElseThrow(() -> new ChildFailedException("Printed no sample" + tail(lines)));
    }

    /** A child that ends before it has read its input is seen by its exit code. */
    private static void feed(Process process, String input) {
        try (Writer writer = process.outputWriter()) {
            writer.write(input);
        } catch (IOException e) {
            // seen by the exit code
        }
    }

    private static List<String> lines(Process process) {
        try (BufferedReader reader = process.inputReader()) {
            return reader.lines().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of("its output broke off: " + e.getMessage());
        }
    }

    private static String tail(List<String> lines) {
        return lines.isEmpty()
                ? ", with no output"
                : ", its last output:\n    "
                        + String.join("\n    ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the shutdown is under way and runs the hook
        }
    }
}
