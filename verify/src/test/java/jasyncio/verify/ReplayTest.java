package jasyncio.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded programs, which {@code verify/fuzz --record} writes. */
class ReplayTest {

    @Test
    void recordedPrograms_onVirtualTime_doWhatCPythonDid() throws Exception {
        try (var here = new Here()) {
            for (Recording recording : recordings()) {
                List<String> actual = here.trace(recording.program());
                if (!recording.trace().equals(actual)) {
                    fail(recording.program() + "\n" + Difference.between(recording.trace(), actual));
                }
            }
        }
    }

    @Test
    void recordedPrograms_together_useEveryStatement() throws IOException {
        List<Recording> recordings = recordings();
        assertTrue(recordings.size() >= 300, () -> recordings.size() + " recordings");
        String all = recordings.stream().map(each -> each.program().toString()).reduce("", String::concat);
        List<String> unused = Vocabulary.names().stream()
                .filter(name -> !all.contains("\"op\":\"" + name + "\""))
                .toList();
        assertEquals(List.of(), unused);
    }

    private static List<Recording> recordings() throws IOException {
        try (var in = ReplayTest.class.getResourceAsStream("/recorded.jsonl.gz")) {
            return Recording.read(java.util.Objects.requireNonNull(in, "recorded.jsonl.gz is missing"));
        }
    }
}
