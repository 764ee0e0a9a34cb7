import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.servers.LocalServer;
import jasyncio.servers.MariaDbServer;
import jasyncio.servers.PostgresServer;
import jasyncio.servers.RedisServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database examples as they are run by hand: on servers of their own, which are gone afterwards, and on servers that are not theirs, which are left as they were.
 *
 * <p>None of them calls {@code System.exit} when all went well: that they end shows that no thread is left.
 */
@Timeout(200)
class DatabasesTest {
    private static final String ON_ANY_SERVER = """
            2000 transfers by 50 tasks, total 100000
            a query of 60 s: cancelled true, left on the server 0
            another: timed out, left on the server 0
            total 100000
            no connection left: SQLException
            given back: total 100000
            """;
    private static final String ON_ITS_OWN = ON_ANY_SERVER + """
            server killed, the query: SQLException
            and the next: SQLException
            server back: total 100000
            """;

    @TempDir
    private Path directory;

    /** Runs an example in a JVM of its own; no server that it started may be left when it ends. */
    private String run(String program, String... arguments) throws Exception {
        Path out = directory.resolve("out");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(CrawlerProcess.backendFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> program + " does not end: " + text(out));
            assertEquals(0, process.exitValue(), () -> text(out));
        } finally {
            process.destroyForcibly();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!servers(process.pid()).isEmpty()) {
            assertTrue(System.nanoTime() < end, "servers are left: " + servers(process.pid()));
        }
        return text(out);
    }

    /** The scratch directories of the servers of a process: each lasts as long as its server. */
    private static List<Path> servers(long pid) throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("jasyncio-(mariadb|postgres|redis)-%d-.*".formatted(pid)))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    @Tag("blocking")
    void mariaDb_withJdbcInTasks() throws Exception {
        assertEquals(ON_ITS_OWN, run("MariaDb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vertx", "executor"})
    void mariaDb_inTheOtherWays(String way) throws Exception {
        assertEquals(ON_ITS_OWN, run("MariaDb", "--way", way));
    }

    @ParameterizedTest
    @Tag("blocking")
    @ValueSource(strings = {"jdbc", "vertx", "executor"})
    void mariaDb_onAServerThatIsNotItsOwn_leavesNothingThere(String way) throws Exception {
        try (var server = MariaDbServer.open()) {
            assertEquals(ON_ANY_SERVER, run("MariaDb", "--way", way, "--url", server.url()));
            assertEquals(
                    0,
                    number(
                            server.url(),
                            "SELECT COUNT(*) FROM information_schema.tables" + " WHERE table_schema = DATABASE()"));
            assertOnlyConnection(
                    server.url(), "SELECT COUNT(*) FROM information_schema.processlist" + " WHERE user = 'jasyncio'");
        }
    }

    @Test
    @Tag("blocking")
    void postgres_onItsOwnServer_andOnAnother() throws Exception {
        String expected = """
                JDBC: two queries, at the same time: true
                Vert.x: be 2
                Vert.x: not 1
                Vert.x: or 1
                Vert.x: to 2
                heard: number 1
                heard: number 2
                heard: number 3
                """;
        assertEquals(expected, run("Postgres"));
        try (var server = PostgresServer.open()) {
            assertEquals(expected, run("Postgres", server.url()));
            assertOnlyConnection(
                    server.url(), "SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend'");
        }
    }

    @Test
    void redisChat_onItsOwnServer_andOnAnother() throws Exception {
        String expected = """
                heard ann: hello
                heard bob: hello
                heard ann: goodbye
                messages: 2
                """;
        assertEquals(expected, run("RedisChat"));
        try (var server = RedisServer.open()) {
            assertEquals(expected, run("RedisChat", server.url()));
            assertTrue(ask(server, "INFO clients").contains("connected_clients:1\r\n"));
            assertTrue(ask(server, "DBSIZE").startsWith(":0\r\n"));
        }
    }

    /** Sends one command and reads what comes back at once. */
    private static String ask(LocalServer server, String command) throws Exception {
        try (var socket = new Socket(server.host(), server.port())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** A server notices only after a moment that a connection is gone. */
    private static void assertOnlyConnection(String url, String count) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (number(url, count) != 1) {
            assertTrue(System.nanoTime() < end, "connections are left after 10 s");
        }
    }

    private static long number(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
