/*
 * Three addresses at once
 * 同时请求三个网址
 *
 * A server on loopback that answers after 0.6, 0.4 and 0.2 s, and a client that blocks.
 *
 * CPython differs: requests.get blocks the loop, so there the three requests follow one another; only the pauses
 * overlap. Here HttpClient.send parks its own task only. On the portable backend it blocks as in CPython;
 * await(client.sendAsync(…)) does not.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import com.sun.net.httpserver.HttpServer;
import jasyncio.*;
import java.net.http.*;

final HttpClient client = HttpClient.newHttpClient();
String site;
Instant start;

void result(String url) throws IOException, InterruptedException {
    int res = requestUrl(url);
    println(url + " " + res);
}

int requestUrl(String url) throws IOException, InterruptedException {
    int res = get(url);
    println(url);
    sleep(ofSeconds(1));
    println("execute_time: " + secondsSinceStart());
    return res;
}

int get(String url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(site + url)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
}

double secondsSinceStart() {
    return between(start, Instant.now()).toMillis() / 1000.0;
}

HttpServer startServer() throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", exchange -> {
        try (exchange) {
            Thread.sleep(Integer.parseInt(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    });
    server.start();
    return server;
}

void main() throws IOException, InterruptedException {
    var server = startServer();
    site = "http://127.0.0.1:" + server.getAddress().getPort();
    get("/0"); // the client's classes are loaded
    start = Instant.now();
    run(() -> {
        var tasks = Stream.of("/600", "/400", "/200").map(url -> createTask(() -> result(url))).toList();
        Asyncio.wait(tasks);
    });
    double allExecuteTime = secondsSinceStart();
    println("all_execute_time: " + allExecuteTime);
    println("the three requests overlapped: " + (allExecuteTime < 2.0));
    server.stop(0);
}
