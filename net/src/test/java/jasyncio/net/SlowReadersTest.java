package jasyncio.net;

import static jasyncio.Asyncio.sleep;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.startServer;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/** A server whose clients do not read: what waits for each of them is bounded by its water marks. */
@Timeout(120)
class SlowReadersTest {
    private static final int CLIENTS = 1_000;
    private static final int PIECE = 16 * 1024;
    private static final int RECEIVE_BUFFER = 4 * 1024;

    /** What Netty counts besides the data: 96 bytes for each of the few pieces that wait. */
    private static final int OVERHEAD = 1024;

    @EachEngine
    void slowReaders_aThousand_costNoMoreThanTheirWaterMarks(Engine engine) throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        run(engine, () -> {
            List<StreamWriter> writers = new ArrayList<>();
            List<Throwable> reported = new ArrayList<>();
            Asyncio.runningLoop().setExceptionHandler(failure -> reported.add(failure.exception()));
            var accepted = new long[1];
            try (var server =
                    startServer(InetAddress.getLoopbackAddress().getHostAddress(), 0, o -> o.backlog(CLIENTS), c -> {
                        writers.add(c.writer());
                        while (true) {
                            c.writer().write(new byte[PIECE]);
                            c.writer().drain();
                            accepted[0] += PIECE;
                        }
                    })) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(connect(Servers.port(server)));
                }
                for (long before = -1; writers.size() < CLIENTS || accepted[0] > before; sleep(ofMillis(100))) {
                    before = accepted[0];
                }
                for (int i = 0; i < 20; i++) { // whoever would write more has time to
                    sleep(ofMillis(5));
                    for (StreamWriter writer : writers) {
                        assertTrue(
                                writer.writeBufferSize() <= writer.highWaterMark() + PIECE + OVERHEAD,
                                writer.writeBufferSize() + " bytes wait");
                    }
                }
                server.abortClients();
                Servers.end(server);
                assertEquals(List.of(), reported, "to be ended by the server is no handler's mistake");
            }
        });
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private static SocketChannel connect(int port) throws Exception {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return client;
    }
}
