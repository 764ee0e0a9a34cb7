/*
 * The engine under the loop: what uvloop is to asyncio
 * 事件循环的引擎：相当于 Python 的 uvloop
 *
 * The same program runs on the JDK's selector, NIO, and on the fastest engine that this machine has. Nothing in it changes but
 * the line that makes the loop: a loopFactory here, uvloop.EventLoopPolicy() in the notes. -Djasyncio.engine=nio chooses for
 * every loop, from outside.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.*;
import jasyncio.net.*;

void echo(StreamReader reader, StreamWriter writer) throws IOException {
    for (String line : reader.lines()) {
        writer.write(line.toUpperCase() + "\n");
        writer.drain();
    }
}

String ask(int port, String question) throws IOException {
    try (var c = openConnection("127.0.0.1", port)) {
        c.writer().write(question + "\n");
        return c.reader().readLine();
    }
}

void program() throws IOException {
    try (var server = startServer("127.0.0.1", 0, this::echo)) {
        int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
        println(await(gather(() -> ask(port, "ham"), () -> ask(port, "spam"), () -> ask(port, "eggs"))));
    }
}

void main() throws IOException {
    println("the default:");
    try (var runner = new Runner(o -> o.loopFactory(Engine.NIO::newEventLoop))) {
        runner.run(this::program);
    }

    println("another engine:");
    try (var runner = new Runner(o -> o.loopFactory(Engine.best()::newEventLoop))) {
        runner.run(this::program);
    }
}
