package jasyncio.stress;

import jasyncio.coroutine.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Runs the pairs of stress tests, short or long, and judges them. */
public final class Stress {
    private static final String ALL = ".*";

    private final Path directory;
    private final boolean lengthy;

    /**
     * @param directory where the reports go
     * @param lengthy also in every combination of compilation modes, a JVM for each, and for longer
     */
    public Stress(Path directory, boolean lengthy) {
        this.directory = directory;
        this.lengthy = lengthy;
    }

    /** What became of one test: whether it did as it should, and how often each outcome was seen. */
    public record Verdict(String test, boolean right, long runs, String seen) {
        @Override
        public String toString() {
            return (right ? "ok    " : "WRONG ") + test + ", " + runs + " times: " + seen;
        }
    }

    /** {@code [--long] [--tests REGEXP] DIRECTORY}. Exit codes: 0 if all is as it should be, 1 if not, 2 for a wrong command line. */
    public static void main(String[] args) throws Exception {
        boolean lengthy = false;
        String tests = ALL;
        Path directory = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--long" -> lengthy = true;
                case "--tests" -> tests = i + 1 < args.length ? args[++i] : ALL;
                default -> directory = Path.of(args[i]);
            }
        }
        if (directory == null || directory.toString().startsWith("-")) {
            System.err.println("usage: [--long] [--tests REGEXP] DIRECTORY");
            System.exit(2);
        }
        List<Verdict> verdicts = new Stress(Objects.requireNonNull(directory), lengthy).run(tests);
        verdicts.forEach(System.out::println);
        long wrong = verdicts.stream().filter(each -> !each.right).count();
        System.out.println(verdicts.size() + " tests, " + wrong + " wrong");
        System.exit(wrong == 0 && !verdicts.isEmpty() ? 0 : 1);
    }

    /** Runs the tests whose names contain the expression, each in a JVM of its own, and returns the verdicts by name. */
    public List<Verdict> run(String tests) throws Exception {
        Files.createDirectories(directory);
        var options = new Options(arguments(tests).toArray(String[]::new));
        if (!options.parse()) {
            throw new IllegalArgumentException("jcstress does not take " + arguments(tests));
        }
        try {
            new JCStress(options).run();
        } catch (AssertionError e) {
            // It fails if any test does, and the broken ones are to fail: the verdicts say which.
        }
        return verdicts(resultsIn(options.getResultFile()));
    }

    private List<String> arguments(String tests) {
        var arguments = new ArrayList<>(List.of("-t", tests, "-r", directory.toString(), "-af", "NONE"));
        arguments.addAll(
                lengthy
                        ? List.of("-f", "1", "-iters", "5", "-time", "1000")
                        : List.of("-f", "1", "-iters", "2", "-time", "300", "-sc", "false"));
        arguments.addAll(List.of("-jvmArgs", Backend.FLAGS + " -Djasyncio.backend=loop -Djasyncio.watchdog=0"));
        return arguments;
    }

    private static Collection<TestResult> resultsIn(String file) throws IOException, ClassNotFoundException {
        var results = new InProcessCollector();
        if (Files.exists(Path.of(file))) { // there is none if no test has that name
            var reader = new DiskReadCollector(file, results);
            reader.dump();
            reader.close();
            Files.delete(Path.of(file)); // jcstress leaves it where it was started
        }
        return results.getTestResults();
    }

    /** A test has as many results as there were JVMs: one good one that failed is too many, one broken one that was caught is enough. */
    private static List<Verdict> verdicts(Collection<TestResult> results) {
        Map<String, List<TestResult>> byName = new TreeMap<>();
        results.forEach(each ->
                byName.computeIfAbsent(each.getName(), _ -> new ArrayList<>()).add(each));
        return byName.entrySet().stream()
                .map(each -> verdict(each.getKey(), each.getValue()))
                .toList();
    }

    private static Verdict verdict(String test, List<TestResult> results) {
        var counts = new TreeMap<String, Long>();
        boolean passed = true;
        boolean ran = true;
        for (TestResult result : results) {
            passed &= result.grading().isPassed;
            ran &= result.status() == Status.NORMAL;
            result.getStateKeys().forEach(key -> counts.merge(key, result.getCount(key), Long::sum));
        }
        boolean right = ran && passed != test.endsWith("Broken");
        long runs = counts.values().stream().mapToLong(Long::longValue).sum();
        return new Verdict(test, right, runs, counts + (ran ? "" : " " + messages(results)));
    }

    private static List<String> messages(List<TestResult> results) {
        return results.stream()
                .flatMap(each -> Stream.concat(each.getMessages().stream(), each.getVmErr().stream()))
                .toList();
    }
}
