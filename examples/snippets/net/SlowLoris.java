import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;

void serve(StreamReader reader, StreamWriter writer) throws IOException {
    try {
        String request = timeout(ofMillis(600), () -> reader.readLine()); // all of it within that time
        writer.write("you asked: " + request + "\n");
    } catch (TimeoutException e) {
        writer.write("too slow\n");
    }
}

/** Sends a letter now and then, and never a whole line. */
void drip(StreamWriter writer) throws IOException {
    for (int i = 0; i < 3; i++) {
        writer.write("x");
        writer.drain();
        sleep(ofMillis(50));
    }
}

void main() throws IOException {
    run(() -> {
        try (var server = startServer("127.0.0.1", 0, this::serve)) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            var slow = openConnection("127.0.0.1", port);
            var dripping = createTask(() -> drip(slow.writer()));
            var answer = createTask(() -> slow.reader().readLine());
            try (var c = openConnection("127.0.0.1", port)) {
                c.writer().write("time?\n");
                println(c.reader().readLine());
            }
            println(await(answer));
            dripping.cancel();
            slow.writer().abort();
        }
    });
}
