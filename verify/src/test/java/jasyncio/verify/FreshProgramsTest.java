package jasyncio.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Programs nobody has run before, other ones every day. */
class FreshProgramsTest {
    private static final int COUNT = 500;

    @Test
    void freshPrograms_onBothSides_doTheSame(TestReporter reporter) throws Exception {
        Optional<Path> python = PythonFinder.find();
        assumeTrue(python.isPresent(), "No CPython 3.13 on PATH or under pyenv");
        long seed = LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000;
        reporter.publishEntry("seed", Long.toString(seed));
        List<String> differing = new ArrayList<>();
        try (var comparison = new Comparison(python.get())) {
            comparison.compare(seed, COUNT, (each, result) -> {
                if (result.differs()) {
                    differing.add("verify/fuzz --count 1 --seed " + each + "\n"
                            + Difference.between(result.expected(), result.actual()));
                }
            });
        }
        assertEquals(List.of(), differing);
    }
}
