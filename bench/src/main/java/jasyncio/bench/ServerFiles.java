package jasyncio.bench;

import jasyncio.bench.echo.JasyncioEcho;
import jasyncio.bench.echo.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Files that servers need, made when they are asked for first.
 *
 * @param scratch the directory they are in
 */
record ServerFiles(Path scratch) {
    private static final int BUILD_SECONDS = 120;

    /** A scratch directory for as long as {@code use} runs. */
    static boolean whileIn(Use use) throws IOException {
        Path directory = Files.createTempDirectory("jasyncio-servers");
        try {
            return use.of(directory);
        } finally {
            delete(directory);
        }
    }

    /** Runs benchmarks; returns false if a server that is there failed. */
    @FunctionalInterface
    interface Use {
        boolean of(Path scratch) throws IOException;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A resource as a file. */
    Path script(String name) {
        Path file = scratch.resolve(name);
        try (InputStream resource = JasyncioEcho.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(
                        "Resource " + name + " is not beside " + JasyncioEcho.class + "; rebuild the bench module");
            }
            if (!Files.exists(file)) {
                Files.copy(resource, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Go's server, compiled. */
    Path goServer() throws PeerMissingException {
        Path server = scratch.resolve("echo-go");
        if (!Files.isExecutable(server)) {
            String source = script("echo.go").toString();
            make(new ProcessBuilder(program("go"), "build", "-o", server.toString(), source));
        }
        return server;
    }

    /** A key and a certificate that it signed itself, for {@link Keys}. */
    Path keyStore() throws PeerMissingException {
        Path store = scratch.resolve("keys.p12");
        if (!Files.exists(store)) {
            Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            make(new ProcessBuilder(List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    Keys.PASSWORD,
                    "-keystore",
                    store.toString())));
        }
        return store;
    }

    private void make(ProcessBuilder builder) throws PeerMissingException {
        builder.environment().put("GOCACHE", scratch.resolve("go-cache").toString());
        builder.environment().put("GO111MODULE", "off");
        String command = builder.command().getFirst();
        Path log = scratch.resolve("make.log");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new PeerMissingException(
                        command + " failed: " + Files.readString(log).strip());
            }
        } catch (IOException e) {
            throw new PeerMissingException(command + " cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerMissingException(command + " was interrupted");
        }
    }

    /** The path of a program that is installed. */
    static String program(String name) throws PeerMissingException {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new PeerMissingException("no '" + name + "' on PATH"));
    }
}
