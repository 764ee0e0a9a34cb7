package jasyncio.verify;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test method of CPython's has a row, and each row a test that exists or a reason. */
class CorpusTest {
    private static final int WITHOUT_TESTS = 3;

    @TempDir
    Path temporary;

    @Test
    void tables_areThoseOfCPythonsFiles() throws IOException {
        var tables = Corpus.rows().stream().map(Corpus.Row::file).collect(toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Corpus.FILES), tables);
    }

    @Test
    void rows_haveEitherTestsOrAReason() throws IOException {
        var wrong = Corpus.rows().stream()
                .filter(row -> row.tests().isEmpty() == (row.reason() == null))
                .map(Corpus.Row::toString)
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void methods_haveOneRowEach() throws IOException {
        var seen = new HashSet<String>();
        var twice = Corpus.rows().stream()
                .map(Corpus.Row::toString)
                .filter(row -> !seen.add(row))
                .toList();
        assertEquals(List.of(), twice);
    }

    @Test
    void tests_ofEachRow_exist() throws IOException {
        var missing = new ArrayList<String>();
        for (Corpus.Row row : Corpus.rows()) {
            for (String test : row.tests()) {
                JavaTests.problem(test).ifPresent(problem -> missing.add(row + ": " + test + ": " + problem));
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void rows_areCPythonsMethods() throws IOException {
        assertSameMethods(Files.readAllLines(Corpus.DIRECTORY.resolve("methods.txt")));
    }

    /** Other releases of 3.13 have a few tests more; the tables are of the release that methods.txt names. */
    @Test
    void rows_areTheMethodsOfTheCPythonThatIsHere() throws Exception {
        Optional<Path> python = PythonFinder.find();
        assumeTrue(python.isPresent(), "No CPython 3.13 on PATH or under pyenv");
        File output = temporary.resolve("methods").toFile();
        Process listing = new ProcessBuilder(
                        python.get().toString(),
                        Corpus.DIRECTORY.resolve("list_methods.py").toString())
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        boolean ended = listing.waitFor(60, TimeUnit.SECONDS);
        listing.destroyForcibly().waitFor();
        assertTrue(ended, "list_methods.py did not end within 60 s");
        assumeTrue(listing.exitValue() != WITHOUT_TESTS, "CPython came without its tests");
        assertEquals(0, listing.exitValue(), "exit code of list_methods.py");
        List<String> here = Files.readAllLines(output.toPath());
        String recorded =
                Files.readAllLines(Corpus.DIRECTORY.resolve("methods.txt")).getFirst();
        assumeTrue(here.getFirst().equals(recorded), () -> here.getFirst() + " is here, not " + recorded);
        assertSameMethods(here);
    }

    /** Compares the rows with a listing, whose first line is the version. */
    private static void assertSameMethods(List<String> listing) throws IOException {
        var expected = listing.stream()
                .skip(1)
                .map(line -> line.replaceFirst("\t", ".tsv: "))
                .collect(toCollection(TreeSet::new));
        var actual = Corpus.rows().stream().map(Corpus.Row::toString).collect(toCollection(TreeSet::new));
        var missing = new TreeSet<>(expected);
        missing.removeAll(actual);
        var invented = new TreeSet<>(actual);
        invented.removeAll(expected);
        assertEquals(List.of(), List.copyOf(missing), "methods without a row");
        assertEquals(List.of(), List.copyOf(invented), "rows without a method");
    }
}
