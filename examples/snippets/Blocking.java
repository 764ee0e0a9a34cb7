import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

/** A server and two clients on blocking sockets, all on one thread. */
void serve(ServerSocket server) throws IOException {
    while (true) {
        var socket = server.accept(); // parks this task
        createTask(() -> {
            try (socket) {
                socket.getOutputStream().write(socket.getInputStream().read() + 1);
            }
        });
    }
}

int ask(int port, int question) throws IOException {
    try (var socket = new Socket("localhost", port)) {
        socket.getOutputStream().write(question);
        return socket.getInputStream().read(); // parks this task
    }
}

void main() throws IOException {
    run(() -> {
        var server = new ServerSocket(0);
        var serving = createTask("server", () -> serve(server));
        int port = server.getLocalPort();
        println(await(gather(() -> ask(port, 1), () -> ask(port, 41))));

        try {
            timeout(ofMillis(100), () -> Thread.sleep(60_000)); // interrupted when the time is up
        } catch (TimeoutException e) {
            println("Thread.sleep was cut short");
        }

        serving.cancel(); // interrupts accept(), which closes the server socket
        println(Asyncio.wait(List.of(serving)).done().contains(serving) + ", cancelled: " + serving.cancelled());
        println("closed: " + server.isClosed());
    });
}
