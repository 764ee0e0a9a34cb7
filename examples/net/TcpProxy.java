/*
 * Listens on a port, and passes every connection on to a server elsewhere, both ways.
 *
 *     ./jasyncio run examples/net/TcpProxy.java PORT HOST PORT     for example: 8080 example.org 80
 *
 * Then: curl -H 'Host: example.org' http://127.0.0.1:8080/. Ctrl-C ends it.
 *
 * What is received is a Chunk, the very memory that the socket was read into. It is written to the other side as it is, so
 * that a byte is never copied on its way through. A chunk has one owner: whoever has read it, until it is written.
 *
 * When one side has said all it has to say, the other side is told so, and may go on talking.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.*;
import jasyncio.net.*;

long passed;

/** One direction of one connection, until its end. */
void pass(StreamReader from, StreamWriter to) throws IOException {
    for (Chunk chunk; (chunk = from.readChunk()) != null; ) {
        passed += chunk.size();
        to.write(chunk); // gives the chunk away
        to.drain(); // a slow receiver slows the sender down
    }
    to.writeEof();
}

void serve(StreamConnection client, String host, int port) throws IOException {
    try (var server = openConnection(host, port)) {
        taskGroup(tg -> { // if one direction breaks, the other one is cancelled
            tg.createTask(() -> pass(client.reader(), server.writer()));
            tg.createTask(() -> pass(server.reader(), client.writer()));
        });
        println(client.writer().peerAddress() + " is done; " + passed + " bytes passed in all");
    } catch (ExceptionGroup e) {
        e.on(IOException.class, broken -> println("broken: " + broken.getMessage())).orThrow();
    } catch (ConnectException e) {
        println(e.getMessage());
    }
}

void main(String... arguments) throws IOException {
    if (arguments.length != 3) {
        println("usage: TcpProxy PORT HOST PORT");
        return;
    }
    int port = Port.of(arguments[2]);
    run(() -> {
        try (var proxy = startServer(
                "127.0.0.1", Port.of(arguments[0]), client -> serve(client, arguments[1], port))) {
            println("passing " + proxy.addresses().getFirst() + " on to " + arguments[1] + ":" + port);
            proxy.serveForever();
        }
    });
}
