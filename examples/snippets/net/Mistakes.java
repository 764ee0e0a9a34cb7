import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;

interface Mistake {
    void make() throws Exception;
}

void show(Mistake mistake) {
    try {
        mistake.make();
    } catch (Exception e) {
        println(e.getMessage());
    }
}

void main() throws IOException {
    run(() -> {
        try (var server = startServer("127.0.0.1", 0, (reader, _) -> reader.readLine())) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            show(() -> openConnection("127.0.0.1", 1));
            show(() -> openConnection("no.such.host.invalid", 80));
            show(() -> startServer("127.0.0.1", port, (_, _) -> {}));
            show(() -> openConnection("127.0.0.1", 123_456));

            var c = openConnection("127.0.0.1", port);
            var first = createTask(() -> c.reader().readLine());
            sleep(ofMillis(1));
            show(() -> c.reader().read(10));
            first.cancel();
            c.close();
            c.writer().write("too late\n");
            show(() -> c.writer().drain());
        }
    });
    show(() -> openConnection("127.0.0.1", 80));
}
