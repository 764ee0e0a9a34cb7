import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tour prints what CPython prints for the same programs.
 *
 * <p>{@code expected/NAME.txt} is what CPython printed. Where ours differs on purpose {@code expected/NAME.jasyncio.txt} is what it prints, and
 * the program's comment says why.
 */
@Timeout(120)
class TourTest {
    @TempDir
    static Path temporary;

    private static TourProcess tour;
    private static TourProcess.Result all;

    @BeforeAll
    static void takeTheTour() throws Exception {
        tour = TourProcess.compile(temporary);
        all = tour.take();
    }

    @Test
    void tour_endsWell() {
        assertEquals(0, all.exitCode(), all.out());
    }

    @TestFactory
    Stream<DynamicTest> program_printsWhatIsExpected() {
        return TourFiles.names().stream()
                .map(name -> dynamicTest(name, () -> {
                    String expected = Files.readString(expected(name));
                    String printed = all.printedBy(name);
                    if (!TourFiles.matches(expected, printed)) {
                        assertEquals(expected, printed);
                    }
                }));
    }

    /** On the portable backend a blocking call blocks the loop, as it does in CPython. */
    private static Path expected(String name) {
        boolean asInPython = tour.portable() && TourFiles.words(name).contains("blocking");
        Path ours = TourFiles.expected(name + ".jasyncio.txt");
        return Files.exists(ours) && !asInPython ? ours : TourFiles.expected(name + ".txt");
    }

    @TestFactory
    Stream<DynamicTest> program_thatDiffersFromCPython_saysWhy() {
        return TourFiles.names().stream()
                .map(name -> dynamicTest(name, () -> {
                    Path ours = TourFiles.expected(name + ".jasyncio.txt");
                    assertEquals(
                            Files.exists(ours),
                            Files.readString(TourFiles.program(name)).contains("\n * CPython differs: "),
                            "A reason in the first comment and " + ours + " belong together");
                    if (Files.exists(ours)) {
                        assertNotEquals(Files.readString(TourFiles.expected(name + ".txt")), Files.readString(ours));
                    }
                }));
    }

    @Test
    void index_namesEveryProgram_andThereIsAPythonTwinOfEach() throws IOException {
        var indexed = new TreeSet<>(TourFiles.names());
        assertEquals(indexed, TourFiles.namesIn("", ".java"));
        var python = TourFiles.namesIn("python", ".py");
        python.remove("record");
        assertEquals(indexed, python);
        assertEquals(
                indexed,
                TourFiles.namesIn("expected", ".txt").stream()
                        .map(name -> name.replace(".jasyncio", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void table_hasEveryProgram() throws IOException {
        String table = Files.readString(TourFiles.ROOT.resolve("docs/tutorial/snippets.md"));
        for (String name : TourFiles.names()) {
            assertTrue(table.contains("(../../examples/tour/" + name + ".java)"), name + " is not in the table");
        }
    }

    @Test
    void list_namesEveryProgram_inOrder() throws Exception {
        List<String> listed = tour.take("--list")
                .out()
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(" ")[0])
                .toList();
        assertEquals(TourFiles.names(), listed);
    }

    @Test
    void program_isFoundHoweverItIsWritten_andShown() throws Exception {
        var result = tour.take("FIB", "set-after");
        assertEquals(0, result.exitCode(), result.out());
        assertTrue(result.out().contains("    void setAfter(Future<String> fut) {\n"), result.out());
        assertTrue(result.out().contains("\n55\n89\n\n"), result.out());
        assertTrue(result.out().endsWith("\n666\n\n"), result.out());
    }

    @Test
    void programThatDiffers_isShownWithWhatCPythonPrints() throws Exception {
        var result = tour.take("tasks-3");
        assertTrue(
                result.out().contains("\nCPython prints:\n    TypeError: Passing coroutines is forbidden"),
                result.out());
    }

    @Test
    void unknownProgram_isRefusedWithTheNearestName() throws Exception {
        var result = tour.take("tasksgroups");
        assertEquals(2, result.exitCode());
        assertEquals(
                "jasyncio: the tour has no program 'tasksgroups'; did you mean TaskGroups? ./jasyncio tour --list names all\n",
                result.out());
    }

    @Test
    void unknownOption_isRefused() throws Exception {
        var result = tour.take("--fast");
        assertEquals(2, result.exitCode());
        assertTrue(result.out().contains("not '--fast'"), result.out());
    }

    @Test
    void virtualTime_leavesNothingToWaitFor() throws Exception {
        var virtual = tour.take("AsyncIterators"); // 100 s
        assertTrue(virtual.seconds() < 30, () -> virtual.seconds() + " s");
        var real = tour.take("--real", "FutureForever"); // 1 s
        assertTrue(real.seconds() >= 1, () -> real.seconds() + " s");
        assertFalse(real.out().contains("failed"), real.out());
    }

    @Test
    void words_areKnown() {
        for (String name : TourFiles.names()) {
            assertTrue(Set.of("real", "blocking").containsAll(TourFiles.words(name)), name);
        }
    }
}
