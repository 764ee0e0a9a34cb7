package jasyncio.verify;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds a CPython 3.13: on the PATH, under pyenv, or in {@code /usr/bin}. */
final class PythonFinder {
    private static final String CONDITION =
            "import sys; sys.exit(sys.version_info[:2] != (3, 13) or sys.implementation.name != 'cpython')";

    private PythonFinder() {}

    static Optional<Path> find() {
        return candidates()
                .filter(Files::isExecutable)
                .filter(PythonFinder::fits)
                .findFirst();
    }

    private static Stream<Path> candidates() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                underPyenv(),
                Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/bin"))
                        .map(directory -> Path.of(directory, "python3.13")));
    }

    private static Stream<Path> underPyenv() {
        String home = System.getProperty("user.home");
        Path versions = Path.of(System.getenv().getOrDefault("PYENV_ROOT", home + "/.pyenv"), "versions");
        try (Stream<Path> directories = Files.list(versions)) {
            return directories.map(directory -> directory.resolve("bin/python3.13")).sorted().toList().stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /** Tells whether the program is CPython 3.13. */
    static boolean fits(Path candidate) {
        try {
            Process process = new ProcessBuilder(candidate.toString(), "-c", CONDITION)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
