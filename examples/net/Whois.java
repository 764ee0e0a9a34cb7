/*
 * Who is it? A server and a client of a line protocol, that of RFC 3912: one line asks, what comes back until the end of the
 * connection is the answer.
 *
 *     ./jasyncio run examples/net/Whois.java serve [PORT]         on port 4343 if none is given; 0 takes a free one
 *     ./jasyncio run examples/net/Whois.java NAME [HOST PORT]     asks that server, or another one
 *
 * Real servers answer on port 43, such as whois.iana.org.
 *
 * The server trusts nobody: a question may have 200 bytes and take 5 s, and at most 100 clients are served at once.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;
import jasyncio.sync.Semaphore;

final Map<String, String> people = Map.of(
        "ada", "Ada Lovelace\nnotes on the Analytical Engine, 1843",
        "grace", "Grace Hopper\na compiler, 1952",
        "dennis", "Dennis Ritchie\nC, 1972");

// ---- the server

void serve(StreamReader reader, StreamWriter writer, Semaphore places) throws IOException {
    try (var _ = places.acquire()) {
        writer.write(answer(reader));
        writer.drain();
    }
}

String answer(StreamReader reader) throws IOException {
    try {
        String question = timeout(ofSeconds(5), () -> reader.readLine());
        if (question == null) {
            return "";
        }
        String found = people.get(question.strip().toLowerCase(Locale.ROOT));
        return found == null ? "No match for '" + question + "'\r\n" : found.replace("\n", "\r\n") + "\r\n";
    } catch (TimeoutException e) {
        return "No question within 5 s\r\n";
    } catch (IOException e) {
        if (e.getCause() instanceof LimitOverrunException) {
            return "A question may have 200 bytes\r\n";
        }
        throw e;
    }
}

void runServer(int port) throws IOException {
    var places = new Semaphore(100);
    try (var server = startServer("127.0.0.1", port, o -> o.limit(200), c -> serve(c.reader(), c.writer(), places))) {
        println("serving on " + server.addresses().getFirst());
        server.serveForever();
    }
}

// ---- the client

void ask(String question, String host, int port) throws IOException {
    try (var c = openConnection(host, port)) {
        c.writer().write(question + "\r\n");
        c.writer().drain();
        for (String line : c.reader().lines()) {
            println(line);
        }
    } catch (ConnectException | UnknownHostException e) {
        println(e.getMessage());
    }
}

void main(String... arguments) throws IOException {
    var given = List.of(arguments);
    if (given.isEmpty()) {
        println("usage: Whois serve [PORT], Whois NAME [HOST PORT]");
    } else if (given.getFirst().equals("serve")) {
        run(() -> runServer(given.size() < 2 ? 4343 : Port.of(given.get(1))));
    } else {
        run(() -> ask(
                given.getFirst(),
                given.size() < 3 ? "127.0.0.1" : given.get(1),
                given.size() < 3 ? 4343 : Port.of(given.get(2))));
    }
}
