package guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The page on testing shows tests: they are those files, and say what the page shows. */
class GuideTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** A test's source after a comment that names its file, and what it says if it fails; an ellipsis stands for anything. */
    private static final Pattern SHOWN = Pattern.compile(
            "<!-- (passes|fails): (\\S+) -->\n```java\n((?:(?!```).*\n)*)```\n(?:(?:(?!```).*\n)*?```text\n((?:(?!```).*\n)*)```)?");

    private record Shown(boolean passes, Path file, String source, String message) {
        Class<?> tests() throws ClassNotFoundException {
            return Class.forName("guide." + file.getFileName().toString().replace(".java", ""));
        }
    }

    @TestFactory
    Stream<DynamicTest> source_isTheFileItNames() throws IOException {
        return shown().stream()
                .map(s -> dynamicTest(
                        s.file.toString(), () -> assertEquals(Files.readString(ROOT.resolve(s.file)), s.source)));
    }

    @TestFactory
    Stream<DynamicTest> test_saysWhatThePageShows() throws IOException {
        return shown().stream()
                .map(s -> dynamicTest(s.file.toString(), () -> {
                    List<String> failures = failures(s.tests());
                    if (s.passes) {
                        assertEquals(List.of(), failures);
                    } else if (!pattern(s.message)
                            .matcher(failures.getLast() + "\n")
                            .matches()) {
                        assertEquals(s.message, failures.getLast() + "\n");
                    }
                }));
    }

    private static List<Shown> shown() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/howto/testing.md"));
        List<Shown> shown = new ArrayList<>();
        for (Matcher m = SHOWN.matcher(page); m.find(); ) {
            shown.add(new Shown(m.group(1).equals("passes"), Path.of(m.group(2)), m.group(3), m.group(4)));
        }
        assertFalse(shown.isEmpty());
        assertEquals(
                Pattern.compile("<!-- (passes|fails):").matcher(page).results().count(), shown.size());
        return shown;
    }

    private static List<String> failures(Class<?> tests) {
        List<String> messages = new ArrayList<>();
        var ran = new int[1];
        var listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                ran[0] += test.isTest() ? 1 : 0;
                result.getThrowable().ifPresent(failure -> messages.add(String.valueOf(failure.getMessage())));
            }
        };
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, listener);
        assertTrue(ran[0] > 0, () -> tests + " has no tests");
        return messages;
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[\\s\\S]*?")));
    }
}
