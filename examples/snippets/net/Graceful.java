import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;
import jasyncio.sync.Event;

void serve(StreamReader reader, StreamWriter writer) throws IOException {
    String request = reader.readLine();
    sleep(ofMillis("quick".equals(request) ? 50 : 60_000));
    writer.write(request + " is done\n");
    writer.drain(); // what it has accepted is not lost
}

void runServer(Event ready, List<SocketAddress> addresses) throws IOException {
    var stop = new Event();
    runningLoop().addSignalHandler("TERM", stop::set);
    var server = startServer("127.0.0.1", 0, this::serve);
    try {
        addresses.addAll(server.addresses());
        ready.set();
        stop.await();
    } finally {
        runningLoop().removeSignalHandler("TERM");
        server.close(); // nobody new; those who are here go on
    }
    println(server);
    try {
        timeout(ofMillis(500), () -> server.waitClosed());
    } catch (TimeoutException e) {
        server.abortClients(); // time is up
        server.waitClosed();
    }
    println(server);
}

void ask(SocketAddress address, String request) throws IOException {
    var server = (InetSocketAddress) address;
    try (var c = openConnection(server.getHostString(), server.getPort())) {
        c.writer().write(request + "\n");
        println(request + ": " + c.reader().readLine());
    }
}

void main() throws IOException {
    run(() -> {
        var ready = new Event();
        var addresses = new ArrayList<SocketAddress>();
        var serving = createTask(() -> runServer(ready, addresses));
        ready.await();

        var clients = List.of("quick", "slow").stream().map(r -> createTask(() -> ask(addresses.getFirst(), r))).toList();
        sleep(ofMillis(20));
        try (var kill = createSubprocessExec("kill", "-TERM", Long.toString(ProcessHandle.current().pid()))) {
            kill.await(); // what an operator or a container does
        }
        await(serving);
        jasyncio.Asyncio.wait(clients);
    });
}
