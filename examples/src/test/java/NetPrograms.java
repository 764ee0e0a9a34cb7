import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Programs that use the network, compiled with every warning an error, each to be run in a JVM of its own. */
final class NetPrograms {
    private final Path directory;

    private NetPrograms(Path directory) {
        this.directory = directory;
    }

    /** The source files in a directory of the repository. */
    static List<Path> in(String sources) throws IOException {
        try (Stream<Path> files = Files.list(TourFiles.ROOT.resolve(sources))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** Compiles all that is in {@code sources}. */
    static NetPrograms compile(String sources, Path directory) throws IOException {
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
            compiler.getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(in(sources)))
                    .call();
        }
        assertEquals("", said.toString());
        return new NetPrograms(directory);
    }

    /** Starts a program on the backend of the tests. */
    NetProcess start(String name, String... arguments) throws IOException {
        List<String> flags = Stream.concat(
                        CrawlerProcess.backendFlags().stream(), Stream.of("--enable-native-access=ALL-UNNAMED"))
                .toList();
        return NetProcess.start(directory, flags, name, arguments);
    }

    /** Starts a program with flags for the JVM. */
    NetProcess startWith(List<String> flags, String name, String... arguments) throws IOException {
        return NetProcess.start(directory, flags, name, arguments);
    }
}
