package jasyncio.net;

import jasyncio.Asyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns names into addresses, off the loop. */
final class Names {
    private Names() {}

    static List<InetSocketAddress> resolve(String host, int port) throws IOException {
        return resolve(host, port, 1);
    }

    static List<InetSocketAddress> resolve(String host, int port, int least) throws IOException {
        checkPort(port, least);
        return addresses(host, port);
    }

    /** An empty host means every address of this machine, of both families. */
    static List<InetSocketAddress> resolveForServer(String host, int port) throws IOException {
        checkPort(port, 0);
        return host.isEmpty() ? List.of(new InetSocketAddress(port)) : addresses(host, port);
    }

    /** Takes addresses of both families in turn, beginning with that of the first, and keeps the order within each. */
    static <A extends SocketAddress> List<A> interleave(List<A> addresses) {
        Map<Class<?>, ArrayDeque<A>> families = new LinkedHashMap<>();
        for (A address : addresses) {
            families.computeIfAbsent(family(address), _ -> new ArrayDeque<>()).add(address);
        }
        List<A> order = new ArrayList<>();
        while (order.size() < addresses.size()) {
            for (ArrayDeque<A> family : families.values()) {
                if (!family.isEmpty()) {
                    order.add(family.remove());
                }
            }
        }
        return order;
    }

    private static Class<?> family(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getClass()
                : address.getClass();
    }

    static void checkPort(int port, int least) {
        if (port < least || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is not within " + least + " to 65535");
        }
    }

    private static List<InetSocketAddress> addresses(String host, int port) throws IOException {
        InetAddress[] found;
        try {
            found = isNumeric(host)
                    ? InetAddress.getAllByName(host) // asks nobody
                    : Asyncio.toThread(() -> InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw SocketErrors.unknown(host, e);
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : found) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return addresses;
    }

    /** Tells whether it is an address; digits and dots alone may be a name that has to be asked for, such as 1.2.3.4.5. */
    static boolean isNumeric(String host) {
        if (host.indexOf(':') < 0 && !host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            return false; // the usual name
        }
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
