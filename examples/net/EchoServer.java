/*
 * Sends back what it receives, to any number of clients at once.
 *
 *     ./jasyncio run examples/net/EchoServer.java          on port 8888 of this machine
 *     ./jasyncio run examples/net/EchoServer.java PORT     on another one; 0 takes one that is free
 *
 * Then, in other terminals: ./jasyncio run examples/net/EchoClient.java, or nc 127.0.0.1 8888. Ctrl-C ends it.
 *
 * Each connection is served by a task of its own that runs echo(…); it is closed when that returns. All tasks take turns
 * on one thread.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.net.*;

void echo(StreamReader reader, StreamWriter writer) throws IOException {
    println(writer.peerAddress() + " is here");
    long total = 0;
    for (byte[] data; (data = reader.read(64 * 1024)).length > 0; ) { // nothing: the client sends no more
        writer.write(data);
        writer.drain(); // waits while the client does not take what it gets
        total += data.length;
    }
    println(writer.peerAddress() + " is done after " + total + " bytes");
}

void main(String... arguments) throws IOException {
    int port = arguments.length > 0 ? Port.of(arguments[0]) : 8888;
    run(() -> {
        try (var server = startServer("127.0.0.1", port, this::echo)) {
            println("serving on " + server.addresses().getFirst());
            server.serveForever();
        }
    });
}
