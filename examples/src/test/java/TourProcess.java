import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** {@code ./jasyncio tour} without its shell script: compiled programs, shown by a JVM of its own on the backend of the tests. */
final class TourProcess {
    private static final int LIMIT_SECONDS = 100;

    private final Path directory;
    private final List<String> flags = CrawlerProcess.backendFlags();

    private TourProcess(Path directory) {
        this.directory = directory;
    }

    /** What a tour printed, on standard output and standard error. */
    record Result(int exitCode, String out, double seconds) {
        /** Returns what a program printed: what follows its heading and the first empty line. */
        String printedBy(String name) {
            var matcher = Pattern.compile("(?m)^── \\d+/\\d+ " + name + " ─+\n(?:.+\n)+\n((?:(?!── |━━ ).*\n)*)")
                    .matcher(out);
            if (!matcher.find()) {
                throw new AssertionError(name + " is not on the tour: " + out);
            }
            return matcher.group(1).stripTrailing() + "\n";
        }
    }

    /** Compiles the programs with every warning an error. */
    static TourProcess compile(Path directory) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        List<String> options = List.of(
                "-Xlint:all",
                "-Xlint:-classfile",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString());
        try (var manager = compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            var files = manager.getJavaFileObjectsFromPaths(
                    TourFiles.names().stream().map(TourFiles::program).toList());
            compiler.getTask(said, manager, null, options, null, files).call();
        }
        assertEquals("", said.toString());
        return new TourProcess(directory);
    }

    boolean portable() {
        return flags.contains("-Djasyncio.backend=portable");
    }

    Result take(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        command.addAll(flags);
        command.add("--enable-native-access=ALL-UNNAMED"); // for the engines of the network
        command.addAll(List.of(
                "-cp",
                directory + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                "jasyncio.cli.Tour",
                TourFiles.ROOT.toString()));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Path out = Files.createTempFile(directory, "tour", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String text = Files.readString(out);
        if (!ended) {
            throw new AssertionError("the tour hangs after " + text);
        }
        return new Result(process.exitValue(), text, (System.nanoTime() - start) / 1e9);
    }
}
