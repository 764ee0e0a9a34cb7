package jasyncio.net;

import java.net.InetSocketAddress;

/** What tests ask of servers. */
final class Servers {
    private Servers() {}

    /** Returns the port of its first address. */
    static int port(Server server) {
        return ((InetSocketAddress) server.addresses().getFirst()).getPort();
    }

    /** Closes it and waits until its last client is gone. */
    static void end(Server server) {
        server.close();
        server.waitClosed();
    }
}
