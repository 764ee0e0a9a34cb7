import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.net.*;

/** Runs in a task of its own for each connection, which is closed when it returns. */
void serve(StreamReader reader, StreamWriter writer) throws IOException {
    for (String line : reader.lines()) { // until the client sends no more
        writer.write(line.length() + "\n");
        writer.drain();
    }
}

void main() throws IOException {
    run(() -> {
        try (var server = startServer("127.0.0.1", 0, this::serve)) { // port 0: any that is free
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            try (var c = openConnection("127.0.0.1", port)) {
                for (String word : List.of("ham", "sausage")) {
                    c.writer().write(word + "\n");
                    c.writer().drain();
                    println(word + " has " + c.reader().readLine() + " letters");
                }
            }
        }
    });
}
