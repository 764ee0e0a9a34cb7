package jasyncio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sockets that this process has open. */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    static {
        try {
            SocketChannel.open()
                    .close(); // the first one that is closed makes the JDK open a socket of its own for good
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Descriptors() {}

    /** Counts them; skips the test on a machine that does not tell. */
    static long sockets() {
        assumeTrue(Files.isDirectory(OPEN), "this machine does not list a process's descriptors");
        try (Stream<Path> all = Files.list(OPEN)) {
            return all.filter(Descriptors::isSocket).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    static void assertSockets(long expected) {
        assertEquals(expected, sockets(), () -> "sockets open: " + list());
    }

    private static List<String> list() {
        try (Stream<Path> all = Files.list(OPEN)) {
            return all.filter(Descriptors::isSocket).map(Path::toString).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
