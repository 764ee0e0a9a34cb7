package jasyncio.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds a Python interpreter that meets a condition: the one an environment variable names, else the first on PATH, under pyenv or in {@code /usr/bin}.
 * It looks once and remembers.
 */
final class PythonFinder {

    /** An interpreter that met the condition, and the version the condition printed. */
    record Python(String executable, String version) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String variable;
    private final List<String> names;
    private final String condition;
    private final String missing;

    private boolean searched;
    private Optional<Python> found = Optional.empty();

    private PythonFinder(String variable, List<String> names, String condition, String missing) {
        this.variable = variable;
        this.names = names;
        this.condition = condition;
        this.missing = missing;
    }

    /** Finds CPython 3.13. */
    static PythonFinder cpython() {
        return new PythonFinder(
                "JASYNCIO_BENCH_CPYTHON",
                List.of("python3.13"),
                """
                assert sys.version_info[:2] == (3, 13) and sys.implementation.name == 'cpython'
                version = platform.python_version()
                """,
                "no CPython 3.13 on PATH, under pyenv or in JASYNCIO_BENCH_CPYTHON");
    }

    /** Finds any Python 3 that can import uvloop. */
    static PythonFinder uvloop() {
        return new PythonFinder(
                "JASYNCIO_BENCH_UVLOOP",
                List.of("python3.13", "python3"),
                """
                import asyncio, uvloop
                asyncio.Runner
                version = uvloop.__version__ + ' on Python ' + platform.python_version()
                """,
                "no Python 3.11 or newer that can import uvloop on PATH, under pyenv or in JASYNCIO_BENCH_UVLOOP");
    }

    /** Finds any Python 3 that can import greenlet. */
    static PythonFinder greenlet() {
        return new PythonFinder(
                "JASYNCIO_BENCH_GREENLET",
                List.of("python3.13", "python3"),
                """
                import asyncio, greenlet
                asyncio.Runner
                version = greenlet.__version__ + ' on Python ' + platform.python_version()
                """,
                "no Python 3.11 or newer that can import greenlet on PATH, under pyenv or in JASYNCIO_BENCH_GREENLET");
    }

    /** Finds any Python 3 that can import aiomysql. */
    static PythonFinder aiomysql() {
        return new PythonFinder(
                "JASYNCIO_BENCH_AIOMYSQL",
                List.of("python3.13", "python3"),
                """
                import asyncio, aiomysql
                asyncio.Runner
                version = aiomysql.__version__ + ' on Python ' + platform.python_version()
                """,
                "no Python 3.11 or newer that can import aiomysql on PATH, under pyenv or in JASYNCIO_BENCH_AIOMYSQL");
    }

    /** The interpreter. */
    synchronized Python find() throws PeerMissingException {
        if (!searched) {
            searched = true;
            found = candidates().stream().flatMap(name -> probe(name).stream()).findFirst();
        }
        return found.orElseThrow(() -> new PeerMissingException(missing));
    }

    private List<String> candidates() {
        String named = System.getenv(variable);
        if (named != null && !named.isBlank()) {
            return List.of(named);
        }
        List<String> candidates = new ArrayList<>();
        for (String name : names) {
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(directory -> Path.of(directory, name))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .forEach(candidates::add);
            candidates.addAll(underPyenv(name));
            candidates.add("/usr/bin/" + name);
        }
        return candidates.stream().distinct().toList();
    }

    private static List<String> underPyenv(String name) {
        String root = Optional.ofNullable(System.getenv("PYENV_ROOT"))
                .orElse(Path.of(System.getProperty("user.home"), ".pyenv").toString());
        Path versions = Path.of(root, "versions");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(versions)) {
            return directories
                    .map(directory -> directory.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Asks the candidate for its real path too: a pyenv shim is a shell script, which would be started once per measurement. */
    private Optional<Python> probe(String candidate) {
        String program = "import platform, sys\n" + condition + "print(sys.executable, version, sep='|')\n";
        try {
            Process process = new ProcessBuilder(candidate, "-c", program)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            String[] parts = output.split("\\|", -1);
            return process.exitValue() == 0 && parts.length == 2
                    ? Optional.of(new Python(parts[0], parts[1]))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
