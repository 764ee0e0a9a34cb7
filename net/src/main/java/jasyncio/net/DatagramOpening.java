package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.net.netty.DatagramWire;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens a socket for datagrams with the first pair of addresses, of one family, that works. */
final class DatagramOpening {
    private final EventLoop loop;
    private final DatagramSetup setup;

    /** A socket, and where it sends if not told otherwise. */
    record Opened(DatagramWire wire, @Nullable InetSocketAddress remote) {}

    private record Pair(
            StandardProtocolFamily family,
            @Nullable InetSocketAddress local,
            @Nullable InetSocketAddress remote) {}

    private DatagramOpening(EventLoop loop, DatagramSetup setup) {
        this.loop = loop;
        this.setup = setup;
    }

    /** Suspends; cancellable; for a task of the loop. */
    static Opened open(EventLoop loop, DatagramSetup setup) throws IOException {
        return new DatagramOpening(loop, setup).first();
    }

    private Opened first() throws IOException {
        IOException first = null;
        for (Pair pair : pairs()) {
            try {
                return new Opened(open(pair), pair.remote);
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        throw first != null ? first : new UnknownHostException(withoutPair());
    }

    private String withoutPair() {
        if (setup.family() == null) {
            return "The local and the remote address of the socket have no family in common";
        }
        String hosts = Stream.of(setup.local(), setup.remote())
                .filter(Objects::nonNull)
                .map(side -> "'" + side.host() + "'")
                .collect(Collectors.joining(" and "));
        return "No address of " + hosts + " for a socket of the family " + setup.family()
                + "; choose another family, or none for that of the addresses";
    }

    private List<Pair> pairs() throws IOException {
        if (setup.local() == null && setup.remote() == null) {
            if (setup.family() == null) {
                throw new IllegalArgumentException("No address for the socket; give one with o -> o.local(host, port)"
                        + " or o.remote(host, port), or a family with o.family(…)");
            }
            return List.of(new Pair(setup.family(), null, null));
        }
        Map<StandardProtocolFamily, InetSocketAddress> local = resolve(setup.local(), true);
        Map<StandardProtocolFamily, InetSocketAddress> remote = resolve(setup.remote(), false);
        List<Pair> pairs = new ArrayList<>();
        for (StandardProtocolFamily family : (setup.local() != null ? local : remote).keySet()) {
            if ((setup.local() == null || local.containsKey(family))
                    && (setup.remote() == null || remote.containsKey(family))) {
                pairs.add(new Pair(family, local.get(family), remote.get(family)));
            }
        }
        return pairs;
    }

    private Map<StandardProtocolFamily, InetSocketAddress> resolve(DatagramSetup.@Nullable Side side, boolean local)
            throws IOException {
        Map<StandardProtocolFamily, InetSocketAddress> first = new EnumMap<>(StandardProtocolFamily.class);
        if (side == null) {
            return first;
        }
        List<InetSocketAddress> found =
                local && side.host().isEmpty() ? List.of(any(side.port())) : Names.resolve(side.host(), side.port(), 0);
        for (InetSocketAddress address : found) {
            StandardProtocolFamily family = family(address.getAddress());
            if (setup.family() == null || setup.family() == family) {
                first.putIfAbsent(family, address);
            }
        }
        return first;
    }

    private InetSocketAddress any(int port) throws IOException {
        return setup.family() == StandardProtocolFamily.INET6
                ? new InetSocketAddress(InetAddress.getByAddress(new byte[16]), port)
                : new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port);
    }

    private static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private DatagramWire open(Pair pair) throws IOException {
        boolean ipv6 = pair.family == StandardProtocolFamily.INET6;
        var settings = new DatagramWire.Setup(
                ipv6,
                pair.local == null && (pair.remote == null || setup.allowBroadcast()) && ipv6
                        ? new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 0)
                        : pair.local,
                setup.allowBroadcast() ? null : pair.remote,
                setup.options());
        Future<DatagramWire> outcome = loop.createFuture();
        DatagramWire.open(Sockets.of(loop), settings, (wire, failure) -> {
            if (wire != null && outcome.done()) { // given up meanwhile
                wire.abort();
            } else if (wire != null) {
                outcome.setResult(wire);
            } else if (!outcome.done()) {
                outcome.setException(failure(pair, failure));
            }
        });
        try {
            return Asyncio.await(outcome, IOException.class);
        } catch (CancelledError e) {
            if (outcome.done() && !outcome.cancelled() && outcome.exception() == null) { // in the same step
                outcome.result().abort();
            }
            throw e;
        }
    }

    private static Exception failure(Pair pair, @Nullable Throwable cause) {
        if (cause instanceof UnsupportedOperationException || cause instanceof IllegalArgumentException) {
            return (RuntimeException) cause;
        }
        return new IOException(
                "Cannot open a socket for datagrams"
                        + (pair.local == null ? "" : " at " + Net.describe(pair.local))
                        + (pair.remote == null ? "" : " to " + Net.describe(pair.remote))
                        + (cause == null ? "" : ": " + SocketErrors.opening(cause)),
                cause);
    }
}
