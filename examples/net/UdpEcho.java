/*
 * Sends every datagram back to whoever sent it.
 *
 *     ./jasyncio run examples/net/UdpEcho.java serve [PORT]           on port 8890 if none is given; 0 takes a free one
 *     ./jasyncio run examples/net/UdpEcho.java send HOST PORT TEXT…   sends texts, and prints what comes back
 *
 * nc -u 127.0.0.1 8890 talks to it as well. Ctrl-C ends the server.
 *
 * UDP promises nothing: a datagram arrives whole, or twice, or late, or not at all. So the client waits half a second for each
 * answer, and asks three times.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.*;

import jasyncio.net.*;

void serve(int port) throws IOException {
    try (var endpoint = openDatagramEndpoint(o -> o.local("127.0.0.1", port))) {
        println("serving on " + endpoint.localAddress());
        for (var datagram : endpoint.datagrams()) {
            endpoint.send(datagram.data(), datagram.sender());
        }
    }
}

void send(String host, int port, List<String> texts) throws IOException {
    try (var endpoint = openDatagramEndpoint(o -> o.remote(host, port))) {
        for (String text : texts) {
            println(text + " -> " + ask(endpoint, text));
        }
    } catch (PortUnreachableException e) {
        println("nobody receives at " + host + ":" + port);
    }
}

String ask(DatagramEndpoint endpoint, String text) throws IOException {
    for (int tries = 1; tries <= 3; tries++) {
        endpoint.send(text.getBytes(UTF_8));
        try {
            return new String(timeout(ofMillis(500), () -> endpoint.receive()).data(), UTF_8);
        } catch (TimeoutException e) {
            // lost on the way there, or on the way back
        }
    }
    return "no answer";
}

void main(String... arguments) throws IOException {
    var given = List.of(arguments);
    if (!given.isEmpty() && given.getFirst().equals("serve")) {
        run(() -> serve(given.size() < 2 ? 8890 : Port.of(given.get(1))));
    } else if (given.size() >= 4 && given.getFirst().equals("send")) {
        run(() -> send(given.get(1), Port.of(given.get(2)), given.subList(3, given.size())));
    } else {
        println("usage: UdpEcho serve [PORT], UdpEcho send HOST PORT TEXT…");
    }
}
