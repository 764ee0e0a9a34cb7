package jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** What happens when a process has no descriptor left: {@link Exhausted} runs in a process that may have few. */
@Timeout(120)
class ExhaustedTest {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int DESCRIPTORS = 300;

    @EachEngine
    void noDescriptorLeft_serverWaitsAndGoesOn_clientIsToldWhy(Engine engine) throws Exception {
        assumeTrue(Files.isExecutable(SHELL), "no shell, to set a limit with");
        String output = output(engine);
        List<String> lines = output.lines().toList();
        assertTrue(lines.contains("before: hello"), output);
        for (String what : List.of("connecting", "listening", "datagrams")) {
            List<String> said = starting(lines, what + ": ");
            assertEquals(1, said.size(), output);
            assertTrue(said.getFirst().contains("Too many open files"), output);
        }
        assertTrue(starting(lines, "connecting: ").getFirst().contains("ulimit"), output);
        List<String> told = starting(lines, "told: ");
        assertTrue(told.size() >= 2 && told.size() <= 3, "one for each second of 2.5: " + output);
        for (String report : told) {
            assertTrue(report.contains("socket.accept() out of system resource"), output);
            assertTrue(report.contains("Too many open files"), output);
        }
        String busy = starting(lines, "busy for ms: ").getFirst();
        assertTrue(Integer.parseInt(busy) < 500, output);
        assertEquals(List.of("hello", "hello", "hello"), starting(lines, "after: "), output);
    }

    private static List<String> starting(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static String output(Engine engine) throws Exception {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String backend = System.getProperty("jasyncio.backend", "loop");
        if (backend.equals("loop")) {
            java.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
            java.addAll(List.of("--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"));
        }
        java.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Djasyncio.backend=" + backend));
        java.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        java.addAll(List.of(Exhausted.class.getName(), engine.name()));
        List<String> command = new ArrayList<>(
                List.of(SHELL.toString(), "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", SHELL.toString()));
        command.addAll(java);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertTrue(process.waitFor(10, TimeUnit.SECONDS), output);
            assertEquals(0, process.exitValue(), output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
