import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

long countLines(Path file) throws IOException {
    try (var lines = Files.lines(file)) { // file I/O would block the loop
        return lines.count();
    }
}

void main() throws IOException {
    var file = Files.write(Files.createTempFile("snippet", ".txt"), List.of("one", "two", "three"));
    try {
        run(() -> {
            var clock = createTask("clock", () -> {
                sleep(ofMillis(1));
                println("the loop goes on");
            });
            println("lines: " + toThread(() -> {
                Thread.sleep(500); // a slow disk
                return countLines(file);
            }));
            await(clock);
        });
    } finally {
        Files.delete(file);
    }
}
