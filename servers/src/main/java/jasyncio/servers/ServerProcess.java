package jasyncio.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server program in a process of its own.
 *
 * <p>Between this JVM and the server stands a shell that waits for the end of its standard input. That comes when the server is to end, and also when this JVM dies without a word: then
 * the shell kills the server and removes its files. Both are in a session of their own, so that what is sent to all processes of a terminal or of a group, as by Ctrl-C, reaches
 * neither: the server must not end before the program has had its last word with it, and the shell must outlive the program.
 */
final class ServerProcess {
    private static final String GUARD = """
            log=$1; scratch=$2; shift 2
            "$@" </dev/null >>"$log" 2>&1 &
            server=$!
            echo $server
            word=$(cat)
            kill -KILL $server 2>/dev/null
            wait $server 2>/dev/null
            [ "$word" = keep ] || rm -rf -- "$scratch"
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STEP_MILLIS = 5;

    private final Process guard;
    private final ProcessHandle server;

    private ServerProcess(Process guard, ProcessHandle server) {
        this.guard = guard;
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param log where its output is appended
     * @param scratch a directory to remove when this JVM is gone
     */
    static ServerProcess start(Path log, Path scratch, List<String> command) throws IOException {
        var guarded =
                new ArrayList<>(List.of("setsid", "sh", "-c", GUARD, "guard", log.toString(), scratch.toString()));
        guarded.addAll(command);
        Process guard = new ProcessBuilder(guarded)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(guard.inputReader(StandardCharsets.US_ASCII));
        String pid = out.readLine();
        if (pid == null) {
            throw new IOException(
                    "Cannot start %s: the shell that guards it ended at once".formatted(command.getFirst()));
        }
        return new ServerProcess(guard, ProcessHandle.of(Long.parseLong(pid)).orElseGet(guard::toHandle));
    }

    long pid() {
        return server.pid();
    }

    boolean isAlive() {
        return guard.isAlive() && runs();
    }

    /** A server that has ended stays in the table of processes, as a zombie, until its guard ends. */
    private boolean runs() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(server.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks the server to shut down, waits until it has, and kills it if that takes too long. Its files stay. */
    void stop() {
        server.destroy();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (runs() && System.nanoTime() < end) {
            pause();
        }
        kill();
    }

    /** Kills the server. Its files stay. */
    void kill() {
        end("keep");
    }

    /** Kills the server and removes its files. */
    void erase() {
        end("");
    }

    private void end(String word) {
        try (OutputStream in = guard.getOutputStream()) {
            in.write(word.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // the guard is gone, and so is the server
        }
        boolean interrupted = false;
        while (guard.isAlive()) {
            try {
                guard.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets a moment pass; an interrupt shortens it and stays for the caller to see. */
    static void pause() {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
