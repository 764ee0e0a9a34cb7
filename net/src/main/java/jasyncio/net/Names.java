package jasyncio.net;

import jasyncio.Asyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Turns names into addresses, off the loop. */
final class Names {
    private Names() {}

    static List<InetSocketAddress> resolve(String host, int port) throws IOException {
        checkPort(port, 1);
        return addresses(host, port);
    }

    /** An empty host means every address of this machine, of both families. */
    static List<InetSocketAddress> resolveForServer(String host, int port) throws IOException {
        checkPort(port, 0);
        return host.isEmpty() ? List.of(new InetSocketAddress(port)) : addresses(host, port);
    }

    private static void checkPort(int port, int least) {
        if (port < least || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is not within " + least + " to 65535");
        }
    }

    private static List<InetSocketAddress> addresses(String host, int port) throws IOException {
        InetAddress[] found = isNumeric(host)
                ? InetAddress.getAllByName(host) // asks nobody
                : Asyncio.toThread(() -> InetAddress.getAllByName(host));
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : found) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return addresses;
    }

    private static boolean isNumeric(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
