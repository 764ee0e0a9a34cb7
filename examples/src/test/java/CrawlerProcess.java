import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A crawler in a JVM of its own, on the backend of the tests, as {@code ./jasyncio run} would start it. */
final class CrawlerProcess {
    private static final int LIMIT_SECONDS = 100;

    private final Process process;
    private final Path directory;

    private CrawlerProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** What a crawler left behind. */
    record Result(int exitCode, String out, String err, Path json) {
        String lastLine() {
            return out.lines().reduce("", (_, line) -> line);
        }

        JsonNode report() {
            return JsonMapper.shared().readTree(json.toFile());
        }

        /** What the report says about the broken link that ends so. */
        JsonNode broken(String linkEnd) {
            return one("broken", "link", linkEnd);
        }

        /** What the report says about the visited address that ends so. */
        JsonNode visit(String urlEnd) {
            return one("visits", "url", urlEnd);
        }

        private JsonNode one(String list, String key, String end) {
            var found = report().get(list)
                    .valueStream()
                    .filter(entry -> entry.get(key).asString().endsWith(end))
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError("%d of %s end with %s in %s".formatted(found.size(), list, end, report()));
            }
            return found.getFirst();
        }
    }

    /** Starts one with those arguments; what of them begins with {@code -X} is for the JVM. */
    static CrawlerProcess start(Path directory, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(backendFlags());
        Stream.of(arguments).filter(argument -> argument.startsWith("-X")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "Crawler"));
        Stream.of(arguments).filter(argument -> !argument.startsWith("-X")).forEach(command::add);
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--json"))) {
            command.add("--json=" + directory.resolve("report.json"));
        }
        var process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        return new CrawlerProcess(process, directory);
    }

    static Result run(Path directory, String... arguments) throws Exception {
        return start(directory, arguments).await();
    }

    /** Without flags it is told to be portable, so that it does not log which flags it would like. */
    static List<String> backendFlags() {
        var flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag ->
                        Stream.of("--add-opens", "--add-exports", "-Djasyncio.").anyMatch(flag::startsWith))
                .toList();
        return flags.isEmpty() ? List.of("-Djasyncio.backend=portable") : flags;
    }

    /** Sends what Ctrl-C sends. */
    void interrupt() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Kills it, unless it ends within that time; tells whether it did. */
    boolean killAfter(long millis) throws Exception {
        boolean ended = endsWithin(millis);
        process.destroyForcibly().waitFor();
        return ended;
    }

    Result await() throws Exception {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the crawler hangs after " + read("out") + read("err"));
        }
        return new Result(process.exitValue(), read("out"), read("err"), directory.resolve("report.json"));
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
    }
}
