package jasyncio.servers;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The unpacked programs of the servers: a directory for each version, made once and shared by all JVMs of a user. */
final class Programs {

    /** Fills a new directory. */
    interface Maker {
        void fill(Path directory) throws IOException;
    }

    private Programs() {}

    /** Returns the directory of that name, complete: one that is still being filled has another name. */
    static Path directory(String name, Maker maker) throws IOException {
        requirePlatform(name);
        Path home = home();
        Path directory = home.resolve(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Path fresh = Files.createTempDirectory(home, name + ".");
        try {
            maker.fill(fresh);
            open(fresh);
            move(fresh, directory);
        } finally {
            delete(fresh);
        }
        return directory;
    }

    private static void requirePlatform(String name) throws IOException {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).equals("linux") || !processor.equals("amd64")) {
            throw new IOException(
                    "No %s is included for %s on %s, only for Linux on amd64; start one and name it with --url"
                            .formatted(name, system, processor));
        }
    }

    /** Whoever else may write here could have others run his programs: the directory must be the user's own. */
    private static Path home() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path home = temporary.resolve("jasyncio-servers-" + System.getProperty("user.name"));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home);
            open(home);
        }
        Path mine = Files.createTempFile(home, "owner", "");
        try {
            if (!Files.getOwner(home).equals(Files.getOwner(mine))) {
                throw new IOException("%s belongs to %s, not to %s; remove it"
                        .formatted(home, Files.getOwner(home), Files.getOwner(mine)));
            }
        } finally {
            Files.delete(mine);
        }
        return home;
    }

    /** Lets other users read: PostgreSQL refuses to run as root, and then runs as somebody else. */
    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void move(Path fresh, Path directory) throws IOException {
        try {
            Files.move(fresh, directory);
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            } // else another JVM was faster
        }
    }

    /** Opens a resource of a jar on the class path. */
    static InputStream resource(String name) throws IOException {
        InputStream in = Programs.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException("No %s on the class path; rebuild the module servers".formatted(name));
        }
        return in;
    }

    /** Copies what a jar has below a directory, as far as it lies in one of these files or directories. */
    static void unpack(String root, Path target, List<String> wanted) throws IOException {
        URI uri = URI.create(String.valueOf(Programs.class.getResource(root)));
        try (FileSystem jar =
                FileSystems.newFileSystem(URI.create(uri.toString().replaceAll("!.*", "")), Map.of())) {
            for (String name : wanted) {
                Path source = jar.getPath(root, name);
                copy(source, target.resolve(name));
            }
        }
    }

    /** Copies a file, or a directory with all it holds. */
    static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
    }

    static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Deletes a directory with all it holds, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
