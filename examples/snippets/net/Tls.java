import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;

import jasyncio.net.*;
import javax.net.ssl.*;

void greet(StreamConnection c) throws IOException {
    c.writer().write("welcome to " + c.writer().applicationProtocol() + "\n");
}

void connect(String host, int port, SSLContext context) throws IOException {
    try (var c = openConnection(host, port, o -> o.tls(context, t -> t.applicationProtocols("h2", "http/1.1")))) {
        println(c.writer().sslSession().getProtocol() + ": " + c.reader().readLine());
    } catch (SSLException e) {
        println(e.getMessage());
    }
}

void main() throws Exception {
    var keys = Keys.of("localhost");
    var serverContext = Keys.context(keys, null);
    run(() -> {
        try (var server = startServer(
                        "localhost", 0, o -> o.tls(serverContext, t -> t.applicationProtocols("http/1.1")), this::greet);
                var plain = startServer("localhost", 0, (_, writer) -> writer.write("220 hello\r\n"))) {
            int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
            int plainPort = ((InetSocketAddress) plain.addresses().getFirst()).getPort();
            var trusting = Keys.context(null, keys);

            connect("localhost", port, trusting);
            connect("localhost", port, SSLContext.getDefault()); // the authorities that the JDK knows
            connect("127.0.0.1", port, trusting); // not in the certificate
            connect("localhost", plainPort, trusting);
        }
    });
}
