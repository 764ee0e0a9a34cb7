import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.*;
import jasyncio.net.*;

void main() throws IOException {
    Path file = Files.createTempFile("numbers", ".txt");
    Files.write(file, IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());
    run(() -> {
        Future<Long> sent = runningLoop().createFuture();
        try (var server = startServer("127.0.0.1", 0, (_, writer) -> {
            writer.write(Files.size(file) + "\n");
            sent.setResult(sendFile(writer, file)); // from the file to the socket, not through the program
        })) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            try (var c = openConnection("127.0.0.1", port)) {
                int size = Integer.parseInt(c.reader().readLine());
                println(size + " bytes are announced");
                byte[] received = c.reader().readExactly(size);
                println(await(sent) + " were sent");
                println("they are those of the file: " + Arrays.equals(received, Files.readAllBytes(file)));
            }
        } finally {
            Files.delete(file);
        }
    });
}
