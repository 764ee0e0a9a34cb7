package jasyncio.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The public surface is committed as text, so that a change of it is a line in a diff, seen and meant. Compiled into the tests of every
 * module that is published.
 */
class ApiDumpTest {
    private static final String MODULE =
            Path.of("").toAbsolutePath().getFileName().toString();
    private static final String UPDATE = "mvn -pl " + MODULE + " -am test -Dtest=ApiDumpTest -Dapi.update=true";

    @Test
    void publicSurface_isTheCommittedOne() throws IOException {
        Path committed = Path.of("api", "jasyncio-" + MODULE + ".txt");
        String current = new PublicSurface(Path.of("target", "classes")).describe();
        if (Boolean.getBoolean("api.update")) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, current);
        }

        String expected = Files.exists(committed) ? Files.readString(committed) : "";
        assertEquals(
                expected,
                current,
                "The public surface of jasyncio-" + MODULE + " is not that of " + MODULE + "/" + committed
                        + "; if the change is meant, run '" + UPDATE + "' and commit the file");
    }
}
