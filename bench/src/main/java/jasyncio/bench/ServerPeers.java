package jasyncio.bench;

import jasyncio.bench.echo.JasyncioEcho;
import jasyncio.bench.echo.NettyEcho;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The servers there are. */
final class ServerPeers {
    static final List<String> FORMS = List.of("copying", "passing", "protocol");
    static final List<String> ENGINES = List.of("epoll", "nio", "io_uring");

    /** What a loop takes on Linux if nothing else is chosen. */
    static final String DEFAULT_ENGINE = "epoll";

    private static final List<String> HEAP = List.of("-XX:+UseParallelGC", "-Xmx1g");
    private static final List<String> OPEN = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
            "-Djasyncio.backend=loop");
    private static final PythonFinder UVLOOP = PythonFinder.uvloop();
    private static final PythonFinder CPYTHON = PythonFinder.cpython();

    private ServerPeers() {}

    /** The name of our server of this form. */
    static String ours(String form, String engine) {
        return form + "-" + engine;
    }

    /** The name of Netty's server. */
    static String netty(String engine) {
        return "netty-" + engine;
    }

    /** Our echo server: streams that copy, streams that pass chunks on, or a protocol. */
    static ServerPeer echo(String form, String engine) {
        return jvm(ours(form, engine), OPEN, JasyncioEcho.class, form, engine.toUpperCase(Locale.ROOT));
    }

    /** Netty's echo server. */
    static ServerPeer nettyEcho(String engine) {
        return jvm(netty(engine), List.of(), NettyEcho.class, "echo", engine.toUpperCase(Locale.ROOT));
    }

    /** Our server that answers a line with a line and closes. */
    static ServerPeer line(String engine) {
        return jvm(ours("line", engine), OPEN, JasyncioEcho.class, "line", engine.toUpperCase(Locale.ROOT));
    }

    /** Netty's. */
    static ServerPeer nettyLine(String engine) {
        return jvm(netty(engine), List.of(), NettyEcho.class, "line", engine.toUpperCase(Locale.ROOT));
    }

    /** The same server with TLS. */
    static ServerPeer secure(ServerPeer plain) {
        return new ServerPeer(
                plain.name(),
                scratch -> {
                    List<String> command = new ArrayList<>(plain.command().in(scratch));
                    command.add(new ServerFiles(scratch).keyStore().toString());
                    return command;
                },
                plain.compiled());
    }

    /** The same server with TLS by BoringSSL. */
    static ServerPeer nativelySecure(ServerPeer plain) {
        ServerPeer secure = secure(plain);
        return new ServerPeer(
                plain.name(),
                scratch -> {
                    List<String> command = new ArrayList<>(secure.command().in(scratch));
                    command.add("native");
                    return command;
                },
                plain.compiled());
    }

    /** The echo servers that are neither ours nor Netty's. */
    static List<ServerPeer> otherEchoes() {
        return List.of(
                go("echo"),
                node("echo"),
                python("uvloop-streams", "uvloop", "streams", UVLOOP),
                python("uvloop-protocol", "uvloop", "protocol", UVLOOP),
                python("cpython-streams", "asyncio", "streams", CPYTHON),
                python("cpython-protocol", "asyncio", "protocol", CPYTHON));
    }

    /** The servers, neither ours nor Netty's, that answer a line with a line and close. */
    static List<ServerPeer> otherLines() {
        return List.of(
                go("line"),
                node("line"),
                python("uvloop-streams", "uvloop", "line", UVLOOP),
                python("cpython-streams", "asyncio", "line", CPYTHON));
    }

    private static ServerPeer jvm(String name, List<String> flags, Class<?> program, String... arguments) {
        List<String> all = new ArrayList<>(HEAP);
        all.add("--enable-native-access=ALL-UNNAMED");
        return new ServerPeer(
                name,
                _ -> {
                    List<String> command =
                            new ArrayList<>(new JvmPeer(name, "", true, program.getName(), flags).command(all));
                    command.addAll(Arrays.asList(arguments));
                    return command;
                },
                true);
    }

    private static ServerPeer python(String name, String loop, String form, PythonFinder finder) {
        return new ServerPeer(
                name,
                scratch -> List.of(
                        finder.find().executable(),
                        new ServerFiles(scratch).script("echo.py").toString(),
                        loop,
                        form),
                false);
    }

    private static ServerPeer node(String form) {
        return new ServerPeer(
                "node",
                scratch -> List.of(
                        ServerFiles.program("node"),
                        new ServerFiles(scratch).script("echo.js").toString(),
                        form),
                true);
    }

    private static ServerPeer go(String form) {
        return new ServerPeer(
                "go", scratch -> List.of(new ServerFiles(scratch).goServer().toString(), form), false);
    }
}
