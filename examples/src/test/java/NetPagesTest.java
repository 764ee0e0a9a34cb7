import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages on the network show programs: they are those files, and print what the page shows; an ellipsis stands for anything. */
@Timeout(120)
class NetPagesTest {
    private static final String SNIPPETS = "examples/snippets/net";

    /** After a comment that names its file: a program and, in the block of text behind it, what it prints. */
    private static final Pattern SHOWN = Pattern.compile(
            "<!-- program: " + SNIPPETS
                    + "/(\\w+)\\.java ?([^>]*?) -->\n```java\n((?:(?!```).*\n)*)```\n(?:(?!```).*\n)*?```text\n((?:(?!```).*\n)*)```");

    @TempDir
    static Path temporary;

    private static NetPrograms programs;

    private record Shown(Path page, String name, String words, String code, String output) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + name;
        }
    }

    @BeforeAll
    static void compile() throws IOException {
        programs = NetPrograms.compile(SNIPPETS, temporary);
    }

    private static List<Shown> shown() throws IOException {
        try (Stream<Path> pages = Files.list(TourFiles.ROOT.resolve("docs/howto"))) {
            return pages.filter(page -> page.toString().endsWith(".md"))
                    .flatMap(page -> SHOWN.matcher(read(page))
                            .results()
                            .map(m -> new Shown(page, m.group(1), m.group(2), m.group(3), m.group(4))))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> program_printsWhatThePageShows() throws IOException {
        return shown().stream()
                .map(s -> dynamicTest(s.toString(), () -> {
                    assertEquals(read(source(s.name)), s.code);
                    assumeTrue(!s.words.contains("loop") || !portable());
                    try (var program = programs.start(s.name)) {
                        String printed = program.output();
                        if (!pattern(s.output).matcher(printed).matches()) {
                            assertEquals(s.output, printed + program.errors());
                        }
                    }
                }));
    }

    @Test
    void programs_areShownOnAPage() throws IOException {
        Set<String> named = shown().stream().map(Shown::name).collect(Collectors.toSet());
        for (Path file : NetPrograms.in(SNIPPETS)) {
            String name = file.getFileName().toString().replace(".java", "");
            boolean program = read(file).contains("\nvoid main(");
            assertTrue(!program || named.contains(name), () -> name + " is on no page: show it, or delete it");
        }
    }

    private static boolean portable() {
        return CrawlerProcess.backendFlags().contains("-Djasyncio.backend=portable");
    }

    private static Path source(String name) {
        return TourFiles.ROOT.resolve(SNIPPETS).resolve(name + ".java");
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[\\s\\S]*?")));
    }
}
