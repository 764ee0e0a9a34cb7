package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.newEventLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.net.Net.startServer;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Runner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;

/** A server that is shut down while it sends: what {@code drain} has let pass arrives. */
@Timeout(120)
class ShutdownTest {
    private static final int CLIENTS = 20;
    private static final int PIECE = 40_000;

    /** What each handler knows to be accepted, and what its client has received. */
    private record Books(List<long[]> accepted, List<CompletableFuture<Long>> received) {
        Books() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private interface End {
        void of(Server server) throws Exception;
    }

    @EachEngine
    void closeClients_whileTheySend_losesNoByteThatWasDrained(Engine engine) throws Exception {
        shutDown(engine, server -> {
            server.close();
            server.closeClients();
            server.waitClosed();
        });
    }

    @EachEngine
    void serveForever_cancelledWhileItSends_losesNoByteThatWasDrained(Engine engine) throws Exception {
        shutDown(engine, server -> {
            var serving = createTask(server::serveForever);
            sleep(ofMillis(1));
            serving.cancel();
            assertThrows(CancelledError.class, () -> await(serving));
        });
    }

    private static void shutDown(Engine engine, End end) throws Exception {
        var books = new Books();
        var slow = new CountDownLatch(1);
        List<Throwable> reported = new ArrayList<>();
        try (var runner = new Runner(o -> o.loopFactory(() -> newEventLoop(l -> l.poller(engine.newPoller()))))) {
            runner.run(() -> Asyncio.timeout(ofSeconds(60), () -> {
                Asyncio.runningLoop().setExceptionHandler(failure -> reported.add(failure.exception()));
                Server server = startServer("127.0.0.1", 0, c -> send(c, books));
                for (int i = 0; i < CLIENTS; i++) {
                    books.received.add(receive(Servers.port(server), slow));
                }
                while (books.accepted.size() < CLIENTS || total(books.accepted) < CLIENTS * 5L * PIECE) {
                    sleep(ofMillis(1));
                }
                var ending = createTask(() -> end.of(server));
                sleep(ofMillis(20)); // it has begun, and somebody is still sending
                slow.countDown();
                await(ending);
            }));
        }
        assertEquals(List.of(), reported, "to be ended by the server is no handler's mistake");
        long received =
                books.received.stream().mapToLong(CompletableFuture::join).sum();
        long accepted = total(books.accepted);
        assertTrue(received >= accepted, received + " of " + accepted + " bytes arrived");
        assertEquals(0, received % PIECE, "pieces were cut");
    }

    private static long total(List<long[]> counts) {
        return counts.stream().mapToLong(count -> count[0]).sum();
    }

    private static void send(StreamConnection c, Books books) throws IOException {
        var accepted = new long[1];
        books.accepted.add(accepted);
        while (!c.writer().closing()) {
            c.writer().write(new byte[PIECE]);
            c.writer().drain();
            accepted[0] += PIECE;
        }
    }

    private static CompletableFuture<Long> receive(int port, CountDownLatch slow) {
        var received = new CompletableFuture<Long>();
        Thread.ofPlatform().start(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                long some = socket.getInputStream().readNBytes(10_000).length;
                slow.await();
                received.complete(some + socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()));
            } catch (IOException | InterruptedException e) {
                received.completeExceptionally(e);
            }
        });
        return received;
    }
}
