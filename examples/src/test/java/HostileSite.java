import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A website on loopback that does to a crawler whatever a website can do. */
final class HostileSite implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> hits = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> firstHits = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();

    /** Answers one request; what it throws closes the connection. */
    interface Answer {
        void to(HttpExchange exchange) throws Exception;
    }

    HostileSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    int hits(String path) {
        var count = hits.get(path);
        return count == null ? 0 : count.get();
    }

    void awaitHit(String path) throws Exception {
        firstHit(path).get(60, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> firstHit(String path) {
        return firstHits.computeIfAbsent(path, _ -> new CompletableFuture<>());
    }

    int allHits() {
        return hits.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** The largest number of requests that waited for slow pages together. */
    int busiest() {
        return busiest.get();
    }

    HostileSite on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        hits.computeIfAbsent(uri.toString(), _ -> new AtomicInteger()).incrementAndGet();
        firstHit(uri.toString()).complete(null);
        try (exchange) {
            answers.getOrDefault(uri.getPath(), nothing -> nothing.sendResponseHeaders(404, -1))
                    .to(exchange);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    HostileSite page(String path, String... links) {
        var html = new StringBuilder("<!doctype html><title>page</title>\n");
        List.of(links).forEach(link -> html.append("<a href=\"%s\">link</a>\n".formatted(link)));
        return html(path, "text/html", html.toString(), UTF_8);
    }

    HostileSite html(String path, String type, String html, Charset charset) {
        return on(path, exchange -> send(exchange, 200, type, html.getBytes(charset)));
    }

    HostileSite redirect(String path, String location) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /** Fails that many times, then is a page. */
    HostileSite flaky(String path, int failures, int status) {
        var left = new AtomicInteger(failures);
        return on(
                path,
                exchange -> send(
                        exchange, left.getAndDecrement() > 0 ? status : 200, "text/html", "flaky".getBytes(UTF_8)));
    }

    HostileSite slow(String path, int millis, String... links) {
        var html = new StringBuilder("slow");
        List.of(links).forEach(link -> html.append("<a href=\"%s\">link</a>\n".formatted(link)));
        return on(path, exchange -> {
            busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
            LockSupport.parkNanos(millis * 1_000_000L);
            busy.decrementAndGet();
            send(exchange, 200, "text/html", html.toString().getBytes(UTF_8));
        });
    }

    HostileSite silent(String path) {
        return on(path, _ -> closing.await());
    }

    /** Starts an answer, and never ends it. */
    HostileSite stalling(String path) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<a href=/unseen.html>x</a>".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            closing.await();
        });
    }

    /** Is a page the first time, and then starts answers that it never ends. */
    HostileSite stallingAfterwards(String path) {
        stalling(path);
        return onceAPage(path, answers.get(path));
    }

    /** Is a page the first time, and then an error. */
    HostileSite failingAfterwards(String path) {
        return onceAPage(path, exchange -> exchange.sendResponseHeaders(503, -1));
    }

    private HostileSite onceAPage(String path, Answer later) {
        page(path);
        Answer first = answers.get(path);
        return on(path, exchange -> (hits(path) == 1 ? first : later).to(exchange));
    }

    /** Sends so many bytes of an endless page, or until the client has had enough. */
    HostileSite huge(String path, String type, long bytes, boolean announced) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, announced ? bytes : 0);
            byte[] chunk = "<p>more</p>".repeat(CHUNK / 11).getBytes(UTF_8);
            for (long sent = 0; sent + chunk.length <= bytes; sent += chunk.length) {
                exchange.getResponseBody().write(chunk);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (InputStream request = exchange.getRequestBody()) {
            request.readAllBytes();
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
