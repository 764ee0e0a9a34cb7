package jasyncio.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables in {@code verify/corpus}: which test here proves what one of CPython's own proves, or why none can. */
final class Corpus {
    /** The repository's root, from the module's directory or from the root itself. */
    static final Path ROOT = root();

    static final Path DIRECTORY = ROOT.resolve("verify/corpus");

    /** CPython's files, all of which have a table. */
    static final Set<String> FILES = Set.of(
            "test_base_events",
            "test_buffered_proto",
            "test_context",
            "test_eager_task_factory",
            "test_events",
            "test_futures",
            "test_locks",
            "test_pep492",
            "test_queues",
            "test_runners",
            "test_sendfile",
            "test_server",
            "test_sock_lowlevel",
            "test_staggered",
            "test_streams",
            "test_subprocess",
            "test_taskgroups",
            "test_tasks",
            "test_threads",
            "test_timeouts",
            "test_waitfor");

    private static final String SUFFIX = ".tsv";

    private Corpus() {}

    /**
     * A line of a table.
     *
     * @param file the table's name, which is that of CPython's file
     * @param method CPython's class and method
     * @param tests the tests here; empty if there can be none
     * @param reason why there can be none, or null
     */
    record Row(
            String file,
            String method,
            List<String> tests,
            @Nullable String reason) {
        @Override
        public String toString() {
            return file + SUFFIX + ": " + method;
        }
    }

    static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                rows.addAll(rows(file));
            }
        }
        return rows;
    }

    private static List<Row> rows(Path file) throws IOException {
        String name = file.getFileName().toString().replace(SUFFIX, "");
        List<String> lines = Files.readAllLines(file);
        if (!lines.getFirst().startsWith("CPython")) {
            throw new IOException(file + " begins with '" + lines.getFirst() + "' instead of a header, 'CPython…'");
        }
        return lines.stream().skip(1).map(line -> row(name, line)).toList();
    }

    private static Row row(String file, String line) {
        String[] columns = line.split("\t", -1);
        String tests = columns.length > 1 ? columns[1].strip() : "";
        String reason = columns.length > 2 ? columns[2].strip() : "";
        return new Row(
                file,
                columns[0],
                tests.isEmpty() || tests.equals("-") ? List.of() : List.of(tests.split(" +")),
                reason.isEmpty() ? null : reason);
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("verify/corpus"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException(
                        "No directory verify/corpus above " + Path.of("").toAbsolutePath());
            }
        }
        return directory;
    }
}
