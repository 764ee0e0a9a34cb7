package jasyncio.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles, runs and compares what the pages show. */
class PagesTest {
    private static final String SNIPPETS = "examples/snippets";

    /** Their output is recorded, and compared with what they print by the tests of the examples. */
    private static final String TOUR = "examples/tour/";

    /** They need the network, and are run by the tests of the examples. */
    private static final String NET = "examples/snippets/net/";

    /** The backend that this run of the suite is for. */
    private static final String BACKEND = System.getProperty("jasyncio.backend", "portable");

    private static final List<String> LOOP_FLAGS = List.of(
            "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED");

    private static final List<Page> PAGES = Page.all();

    @TempDir
    static Path temporary;

    @BeforeAll
    static void compileSnippets() throws IOException {
        assertEquals("", Javac.compile(snippets(), temporary));
    }

    @TestFactory
    Stream<DynamicTest> program_isTheFileItNames() {
        return programs()
                .map(program -> dynamicTest(
                        program.toString(),
                        () -> assertEquals(Files.readString(Page.ROOT.resolve(program.file())), program.code())));
    }

    @TestFactory
    Stream<DynamicTest> program_printsWhatThePageShows() {
        return programs()
                .filter(program ->
                        !program.file().startsWith(TOUR) && !program.file().startsWith(NET))
                .map(program -> dynamicTest(program.toString(), () -> {
                    String backend = program.words().contains("portable") ? "portable" : "loop";
                    assumeTrue(backend.equals(BACKEND)
                            || program.words().stream().noneMatch(Set.of("loop", "portable")::contains));
                    assertMatches(program.output(), run(program));
                }));
    }

    @TestFactory
    Stream<DynamicTest> programOfTheTour_printsWhatThePageShows() {
        return programs()
                .filter(program -> program.file().startsWith(TOUR))
                .map(program ->
                        dynamicTest(program.toString(), () -> assertMatches(program.output(), recorded(program))));
    }

    @TestFactory
    Stream<DynamicTest> fragment_isRefusedInTheWordsOfThePage() {
        return PAGES.stream()
                .flatMap(page -> page.refused().stream())
                .map(refused -> dynamicTest(refused.toString(), () -> {
                    String said = Javac.compileFragment(refused.code(), temporary);
                    for (String line : refused.message().lines().toList()) {
                        assertTrue(
                                pattern(line.strip()).matcher(said).find(),
                                () -> "Expected: " + line + "\nbut javac said: " + said);
                    }
                }));
    }

    @Test
    void markedBlocks_areComplete() {
        for (Page page : PAGES) {
            assertEquals(
                    page.marks(),
                    page.programs().size() + page.refused().size(),
                    page.name().toString());
        }
    }

    @Test
    void tutorial_showsTheSameInBothLanguages() {
        assertEquals(shownIn("en"), shownIn("zh"));
    }

    /** Maps the tutorial's pages to the programs they show, in order. */
    private static Map<String, List<String>> shownIn(String language) {
        return PAGES.stream()
                .filter(page -> page.name().startsWith(Path.of("docs", "tutorial", language)))
                .collect(Collectors.toMap(
                        page -> page.file().getFileName().toString(),
                        page -> page.programs().stream().map(Page.Program::file).toList()));
    }

    @Test
    void snippets_areShownOnAPage() throws IOException {
        Set<String> shown = programs().map(Page.Program::file).collect(Collectors.toSet());
        for (Path file : snippets()) {
            String name = Page.ROOT.relativize(file).toString().replace('\\', '/');
            assertTrue(shown.contains(name), () -> name + " is on no page: show it, or delete it");
        }
    }

    @Test
    void links_leadToFiles() {
        for (Page page : PAGES) {
            Path directory = page.file().resolveSibling("");
            for (String link : page.links()) {
                assertTrue(
                        Files.exists(directory.resolve(link)),
                        () -> page.name() + " links to " + link + ", which is not there");
            }
        }
    }

    private static Stream<Page.Program> programs() {
        return PAGES.stream().flatMap(page -> page.programs().stream());
    }

    private static List<Path> snippets() throws IOException {
        try (Stream<Path> files = Files.list(Page.ROOT.resolve(SNIPPETS))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** Runs a program in a JVM of its own, and returns what it wrote to standard output and standard error. */
    private static String run(Page.Program program) throws IOException, InterruptedException {
        String mainClass = Path.of(program.file()).getFileName().toString().replace(".java", "");
        Path output = temporary.resolve(mainClass + ".txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (BACKEND.equals("loop")) {
            command.addAll(LOOP_FLAGS);
        }
        command.addAll(List.of(
                "-Djasyncio.backend=" + BACKEND,
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        program.words().stream().filter(word -> word.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-cp", temporary + System.getProperty("path.separator") + Javac.classPath(), mainClass));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(40, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertTrue(ended, () -> program + " did not end within 40 s");
        return Files.readString(output);
    }

    /** Returns what a program of the tour prints. */
    private static String recorded(Page.Program program) throws IOException {
        String name = program.file().substring(TOUR.length()).replace(".java", "");
        Path expected = Page.ROOT.resolve(TOUR + "expected");
        Path ours = expected.resolve(name + ".jasyncio.txt");
        return Files.readString(Files.exists(ours) ? ours : expected.resolve(name + ".txt"));
    }

    private static void assertMatches(String expected, String actual) {
        if (!pattern(expected).matcher(actual).matches()) {
            assertEquals(expected, actual);
        }
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[\\s\\S]*?")));
    }
}
