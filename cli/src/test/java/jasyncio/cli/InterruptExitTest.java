package jasyncio.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.KeyboardInterrupt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in a JVM of their own, with the agent as the {@code jasyncio} command starts it. */
class InterruptExitTest {
    @TempDir
    Path directory;

    record Ended(int exitCode, String output) {}

    static final class Interrupted {
        public static void main(String[] arguments) {
            throw new KeyboardInterrupt();
        }
    }

    static final class Failing {
        public static void main(String[] arguments) {
            throw new IllegalStateException("out of order");
        }
    }

    static final class InterruptedElsewhere {
        public static void main(String[] arguments) throws InterruptedException {
            Thread other = new Thread(
                    () -> {
                        throw new KeyboardInterrupt();
                    },
                    "other");
            other.start();
            other.join();
        }
    }

    static final class WithHandler {
        public static void main(String[] arguments) {
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, thrown) -> System.out.println("handled " + thrown.getMessage()));
            throw new IllegalStateException("out of order");
        }
    }

    @Test
    void keyboardInterrupt_leavesMain_exits130WithoutTrace() throws Exception {
        assertEquals(new Ended(130, ""), launch(Interrupted.class));
    }

    @Test
    void otherFailure_leavesMain_isReportedAsByPlainJava() throws Exception {
        Ended ended = launch(Failing.class);

        assertEquals(1, ended.exitCode());
        assertTrue(
                ended.output().startsWith("Exception in thread \"main\" java.lang.IllegalStateException: out of order"),
                ended.output());
        assertEquals(2, ended.output().lines().count(), ended.output());
    }

    @Test
    void keyboardInterrupt_leavesAnotherThread_isReported() throws Exception {
        Ended ended = launch(InterruptedElsewhere.class);

        assertEquals(0, ended.exitCode());
        assertTrue(
                ended.output().startsWith("Exception in thread \"other\" jasyncio.KeyboardInterrupt"), ended.output());
    }

    @Test
    void otherFailure_withDefaultHandler_goesToTheHandler() throws Exception {
        assertEquals(new Ended(1, "handled out of order\n"), launch(WithHandler.class));
    }

    private Ended launch(Class<?> program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + agent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output.replace("\r\n", "\n"));
    }

    /** A jar that names the agent; its class is on the class path already. */
    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", InterruptExit.class.getName());
        Path jar = directory.resolve("agent.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }
}
