package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import jasyncio.Asyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads that code inside a task starts are nobody's tasks: the JDK runs them, and they outlive the loop. */
class LibraryThreadsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void virtualThread_startedInTask_runsAndOutlivesTheLoop() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        var started = new CompletableFuture<Void>();
        Thread thread = Asyncio.run(() -> {
            Thread inner = Thread.ofVirtual().start(() -> {
                started.complete(null);
                awaitUninterruptibly(goOn);
                Thread.yield();
            });
            Asyncio.await(started);
            return inner;
        });
        assertTrue(thread.isAlive());
        goOn.countDown();
        assertTrue(thread.join(SOON), "ended after the loop was closed");
    }

    @Test
    void virtualThread_startedInTask_isNotOnTheLoop() {
        var seen = new CompletableFuture<Throwable>();
        Throwable e = Asyncio.run(() -> {
            Thread.ofVirtual()
                    .start(() -> seen.complete(
                            assertThrows(IllegalStateException.class, () -> Asyncio.sleep(Duration.ZERO))));
            return Asyncio.await(seen);
        });
        assertTrue(e.getMessage().startsWith("No task is running on VirtualThread"), e.getMessage());
    }

    @Test
    void virtualThread_startedByThreadOfTask_runsOnTheJdksScheduler() throws InterruptedException {
        Thread innermost = Asyncio.run(() -> {
            var done = new CompletableFuture<Thread>();
            Thread.ofVirtual().start(() -> Thread.ofVirtual().start(() -> done.complete(Thread.currentThread())));
            return Asyncio.await(done);
        });
        assertTrue(innermost.join(SOON));
    }

    @Test
    void virtualThreadExecutor_madeInTask_worksThereAndAfterTheLoop() throws Exception {
        ExecutorService executor = Asyncio.run(() -> {
            ExecutorService made = Executors.newVirtualThreadPerTaskExecutor();
            var sum = CompletableFuture.supplyAsync(() -> 40, made).thenApplyAsync(n -> n + 2, made);
            assertEquals(42, Asyncio.await(sum));
            return made;
        });
        assertEquals("later", executor.submit(() -> "later").get(10, TimeUnit.SECONDS));
        executor.close();
    }

    @Test
    void supplyAsync_inTask_completesOnTheCommonPool() {
        assertEquals("pool", Asyncio.run(() -> Asyncio.await(CompletableFuture.supplyAsync(() -> "pool"))));
    }

    @Test
    void parallelStream_inTask_computes() {
        assertEquals(
                499_500, Asyncio.run(() -> IntStream.range(0, 1000).parallel().sum()));
    }

    @Test
    void httpClient_madeInTask_answersThereAndAfterTheLoop() throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.start();
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .build();
        try {
            HttpClient client = Asyncio.run(() -> {
                var made = HttpClient.newHttpClient();
                var answer = Asyncio.await(made.sendAsync(request, BodyHandlers.ofString()));
                assertEquals("ok", answer.body());
                return made;
            });
            assertEquals("ok", client.send(request, BodyHandlers.ofString()).body());
            client.close();
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Tag("blocking")
    void thread_joinedInTask_endsWhileTheTaskWaits() {
        Asyncio.run(() -> {
            var goOn = new CountDownLatch(1);
            Thread inner = Thread.ofVirtual().start(() -> awaitUninterruptibly(goOn));
            Asyncio.createTask(goOn::countDown);
            inner.join();
            assertFalse(inner.isAlive());
        });
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
