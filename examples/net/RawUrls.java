/*
 * Three addresses at once, asked for in HTTP by hand, on raw streams.
 *
 *     ./jasyncio run examples/net/RawUrls.java          three pages that it serves itself, in 0.6, 0.4 and 0.2 s
 *     ./jasyncio run examples/net/RawUrls.java URL…     those; https as well
 *
 * The course notes do it with requests.get, which blocks the loop, so that the three follow one another. Here each request is
 * a task that waits for its own socket: all of it takes as long as the slowest.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;
import jasyncio.net.*;
import javax.net.ssl.SSLContext;

Instant start;

void result(URI url) throws Exception {
    String res = requestUrl(url);
    println(url + " " + res);
}

String requestUrl(URI url) throws Exception {
    String res = get(url);
    println(url);
    sleep(ofSeconds(1));
    println("execute_time: " + secondsSinceStart());
    return res;
}

/** One request on one connection; returns the status and the length of the page. */
String get(URI url) throws Exception {
    try (var c = connect(url)) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        c.writer().write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, url.getAuthority()));
        c.writer().drain();
        String status = c.reader().readLine();
        for (String header; (header = c.reader().readLine()) != null && !header.isEmpty(); ) {
            // not needed: the page ends where the connection ends
        }
        return "<" + status + ", " + c.reader().readAll().length + " bytes>";
    }
}

StreamConnection connect(URI url) throws Exception {
    boolean https = url.getScheme().equals("https");
    int port = url.getPort() >= 0 ? url.getPort() : https ? 443 : 80;
    var trusted = SSLContext.getDefault();
    return openConnection(url.getHost(), port, o -> https ? o.tls(trusted) : o);
}

double secondsSinceStart() {
    return between(start, Instant.now()).toMillis() / 1000.0;
}

/** Answers GET /MILLIS when that many have passed. */
void answer(StreamReader reader, StreamWriter writer) throws IOException {
    String request = reader.readLine();
    for (String header; (header = reader.readLine()) != null && !header.isEmpty(); ) {
        // of no interest
    }
    sleep(ofMillis(Integer.parseInt(request.replaceAll("GET /(\\d+) .*", "$1"))));
    writer.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n");
    writer.drain();
}

void main(String... arguments) throws IOException {
    run(() -> {
        try (var server = startServer("127.0.0.1", 0, this::answer)) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            var urls = arguments.length > 0
                    ? List.of(arguments)
                    : Stream.of(600, 400, 200).map(ms -> "http://127.0.0.1:" + port + "/" + ms).toList();
            start = Instant.now();
            var tasks = urls.stream().map(url -> createTask(() -> result(URI.create(url)))).toList();
            Asyncio.wait(tasks);
            tasks.stream().map(Task::exception).filter(Objects::nonNull).forEach(e -> println(e.getMessage()));
        }
        println("all_execute_time: " + secondsSinceStart());
    });
}
