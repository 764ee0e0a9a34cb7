import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A running program. What it prints is read line by line, while it runs. */
final class NetProcess implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    private static final Pattern PORT = Pattern.compile("/[\\d.:]+:(\\d+)");

    private final String name;
    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> printed = new ArrayList<>();
    private final Thread reading;

    private NetProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.reading = Thread.ofVirtual().start(() -> read(process.inputReader()));
    }

    private void read(BufferedReader output) {
        try (output) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NetProcess start(Path directory, List<String> flags, String name, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        command.addAll(flags);
        String classPath = directory + System.getProperty("path.separator") + System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classPath, name));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, name, ".err");
        return new NetProcess(
                name, new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** Waits for the next line. */
    String line() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            String line = lines.poll(50, TimeUnit.MILLISECONDS);
            if (line != null) {
                printed.add(line);
                return line;
            }
            if (!reading.isAlive() && lines.isEmpty()) {
                throw new AssertionError(name + " has ended after " + this);
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(name + " prints nothing more after " + this);
            }
        }
    }

    /** Waits for a line that has {@code text} in it. */
    String lineWith(String text) throws Exception {
        while (true) {
            String line = line();
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Waits for the line that tells the port it listens on. */
    String port() throws Exception {
        var matcher = PORT.matcher(line());
        if (!matcher.find()) {
            throw new AssertionError(name + " tells no port: " + this);
        }
        return matcher.group(1);
    }

    /** Types a line. */
    void type(String line) throws IOException {
        var input = process.outputWriter();
        input.write(line + "\n");
        input.flush();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the end, and returns all it has printed. */
    String output() throws Exception {
        return outputOf(0);
    }

    /** The same of a program that ends with {@code code}. */
    String outputOf(int code) throws Exception {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " hangs after " + this);
        }
        reading.join();
        lines.drainTo(printed);
        if (process.exitValue() != code) {
            throw new AssertionError(name + " ends with " + process.exitValue() + " after " + this);
        }
        return printed.isEmpty() ? "" : String.join("\n", printed) + "\n";
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        try {
            return printed + " " + lines + " " + errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
