import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;
import javax.net.ssl.*;

void greet(StreamConnection c) throws IOException {
    c.writer().write("hello, " + c.writer().sslSession().getPeerPrincipal() + "\n");
}

void connect(int port, SSLContext context) throws IOException {
    try (var c = openConnection("localhost", port, o -> o.tls(context, t -> t.handshakeTimeout(ofSeconds(5))))) {
        println(c.reader().readLine());
    } catch (SSLException e) {
        println(e.getMessage());
    }
}

void main() throws Exception {
    var server = Keys.of("localhost");
    var ann = Keys.of("ann");
    var serverContext = Keys.context(server, ann); // trusts ann's certificate only
    run(() -> {
        try (var serving = startServer("localhost", 0, o -> o.tls(serverContext, t -> t.needClientAuth(true)), this::greet)) {
            int port = ((InetSocketAddress) serving.addresses().getFirst()).getPort();
            connect(port, Keys.context(ann, server));
            connect(port, Keys.context(Keys.of("eve"), server)); // not trusted there, so the JDK does not even show it
        }
    });
}
