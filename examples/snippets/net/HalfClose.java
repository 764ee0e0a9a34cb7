import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.net.*;

void sort(StreamReader reader, StreamWriter writer) throws IOException {
    var lines = new TreeSet<String>();
    for (String line : reader.lines()) { // ends with the client's writeEof()
        lines.add(line);
    }
    writer.write(String.join(" ", lines));
}

void main() throws IOException {
    run(() -> {
        try (var server = startServer("127.0.0.1", 0, this::sort)) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            try (var c = openConnection("127.0.0.1", port)) {
                c.writer().write("spam\nham\neggs\n");
                c.writer().writeEof(); // nothing more comes, but I listen
                println(new String(c.reader().readAll(), UTF_8));
                try {
                    c.writer().write("bread\n");
                } catch (IllegalStateException e) {
                    println(e.getMessage());
                }
            }
        }
    });
}
