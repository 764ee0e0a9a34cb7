package jasyncio.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pairs of stress tests in their short form. */
class StressTest {
    private static final int PAIRS = 10;

    /** A machine that has other work may not let two threads meet often enough in one short run. */
    private static final int TRIES_TO_CATCH = 3;

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void everyPair_runShortly_passesAndIsCaughtWhenBroken() throws Exception {
        List<Stress.Verdict> verdicts = run(".*");
        assertEquals(2 * PAIRS, verdicts.size(), "tests that were run");
        List<Stress.Verdict> wrong = new ArrayList<>();
        for (Stress.Verdict verdict : verdicts) {
            if (!verdict.right() && !(verdict.test().endsWith("Broken") && isCaughtLater(verdict.test()))) {
                wrong.add(verdict);
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** A twin that is caught once is caught. A good test that fails once has failed: that is not tried again. */
    private static boolean isCaughtLater(String broken) throws Exception {
        boolean caught = false;
        for (int i = 1; i < TRIES_TO_CATCH && !caught; i++) {
            caught = run(Pattern.quote(broken)).stream().anyMatch(Stress.Verdict::right);
        }
        return caught;
    }

    private static List<Stress.Verdict> run(String tests) throws Exception {
        List<Stress.Verdict> verdicts = new Stress(Path.of("target", "jcstress"), false).run(tests);
        verdicts.forEach(System.out::println);
        return verdicts;
    }
}
