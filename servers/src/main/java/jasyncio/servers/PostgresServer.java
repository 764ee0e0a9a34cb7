package jasyncio.servers;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL, with the user and the database {@code postgres} and no password. */
public final class PostgresServer extends LocalServer {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String NAME = "postgres";

    /** PostgreSQL refuses to run as root, so root runs it as nobody. */
    private static final boolean AS_NOBODY = System.getProperty("user.name").equals("root");

    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--");

    private final Path programs;
    private final Path data;

    private PostgresServer(Path programs) throws IOException {
        super("postgres");
        this.programs = programs;
        this.data = Files.createDirectory(scratch().resolve("data"));
    }

    /** Starts a server whose data are gone when it is closed. */
    public static PostgresServer open() throws IOException {
        var server = new PostgresServer(Programs.directory("postgres-14.22", PostgresServer::unpack));
        try {
            server.initialise();
            server.start();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** The address for JDBC, with the user. */
    public String url() {
        return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host(), port(), NAME, NAME);
    }

    private static void unpack(Path directory) throws IOException {
        try (var in = Programs.resource(ARCHIVE);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, entry.resolveIn(directory));
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, file);
                if ((entry.getMode() & 0100) != 0) {
                    Programs.makeExecutable(file);
                }
            }
        }
    }

    private void initialise() throws IOException {
        if (AS_NOBODY) {
            var nobody =
                    scratch().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(scratch(), nobody);
            Files.setOwner(data, nobody);
        }
        Path log = scratch().resolve("initdb.log");
        var command = command(
                "initdb", "-D", data.toString(), "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Process process = new ProcessBuilder(command)
                .directory(scratch().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("initdb: " + Files.readString(log));
        }
    }

    @Override
    List<String> command() {
        return command(
                "postgres",
                "-D",
                data.toString(),
                "-h",
                host(),
                "-p",
                Integer.toString(port()),
                "-k",
                scratch().toString());
    }

    private List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(AS_NOBODY ? NOBODY : List.of());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Says hello, and is asked to authenticate or let in; while it starts up it answers with an error. */
    @Override
    boolean ready(Socket connection) throws IOException {
        byte[] options = "user\0%s\0database\0%s\0\0".formatted(NAME, NAME).getBytes(StandardCharsets.US_ASCII);
        var out = new DataOutputStream(connection.getOutputStream());
        out.writeInt(8 + options.length);
        out.writeInt(3 << 16); // the protocol's version
        out.write(options);
        return connection.getInputStream().read() == 'R';
    }
}
