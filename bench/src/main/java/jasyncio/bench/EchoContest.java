package jasyncio.bench;

import jasyncio.bench.echo.EchoLoad;
import jasyncio.bench.echo.EchoSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures one server of the echo benchmark: the server on one core, the client on another. */
final class EchoContest {
    private static final Path PROC = Path.of("/proc/self/stat");
    private static final String SERVER_CORE = "0";
    private static final String CLIENT_CORE = "1";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final int PATIENCE = 10;
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final Path scratch;
    // In CPU time of the server.
    private final Duration warmUp;
    private final Duration compiledWarmUp;
    private final Duration measured;

    /** @param quick whether to run for a moment only, to see that it works */
    EchoContest(Path scratch, boolean quick) {
        this.scratch = scratch;
        this.warmUp = quick ? Duration.ofMillis(200) : Duration.ofMillis(500);
        this.compiledWarmUp = quick ? Duration.ofMillis(200) : Duration.ofSeconds(6);
        this.measured = quick ? Duration.ofMillis(300) : Duration.ofMillis(1_500);
    }

    /**
     * Starts the server, measures it and kills it.
     *
     * @param size of a message in bytes
     */
    EchoSample measure(EchoPeer peer, int connections, int size) throws PeerMissingException, ChildFailedException {
        if (!Files.exists(PROC)) {
            throw new PeerMissingException("the CPU time of a server is read from /proc, which is not here");
        }
        List<String> command = peer.command().in(scratch);
        try {
            Path log = scratch.resolve(peer.name() + ".log");
            Process server = new ProcessBuilder(pinned(SERVER_CORE, command))
                    .redirectError(log.toFile())
                    .start();
            Thread reaper = Thread.ofPlatform().unstarted(server::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(reaper);
            try {
                return load(server, log, peer, connections, size);
            } finally {
                server.destroyForcibly().waitFor();
                Runtime.getRuntime().removeShutdownHook(reaper);
            }
        } catch (IOException e) {
            throw new ChildFailedException("Cannot start %s: %s".formatted(command.getFirst(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildFailedException("Interrupted while it ran");
        }
    }

    private EchoSample load(Process server, Path log, EchoPeer peer, int connections, int size)
            throws IOException, InterruptedException, ChildFailedException {
        Duration warm = peer.compiled() ? compiledWarmUp : warmUp;
        String port = port(server, log);
        List<String> arguments = List.of(
                port,
                Long.toString(server.pid()),
                Integer.toString(connections),
                Integer.toString(size),
                Long.toString(warm.toMillis()),
                Long.toString(measured.toMillis()));
        List<String> command =
                new ArrayList<>(new JvmPeer("client", "", false, EchoLoad.class.getName(), List.of("-XX:+UseSerialGC"))
                        .command(List.of()));
        command.addAll(arguments);
        Path output = scratch.resolve("client.log");
        Process client = new ProcessBuilder(pinned(CLIENT_CORE, command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            Duration limit = warm.plus(measured).multipliedBy(PATIENCE).plus(SLACK);
            if (!client.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ChildFailedException("The client took longer than %d s".formatted(limit.toSeconds()));
            }
        } finally {
            client.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        return EchoSample.find(lines)
                .orElseThrow(() -> new ChildFailedException(
                        "The client measured nothing: " + String.join("\n    ", lines) + "\n  server: " + text(log)));
    }

    private static List<String> pinned(String core, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", core));
        pinned.addAll(command);
        return pinned;
    }

    /** Waits until the server says where it listens. */
    private static String port(Process server, Path log) throws InterruptedException, ChildFailedException {
        var line = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            BufferedReader reader = server.inputReader();
            try {
                line.complete(String.valueOf(reader.readLine()));
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            String first = line.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (first.startsWith("port ")) {
                return first.substring("port ".length());
            }
        } catch (ExecutionException | TimeoutException e) {
            // told below
        }
        throw new ChildFailedException("It did not begin to listen: " + text(log));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
