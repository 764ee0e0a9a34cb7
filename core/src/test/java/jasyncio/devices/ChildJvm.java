package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of these tests in a JVM of its own, on the backend of the JVM that tests it unless told otherwise. */
public final class ChildJvm implements AutoCloseable {
    private static final long SECONDS = 40;
    private static final String END = "(end of output)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("output of " + process.pid()).start(this::read);
    }

    /** Starts the {@code main} of a class; standard error comes with standard output. */
    public static ChildJvm start(Class<?> program, String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        String backend = System.getProperty("jasyncio.backend", "loop");
        if (backend.equals("loop")) {
            command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
            command.addAll(List.of("--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"));
        }
        command.addAll(List.of("-Djasyncio.backend=" + backend, "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, program.getName()));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits for a line that contains {@code text}, and returns it. */
    public String awaitLine(String text) throws InterruptedException {
        while (true) {
            String line = lines.poll(SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                process.destroyForcibly();
                return fail("No line with '" + text + "' came from the program, but\n" + String.join("\n", seen));
            }
            seen.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Sends it what Ctrl-C sends. */
    public void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor(), "kill -INT");
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits for its end and returns all it has printed. */
    public String output(int exitCode) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            drain();
            fail("The program did not end; so far it printed\n" + String.join("\n", seen));
        }
        drain();
        String output = String.join("\n", seen);
        assertEquals(exitCode, process.exitValue(), output);
        return output;
    }

    private void drain() throws InterruptedException {
        String line;
        while ((line = lines.poll(SECONDS, TimeUnit.SECONDS)) != null && !line.equals(END)) {
            seen.add(line);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output lost: " + e + ")"); // the process was destroyed
        }
        lines.add(END);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
