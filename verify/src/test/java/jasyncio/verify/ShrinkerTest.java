package jasyncio.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    /** The trace with a planted fault: a cancelled sleep seems to end by itself. */
    private static List<String> withFault(List<String> trace) {
        return trace.stream()
                .map(line -> line.contains("r3#") ? line.replace("ends: cancelled: x", "returns none") : line)
                .toList();
    }

    @Test
    void shrink_withAPlantedDifference_keepsOnlyWhatShowsIt() throws Exception {
        Program program = Program.parse("""
                {"runs": [[
                  {"op": "log", "n": 1},
                  {"op": "group", "as": "g0", "body": [
                    {"op": "spawn", "to": "r3", "body": [
                      {"op": "log", "n": 2}, {"op": "sleep", "us": 5000}, {"op": "log", "n": 3}]},
                    {"op": "repeat", "n": 3, "body": [{"op": "sleep", "us": 0}]},
                    {"op": "cancel", "on": "r3", "text": "x"},
                    {"op": "eventSet", "on": "e0"}]},
                  {"op": "await", "on": "r3", "safe": true}],
                  [{"op": "log", "n": 4}]]}
                """);

        Program smallest = Shrinker.shrink(program, candidate -> {
            List<String> trace = Execution.trace(candidate);
            return !trace.equals(withFault(trace));
        });

        assertEquals(Program.parse("""
                                {"runs": [[
                                  {"op": "spawn", "to": "r3", "body": [{"op": "sleep", "us": 5000}]},
                                  {"op": "sleep", "us": 0},
                                  {"op": "cancel", "on": "r3", "text": "x"}]]}
                                """).toString(), smallest.toString());
    }

    @Test
    void shrink_withAFaultThatIsAlwaysThere_leavesNothing() throws Exception {
        Program smallest = Shrinker.shrink(Generator.generate(7), _ -> true);
        assertTrue(smallest.runs().isEmpty(), smallest::toString);
    }
}
