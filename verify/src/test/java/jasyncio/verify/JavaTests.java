package jasyncio.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks tests up where they are written, since the classes of other modules' tests are not at hand here. */
final class JavaTests {
    private static final List<Path> SOURCES = List.of(
            Corpus.ROOT.resolve("core/src/test/java"),
            Corpus.ROOT.resolve("testkit/src/test/java"),
            Corpus.ROOT.resolve("coroutine/src/test/java"),
            Corpus.ROOT.resolve("net/src/test/java"));

    private static final Path TRACES = Corpus.ROOT.resolve("core/src/test/resources/traces");

    private static final Pattern ANNOTATION = Pattern.compile(
            "@(Test|ParameterizedTest|RepeatedTest|TestFactory|JasyncioTest|Interleavings|EachEngine)\\b");

    private JavaTests() {}

    /** Returns what is wrong with the name of a test, or nothing if there is such a test. */
    static Optional<String> problem(String name) throws IOException {
        if (name.startsWith("trace:")) {
            String trace = name.substring("trace:".length());
            return Files.exists(TRACES.resolve(trace + ".txt")) && !trace.equals("index")
                    ? Optional.empty()
                    : Optional.of("there is no recording of that name");
        }
        int separator = name.indexOf('#');
        if (separator < 0) {
            return Optional.of("neither class#method nor trace:name");
        }
        Optional<Path> source = source(name.substring(0, separator));
        if (source.isEmpty()) {
            return Optional.of("there is no such class among the tests");
        }
        return problemOfMethod(Files.readString(source.get()), name.substring(separator + 1));
    }

    private static Optional<Path> source(String className) {
        String file = className.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
        return SOURCES.stream()
                .map(directory -> directory.resolve(file))
                .filter(Files::exists)
                .findFirst();
    }

    /** A method's annotations stand above its name, and a blank line, a brace or a statement above those. */
    private static Optional<String> problemOfMethod(String source, String method) {
        var declaration = Pattern.compile("(?m)^ +(?:void|[A-Z]\\w*<Dynamic\\w+>) " + Pattern.quote(method) + "\\(")
                .matcher(source);
        if (!declaration.find()) {
            return Optional.of("the class has no such method");
        }
        String above = source.substring(0, declaration.start());
        String annotations = above.substring(above.lastIndexOf("\n\n") + 2);
        if (annotations.contains("@Disabled\n") || annotations.contains("@Disabled(")) {
            return Optional.of("the test is disabled");
        }
        return ANNOTATION.matcher(annotations).find() ? Optional.empty() : Optional.of("the method is no test");
    }
}
