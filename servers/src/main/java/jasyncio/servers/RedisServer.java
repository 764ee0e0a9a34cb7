package jasyncio.servers;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis. It keeps everything in memory: stopping it loses the data. */
public final class RedisServer extends LocalServer {
    private static final String PROGRAM = "/redis-server-6.2.6-v5-linux-amd64";

    private final Path programs;

    private RedisServer(Path programs) throws IOException {
        super("redis");
        this.programs = programs;
    }

    /** Starts a server. */
    public static RedisServer open() throws IOException {
        var server = new RedisServer(Programs.directory("redis-6.2.6", directory -> {
            Path program = directory.resolve("redis-server");
            try (var in = Programs.resource(PROGRAM)) {
                Files.copy(in, program);
            }
            Programs.makeExecutable(program);
        }));
        try {
            server.start();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** The address for Lettuce and other clients. */
    public String url() {
        return "redis://%s:%d".formatted(host(), port());
    }

    @Override
    List<String> command() {
        return List.of(
                programs.resolve("redis-server").toString(),
                "--bind",
                host(),
                "--port",
                Integer.toString(port()),
                "--dir",
                scratch().toString(),
                "--save",
                "",
                "--appendonly",
                "no");
    }

    @Override
    boolean ready(Socket connection) throws IOException {
        connection.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = connection.getInputStream().readNBytes("+PONG".length());
        return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
    }
}
