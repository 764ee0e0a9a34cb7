package jasyncio.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server on a port of loopback: what is the same whatever it serves.
 *
 * <p>Not thread-safe, but for {@link #port} and {@link #host}.
 */
public abstract sealed class LocalServer implements AutoCloseable permits MariaDbServer, PostgresServer, RedisServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PROBE_MILLIS = 2_000;
    private static final int LOG_TAIL = 15;

    private final String name;
    private final int port;
    private final Path scratch;
    private @Nullable ServerProcess process;

    LocalServer(String name) throws IOException {
        this.name = name;
        this.port = freePort();
        this.scratch = Files.createTempDirectory(
                "jasyncio-%s-%d-".formatted(name, ProcessHandle.current().pid()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The command that runs the server in the foreground. */
    abstract List<String> command() throws IOException;

    /** Whether the server behind a new connection is ready for clients. */
    abstract boolean ready(Socket connection) throws IOException;

    /** A directory of this server's own, that is removed with it. */
    final Path scratch() {
        return scratch;
    }

    /** The address it listens on. */
    public final String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /** The port it listens on, from its first start to its last. */
    public final int port() {
        return port;
    }

    /** The process of the server, while it runs. */
    public final long pid() {
        if (process == null) {
            throw new IllegalStateException(name + " is not running");
        }
        return process.pid();
    }

    /**
     * Starts it, or starts it again with the data it had, and returns when clients can connect.
     *
     * @throws IOException if it ends instead, or is not ready within a minute; the message has the end of its log
     */
    public final void start() throws IOException {
        if (process != null) {
            throw new IllegalStateException("%s is running, as process %d".formatted(name, process.pid()));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        Path log = scratch.resolve("log");
        process = ServerProcess.start(log, scratch, command());
        while (!answers()) {
            boolean late = System.nanoTime() > end;
            if (late || !process.isAlive()) {
                kill();
                throw new IOException("%s %s: %s"
                        .formatted(
                                name, late ? "is not ready after " + PATIENCE.toSeconds() + " s" : "ended", tail(log)));
            }
            ServerProcess.pause();
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            return ready(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
    }

    /** Shuts it down as an administrator would. Its data stay for the next start. Does nothing if it is not running. */
    public final void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Kills it, as a lost machine would. Its data stay for the next start. Does nothing if it is not running. */
    public final void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Ends it and removes what it has left behind. */
    @Override
    public void close() {
        if (process != null) {
            process.erase();
            process = null;
        }
        try {
            Programs.delete(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + scratch, e);
        }
    }
}
