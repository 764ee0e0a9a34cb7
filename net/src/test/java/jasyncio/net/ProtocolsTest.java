package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.createConnection;
import static jasyncio.net.Net.createServer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transports and protocols over real sockets, on every engine of this machine. */
class ProtocolsTest {

    private static final class Echo implements Protocol {
        private Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(Chunk data) {
            transport.write(data);
        }
    }

    private static final class Recorder implements Protocol {
        final List<String> log = new ArrayList<>();
        final Future<@Nullable Void> end = runningLoop().createFuture();
        private int received;
        private Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
            log.add("made");
            transport.write(new byte[100_000]);
        }

        @Override
        public void dataReceived(Chunk data) {
            received += data.size();
            if (received == 100_000) {
                log.add("all received");
                transport.writeEof();
            }
        }

        @Override
        public boolean eofReceived() {
            log.add("eof");
            return false;
        }

        @Override
        public void connectionLost(@Nullable IOException cause) {
            log.add("lost " + cause);
            end.setResult(null);
        }

        @Override
        public void pauseWriting() {
            log.add("pause");
        }

        @Override
        public void resumeWriting() {
            log.add("resume");
        }
    }

    @EachEngine
    void conversation_isToldInOrder(Engine engine) throws Exception {
        run(engine, () -> {
            var server = createServer(Echo::new, "127.0.0.1", 0);
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            var connection = createConnection(Recorder::new, "127.0.0.1", port);
            await(connection.protocol().end);
            server.close();
            server.waitClosed();
            assertEquals(
                    List.of("made", "pause", "resume", "all received", "eof", "lost null"), connection.protocol().log);
        });
    }
}
