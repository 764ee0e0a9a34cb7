package jasyncio.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pairs of stress tests in their short form. */
class StressTest {
    private static final int PAIRS = 8;

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void everyPair_runShortly_passesAndIsCaughtWhenBroken() throws Exception {
        List<Stress.Verdict> verdicts = new Stress(Path.of("target", "jcstress"), false).run(".*");
        verdicts.forEach(System.out::println);
        assertEquals(2 * PAIRS, verdicts.size(), "tests that were run");
        assertEquals(List.of(), verdicts.stream().filter(each -> !each.right()).toList());
    }
}
