package jasyncio.bench;

import jasyncio.bench.echo.JasyncioEcho;
import jasyncio.bench.echo.NettyEcho;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The servers of the echo benchmark. */
final class EchoPeers {
    static final List<String> FORMS = List.of("copying", "passing", "protocol");
    static final List<String> ENGINES = List.of("epoll", "nio", "io_uring");

    /** The servers that are neither ours nor Netty's. */
    static final List<String> OTHERS =
            List.of("go", "node", "uvloop-streams", "uvloop-protocol", "cpython-streams", "cpython-protocol");

    private static final List<String> HEAP = List.of("-XX:+UseParallelGC", "-Xmx1g");
    private static final List<String> OPEN = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
            "-Djasyncio.backend=loop");
    private static final int BUILD_SECONDS = 120;

    private EchoPeers() {}

    static List<EchoPeer> all() {
        List<EchoPeer> all = new ArrayList<>();
        for (String engine : ENGINES) {
            all.add(netty(engine));
            FORMS.forEach(form -> all.add(ours(form, engine)));
        }
        all.add(new EchoPeer("go", "Go, a goroutine per connection", EchoPeers::go, false));
        all.add(new EchoPeer("node", "Node, a piped socket", EchoPeers::node, true));
        PythonFinder uvloop = PythonFinder.uvloop();
        PythonFinder cpython = PythonFinder.cpython();
        for (String form : List.of("streams", "protocol")) {
            all.add(python("uvloop-" + form, "uvloop", form, uvloop));
        }
        for (String form : List.of("streams", "protocol")) {
            all.add(python("cpython-" + form, "asyncio", form, cpython));
        }
        return all;
    }

    /** The name of our server. */
    static String ours(String form, String engine, String prefix) {
        return prefix + form + "-" + engine;
    }

    private static EchoPeer ours(String form, String engine) {
        return jvm(
                ours(form, engine, ""),
                "this library, " + (form.equals("protocol") ? "protocol" : form + " streams"),
                OPEN,
                JasyncioEcho.class.getName(),
                form,
                engine.toUpperCase(Locale.ROOT));
    }

    private static EchoPeer netty(String engine) {
        return jvm(
                "netty-" + engine,
                "a handler on Netty's own event loop",
                List.of(),
                NettyEcho.class.getName(),
                engine.toUpperCase(Locale.ROOT));
    }

    private static EchoPeer jvm(String name, String about, List<String> flags, String program, String... arguments) {
        List<String> all = new ArrayList<>(HEAP);
        all.add("--enable-native-access=ALL-UNNAMED");
        return new EchoPeer(
                name,
                about,
                _ -> {
                    List<String> command = new ArrayList<>(new JvmPeer(name, about, true, program, flags).command(all));
                    command.addAll(Arrays.asList(arguments));
                    return command;
                },
                true);
    }

    private static EchoPeer python(String name, String loop, String form, PythonFinder finder) {
        return new EchoPeer(
                name,
                loop + " " + form,
                scratch -> List.of(
                        finder.find().executable(), script(scratch, "echo.py").toString(), loop, form),
                false);
    }

    private static List<String> node(Path scratch) throws PeerMissingException {
        return List.of(program("node"), script(scratch, "echo.js").toString());
    }

    private static List<String> go(Path scratch) throws PeerMissingException {
        Path server = scratch.resolve("echo-go");
        if (!Files.isExecutable(server)) {
            Path source = script(scratch, "echo.go");
            build(new ProcessBuilder(program("go"), "build", "-o", server.toString(), source.toString()), scratch);
        }
        return List.of(server.toString());
    }

    private static void build(ProcessBuilder builder, Path scratch) throws PeerMissingException {
        builder.environment().put("GOCACHE", scratch.resolve("go-cache").toString());
        builder.environment().put("GO111MODULE", "off");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(scratch.resolve("go.log").toFile())
                    .start();
            if (!process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new PeerMissingException("go build failed: "
                        + Files.readString(scratch.resolve("go.log")).strip());
            }
        } catch (IOException e) {
            throw new PeerMissingException("go build cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerMissingException("go build was interrupted");
        }
    }

    private static String program(String name) throws PeerMissingException {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new PeerMissingException("no '" + name + "' on PATH"));
    }

    /** Writes a resource to a file, once. */
    private static Path script(Path scratch, String name) {
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
            throw new java.io.UncheckedIOException(e);
        }
    }
}
