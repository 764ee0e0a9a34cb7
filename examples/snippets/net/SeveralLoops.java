import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.*;
import jasyncio.net.*;

/** Runs on any of the loops: what it shares with others must be thread-safe. */
void serve(StreamConnection c) throws IOException {
    c.reader().readLine();
    c.writer().write("done\n");
}

String ask(int port) throws IOException {
    try (var c = openConnection("127.0.0.1", port)) {
        c.writer().write("do it\n");
        return c.reader().readLine();
    }
}

void main() throws IOException {
    try (var group = ServerGroup.start("127.0.0.1", 0, o -> o.loops(3), this::serve)) {
        int port = ((InetSocketAddress) group.addresses().getFirst()).getPort();
        run(() -> { // a fourth loop, of the clients
            var answers = new ArrayList<Task<String>>();
            for (int i = 0; i < 100; i++) {
                answers.add(createTask(() -> ask(port)));
            }
            println(await(gather(answers)).stream().filter("done"::equals).count() + " answers");
        });
        long served = group.accepted().stream().mapToLong(n -> n).sum();
        println(group.accepted().size() + " loops have served " + served + " connections");
    }
}
