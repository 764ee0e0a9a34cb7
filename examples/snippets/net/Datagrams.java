import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.*;

import jasyncio.net.*;

/** Callbacks, as in asyncio. */
final class Echo implements DatagramProtocol {
    private DatagramTransport transport;

    @Override
    public void connectionMade(DatagramTransport transport) {
        this.transport = transport;
    }

    @Override
    public void datagramReceived(Chunk data, InetSocketAddress sender) {
        transport.sendTo(data, sender); // gives the memory away: no copy
    }
}

void main() throws IOException {
    run(() -> {
        var server = createDatagramEndpoint(Echo::new, o -> o.local("127.0.0.1", 0));
        int port = server.transport().localAddress().getPort();

        // plain sequential code
        try (var client = openDatagramEndpoint(o -> o.remote("127.0.0.1", port))) {
            for (String word : List.of("ham", "spam")) {
                client.send(word.getBytes(UTF_8));
                println(new String(timeout(ofSeconds(5), () -> client.receive()).data(), UTF_8));
            }
        } catch (TimeoutException e) {
            println("lost on the way");
        }
        server.transport().close();
    });
}
