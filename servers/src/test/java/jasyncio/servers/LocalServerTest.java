package jasyncio.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that come, go, come back and leave nothing behind, also when their JVM is killed. */
@Timeout(120)
class LocalServerTest {
    enum Kind {
        MARIADB {
            @Override
            LocalServer open() throws IOException {
                return MariaDbServer.open();
            }
        },
        POSTGRES {
            @Override
            LocalServer open() throws IOException {
                return PostgresServer.open();
            }
        },
        REDIS {
            @Override
            LocalServer open() throws IOException {
                return RedisServer.open();
            }
        };

        abstract LocalServer open() throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void close_endsTheProcess_andRemovesItsFiles(Kind kind) throws Exception {
        LocalServer server = kind.open();
        long pid = server.pid();
        assertTrue(isAlive(pid));
        assertTrue(accepts(server));
        server.close();
        assertFalse(isAlive(pid));
        assertFalse(accepts(server));
        assertFalse(Files.exists(server.scratch()));
    }

    @ParameterizedTest
    @EnumSource
    void start_afterKillAndStop_isOnTheSamePort(Kind kind) throws Exception {
        try (LocalServer server = kind.open()) {
            long first = server.pid();
            server.kill();
            assertFalse(accepts(server));
            assertThrows(IllegalStateException.class, server::pid);
            server.start();
            assertTrue(accepts(server));
            assertFalse(isAlive(first));
            server.stop();
            assertFalse(accepts(server));
            server.start();
            assertTrue(accepts(server));
        }
    }

    @ParameterizedTest
    @EnumSource
    void server_endsWithItsJvm_howeverThatEnds(Kind kind) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        kind.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var out = jvm.inputReader();
            long pid = Long.parseLong(out.readLine());
            Path scratch = Path.of(out.readLine());
            assertTrue(isAlive(pid));
            jvm.destroyForcibly().waitFor();
            await(() -> !isAlive(pid) && !Files.exists(scratch));
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** Starts a server and waits to be killed. */
    static final class Child {
        public static void main(String... arguments) throws Exception {
            LocalServer server = Kind.valueOf(arguments[0]).open();
            System.out.println(server.pid() + "\n" + server.scratch());
            Thread.currentThread().join();
        }
    }

    @Test
    void keptData_outliveTheServer(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        MariaDbServer.open(data).close();
        assertTrue(Files.isDirectory(data.resolve("mysql")));
        Files.writeString(data.resolve("mark"), "here");
        MariaDbServer.open(data).close();
        assertEquals("here", Files.readString(data.resolve("mark")));
        assertEquals(List.of("data", "data.lock"), list(directory));
    }

    @Test
    void keptData_refuseASecondServer_andWhatIsNotTheirs(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        try (var _ = MariaDbServer.open(data)) {
            var refusal = assertThrows(IOException.class, () -> MariaDbServer.open(data));
            assertTrue(refusal.getMessage().contains("in use by another server"), refusal.getMessage());
        }
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("letter"), "");
        var refusal = assertThrows(IOException.class, () -> MariaDbServer.open(other));
        assertTrue(refusal.getMessage().contains("name another directory"), refusal.getMessage());
    }

    private static List<String> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static boolean accepts(LocalServer server) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "20 s have passed");
            ServerProcess.pause();
        }
    }
}
