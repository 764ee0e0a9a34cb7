package jasyncio.net;

import static jasyncio.Asyncio.newEventLoop;
import static jasyncio.net.Net.startServer;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Asyncio;
import jasyncio.Runner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Timeout;

/** Drains that nothing else wakes up: the other side says nothing. */
@Timeout(60)
class WaterMarksTest {
    private static final String HOST = "127.0.0.1";
    private static final int PIECE = 100_000;
    private static final int PIECES = 20;

    @EachEngine
    void drain_sentAtOnce_returnsThoughTheOtherSideSaysNothing(Engine engine) throws Exception {
        assertEquals(PIECE * PIECES, received(engine, _ -> {}));
    }

    @EachEngine
    void drain_marksOfZero_returnsWhenAllIsSent(Engine engine) throws Exception {
        assertEquals(PIECE * PIECES, received(engine, writer -> writer.setWriteBufferLimits(0, 0)));
    }

    private interface Preparation {
        void prepare(StreamWriter writer);
    }

    private static int received(Engine engine, Preparation preparation) throws Exception {
        try (var runner = new Runner(o -> o.loopFactory(() -> newEventLoop(l -> l.poller(engine.newPoller()))))) {
            return runner.run(() -> Asyncio.timeout(ofSeconds(20), () -> {
                try (var server = startServer(HOST, 0, (_, writer) -> send(writer, preparation))) {
                    int port = port(server);
                    return Asyncio.toThread(() -> receive(port)); // on this loop it would wake the server
                }
            }));
        }
    }

    private static int receive(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().readAllBytes().length;
        }
    }

    private static void send(StreamWriter writer, Preparation preparation) throws Exception {
        preparation.prepare(writer);
        for (int i = 0; i < PIECES; i++) {
            writer.write(new byte[PIECE]);
            writer.drain();
        }
    }

    private static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }
}
