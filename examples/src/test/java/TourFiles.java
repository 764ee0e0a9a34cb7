import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the tour, read independently of the command that shows them. */
final class TourFiles {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TOUR = ROOT.resolve("examples/tour");

    private TourFiles() {}

    static Path program(String name) {
        return TOUR.resolve(name + ".java");
    }

    static Path expected(String file) {
        return TOUR.resolve("expected").resolve(file);
    }

    /** The programs in the order of the index. */
    static List<String> names() {
        return entries().map(List::getFirst).toList();
    }

    /** What the index says of a program. */
    static List<String> words(String name) {
        List<String> entry = entries()
                .filter(words -> words.getFirst().equals(name))
                .findFirst()
                .orElseThrow();
        return entry.subList(1, entry.size());
    }

    private static Stream<List<String>> entries() {
        try {
            return Files.readAllLines(TOUR.resolve("index.txt")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("="))
                    .map(line -> List.of(line.split(" ")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the files that end so in a directory of the tour, without their end. */
    static Set<String> namesIn(String directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(TOUR.resolve(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(end) && !file.equals("index.txt"))
                    .map(file -> file.substring(0, file.length() - end.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Whether {@code text} is {@code expected}, in which an ellipsis stands for anything within a line. */
    static boolean matches(String expected, String text) {
        return Pattern.compile(Arrays.stream(expected.split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .matcher(text)
                .matches();
    }
}
