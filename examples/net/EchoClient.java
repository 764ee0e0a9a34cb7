/*
 * Sends lines to an echo server and prints what comes back.
 *
 *     ./jasyncio run examples/net/EchoClient.java                   to EchoServer on port 8888 of this machine
 *     ./jasyncio run examples/net/EchoClient.java HOST PORT LINE…   to another one, lines of your own
 *
 * One connection, plain sequential code: write, drain, read a line. A line that does not come back within five seconds
 * ends the program.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;

void talk(StreamReader reader, StreamWriter writer, List<String> lines) throws IOException, TimeoutException {
    for (String line : lines) {
        writer.write(line + "\n");
        writer.drain();
        println("sent     " + line);
        String answer = timeout(ofSeconds(5), () -> reader.readLine());
        if (answer == null) {
            println("the server closed the connection");
            return;
        }
        println("received " + answer);
    }
}

void main(String... arguments) throws IOException {
    var given = List.of(arguments);
    String host = given.isEmpty() ? "127.0.0.1" : given.getFirst();
    int port = given.size() < 2 ? 8888 : Port.of(given.get(1));
    var lines = given.size() < 3 ? List.of("hello", "how are you?", "goodbye") : given.subList(2, given.size());
    run(() -> {
        try (var c = openConnection(host, port)) {
            talk(c.reader(), c.writer(), lines);
        } catch (ConnectException e) {
            println(e.getMessage());
        } catch (TimeoutException e) {
            println("no answer within 5 s");
        }
    });
}
