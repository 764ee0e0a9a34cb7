package jasyncio.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random programs of generators do what CPython recorded of them; see {@code src/test/python/generators}. */
@Timeout(300)
class RandomProgramsTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    @Test
    void everyProgram_logsWhatCPythonLogged() throws IOException {
        List<String> recorded = recorded();
        var different = new ArrayList<String>();
        for (int i = 0; i + 1 < recorded.size(); i += 2) {
            String program = recorded.get(i);
            List<String> expected = Arrays.asList(recorded.get(i + 1).split(" \\| ", -1));
            List<String> actual =
                    assertTimeoutPreemptively(AT_MOST, () -> Execution.logOf(Program.parse(program)), program);
            if (!expected.equals(actual)) {
                different.add(program + "\n" + firstDifference(expected, actual));
            }
        }
        assertEquals(
                List.of(),
                different.stream().limit(5).toList(),
                () -> different.size() + " of " + recorded.size() / 2 + " programs differ; the first of them");
    }

    private static String firstDifference(List<String> expected, List<String> actual) {
        int at = 0;
        while (at < Math.min(expected.size(), actual.size()) && expected.get(at).equals(actual.get(at))) {
            at++;
        }
        return "after " + expected.subList(0, at)
                + "\nCPython: " + expected.subList(at, Math.min(at + 3, expected.size()))
                + "\nhere:    " + actual.subList(at, Math.min(at + 3, actual.size())) + "\n";
    }

    private static List<String> recorded() throws IOException {
        String file = System.getProperty("jasyncio.generators.programs");
        if (file != null) {
            return Files.readAllLines(Path.of(file));
        }
        try (var in = RandomProgramsTest.class.getResourceAsStream("/generators/programs.txt")) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
