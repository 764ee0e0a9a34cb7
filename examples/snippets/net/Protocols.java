import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.*;
import jasyncio.net.*;

/** Sends everything back, and stops reading while the client does not take it. */
final class Echo implements Protocol {
    private Transport transport;

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
    }

    @Override
    public void dataReceived(Chunk data) {
        transport.write(data); // gives the memory away: no copy
    }

    @Override
    public void pauseWriting() {
        transport.pauseReading();
    }

    @Override
    public void resumeWriting() {
        transport.resumeReading();
    }
}

/** Sends a message, and collects what comes back until it is complete. */
final class Once implements Protocol {
    final Future<String> answer = runningLoop().createFuture();
    final Future<Boolean> lost = runningLoop().createFuture();
    private final byte[] message;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    Once(String message) {
        this.message = message.getBytes(UTF_8);
    }

    @Override
    public void connectionMade(Transport transport) {
        println("connected");
        transport.write(message);
    }

    @Override
    public void dataReceived(Chunk data) {
        received.writeBytes(data.toArray());
        if (received.size() == message.length) {
            answer.setResult(received.toString(UTF_8));
        }
    }

    @Override
    public void connectionLost(IOException cause) {
        println(cause == null ? "closed" : "broken: " + cause.getMessage());
        lost.setResult(true);
    }
}

void main() throws IOException {
    run(() -> {
        var server = createServer(Echo::new, "127.0.0.1", 0);
        int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
        var connection = createConnection(() -> new Once("hello"), "127.0.0.1", port);
        println(await(connection.protocol().answer));
        connection.transport().close();
        await(connection.protocol().lost);
        server.close();
        server.waitClosed(); // until the last connection is gone
        println(server);
    });
}
