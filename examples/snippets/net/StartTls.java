import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.net.*;
import javax.net.ssl.SSLContext;

void serve(StreamConnection c, SSLContext context) throws IOException {
    c.writer().write("220 ready\n");
    for (String command : c.reader().lines()) {
        if (command.equals("STARTTLS")) {
            c.writer().write("220 go ahead\n"); // still in plain text
            c.writer().startTls(context);
        } else {
            boolean secret = c.writer().sslSession() != null;
            c.writer().write("250 " + command + (secret ? ", encrypted\n" : ", for all to read\n"));
        }
    }
}

String ask(StreamConnection c, String command) throws IOException {
    c.writer().write(command + "\n");
    return c.reader().readLine();
}

void main() throws Exception {
    var keys = Keys.of("localhost");
    var serverContext = Keys.context(keys, null);
    var trusting = Keys.context(null, keys);
    run(() -> {
        try (var server = startServer("localhost", 0, c -> serve(c, serverContext))) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            try (var c = openConnection("localhost", port)) {
                println(c.reader().readLine());
                println(ask(c, "NOOP"));
                println(ask(c, "STARTTLS"));
                c.writer().startTls(trusting);
                println(ask(c, "NOOP"));
            }
        }
    });
}
