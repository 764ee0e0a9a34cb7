package jasyncio.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server in a process of its own, alone on one core; its clients are on another one. Closing it kills it. */
final class RunningServer implements AutoCloseable {
    private static final String SERVER_CORE = "0";
    private static final String CLIENT_CORE = "1";
    private static final Duration LINE_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader output;
    private final Path scratch;
    private final Path log;
    private final Thread reaper;
    private String port = "";

    private RunningServer(Process process, Path scratch, Path log) {
        this.process = process;
        this.output = process.inputReader();
        this.scratch = scratch;
        this.log = log;
        this.reaper = Thread.ofPlatform().unstarted(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts a server, and waits until it says where it listens. */
    static RunningServer start(ServerPeer peer, Path scratch)
            throws IOException, InterruptedException, PeerMissingException, ChildFailedException {
        List<String> command = pinned(SERVER_CORE, peer.command().in(scratch));
        Path log = scratch.resolve(peer.name() + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        var server = new RunningServer(process, scratch, log);
        try {
            server.port = server.answer("port ");
            return server;
        } catch (IOException | InterruptedException | ChildFailedException e) {
            server.close();
            throw e;
        }
    }

    String port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Writes a line to the server's standard input, and returns what follows {@code start} in the line that it answers with. */
    String ask(String question, String start) throws IOException, InterruptedException, ChildFailedException {
        tell(process, question);
        return answer(start);
    }

    static void tell(Process process, String line) throws IOException {
        Writer writer = process.outputWriter();
        writer.write(line + "\n");
        writer.flush();
    }

    private String answer(String start) throws IOException, InterruptedException, ChildFailedException {
        String line = line(output);
        if (!line.startsWith(start)) {
            throw new ChildFailedException("It said '%s' instead of '%s...': %s".formatted(line, start, errors()));
        }
        return line.substring(start.length());
    }

    /** Returns the next line, or "null" at the end and when none comes for long. */
    static String line(BufferedReader reader) throws IOException, InterruptedException {
        var line = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                line.complete(String.valueOf(reader.readLine()));
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            return line.get(LINE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            return "null";
        }
    }

    /** Starts a client program; errors go where its output goes. */
    Process startClient(Class<?> program, String... arguments) throws IOException {
        return client(program, arguments).start();
    }

    private static ProcessBuilder client(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(
                new JvmPeer("client", "", false, program.getName(), List.of("-XX:+UseSerialGC")).command(List.of()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(pinned(CLIENT_CORE, command)).redirectErrorStream(true);
    }

    /** Runs a client program to its end, and returns what it printed. */
    List<String> runClient(Duration limit, Class<?> program, String... arguments)
            throws IOException, InterruptedException, ChildFailedException {
        Path printed = scratch.resolve("client.log");
        Process client =
                client(program, arguments).redirectOutput(printed.toFile()).start();
        try {
            if (!client.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ChildFailedException("The client took longer than %d s".formatted(limit.toSeconds()));
            }
        } finally {
            client.destroyForcibly();
        }
        return Files.readAllLines(printed);
    }

    /** What the server wrote to its standard error. */
    String errors() {
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> pinned(String core, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", core));
        pinned.addAll(command);
        return pinned;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException e) {
            // the shutdown is under way and runs the hook
        }
    }
}
