package jasyncio.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation and what can be checked of it.
 *
 * <p>Before a block of Java stands a comment that says what it is: {@code program: FILE [words]} or {@code refused by javac}. The block
 * of text after it is what it prints, or what the compiler says. An ellipsis in that text stands for anything.
 */
record Page(Path file, String text) {
    /** The repository's root, looked for from the module's directory upwards. */
    static final Path ROOT = root();

    private static final Pattern PROGRAM = sample("program: (\\S+) ?([^>]*?)");
    private static final Pattern REFUSED = sample("(refused by javac)()");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)#\\s]+)[^)]*\\)");

    /** A program with the file it is said to be, words on how to run it, and its output. */
    record Program(Path page, String file, List<String> words, String code, String output) {
        @Override
        public String toString() {
            return page + ": " + file;
        }
    }

    /** Code that does not compile, and what javac says. */
    record Refused(Path page, String code, String message) {
        @Override
        public String toString() {
            return page + ": " + message.lines().findFirst().orElse("");
        }
    }

    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(ROOT::resolve),
                            docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Program> programs() {
        List<Program> found = new ArrayList<>();
        Matcher m = PROGRAM.matcher(text);
        while (m.find()) {
            found.add(new Program(name(), m.group(1), List.of(m.group(2).split(" +")), m.group(3), m.group(4)));
        }
        return found;
    }

    List<Refused> refused() {
        List<Refused> found = new ArrayList<>();
        Matcher m = REFUSED.matcher(text);
        while (m.find()) {
            found.add(new Refused(name(), m.group(3), m.group(4)));
        }
        return found;
    }

    /** How many blocks carry a mark: each must also have been found with all its parts. */
    long marks() {
        return Pattern.compile("(?m)^<!-- (program:|refused)")
                .matcher(text)
                .results()
                .count();
    }

    /** Relative links, as they stand there. */
    List<String> links() {
        return LINK.matcher(text)
                .results()
                .map(m -> m.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    Path name() {
        return ROOT.relativize(file);
    }

    private static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern sample(String mark) {
        return Pattern.compile("<!-- " + mark
                + " -->\n```java\n((?:(?!```).*\n)*)```\n(?:(?!```).*\n)*?```text\n((?:(?!```).*\n)*)```");
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs")) || !Files.exists(directory.resolve("README.md"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("No directory with docs and README.md at or above "
                        + Path.of("").toAbsolutePath());
            }
        }
        return directory;
    }
}
