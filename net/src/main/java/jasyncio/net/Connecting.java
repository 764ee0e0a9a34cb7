package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Race;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.NettyPoller;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Connects to the first of several addresses that answers. */
final class Connecting {
    private final EventLoop loop;
    private final ConnectSetup setup;

    /** Those that were connected, of which one is wanted. */
    private final List<Wire> connected = new ArrayList<>();

    private Connecting(EventLoop loop, ConnectSetup setup) {
        this.loop = loop;
        this.setup = setup;
    }

    /** @param host the name behind the addresses, or null if they have none */
    static StreamConnection open(@Nullable String host, List<? extends SocketAddress> addresses, ConnectSetup setup)
            throws IOException {
        EventLoop loop = Asyncio.runningLoop();
        return StreamEvents.open(loop, link(loop, host, addresses, setup), setup.limit(), host);
    }

    /** Connects, and shakes hands if TLS is to be spoken. Suspends; cancellable; for a task of the loop. */
    static Link link(EventLoop loop, @Nullable String host, List<? extends SocketAddress> addresses, ConnectSetup setup)
            throws IOException {
        TlsSetup tls = setup.tlsFor(host);
        Wire wire = new Connecting(loop, setup).first(addresses);
        return tls == null ? wire : secure(loop, wire, tls);
    }

    private static Link secure(EventLoop loop, Wire wire, TlsSetup setup) throws IOException {
        try {
            TlsLink link = TlsLink.client(loop, wire, setup);
            Asyncio.await(link.handshake(), IOException.class);
            return link;
        } catch (CancelledError | RuntimeException e) {
            wire.abort();
            throw e;
        }
    }

    private Wire first(List<? extends SocketAddress> addresses) throws IOException {
        Duration delay = setup.happyEyeballsDelay();
        return delay == null || addresses.size() == 1
                ? oneAfterTheOther(addresses)
                : atOnce(Names.interleave(addresses), delay);
    }

    private Wire oneAfterTheOther(List<? extends SocketAddress> addresses) throws IOException {
        List<Throwable> failures = new ArrayList<>();
        for (SocketAddress address : addresses) {
            try {
                return connect(address);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        throw failure(failures);
    }

    private Wire atOnce(List<? extends SocketAddress> addresses, Duration delay) throws IOException {
        List<Callable<Wire>> attempts = addresses.stream()
                .<Callable<Wire>>map(address -> () -> connect(address))
                .toList();
        Wire winner = null;
        try {
            Race<Wire> race = Asyncio.staggeredRace(attempts, delay);
            if (!race.won()) {
                throw failure(race.exceptions());
            }
            winner = race.result();
            return winner;
        } finally {
            for (Wire wire : connected) {
                if (wire != winner) {
                    wire.abort();
                }
            }
        }
    }

    private static IOException failure(List<? extends @Nullable Throwable> exceptions) {
        List<Throwable> all = new ArrayList<>();
        for (Throwable e : exceptions) {
            if (e != null) {
                all.add(e);
            }
        }
        for (Throwable e : all) {
            if (!(e instanceof IOException)) {
                return new IOException("Cannot connect: " + e, e);
            }
        }
        if (all.isEmpty()) {
            return new ConnectException("No address to connect to");
        }
        List<String> texts =
                all.stream().map(e -> String.valueOf(e.getMessage())).toList();
        if (texts.stream().distinct().count() == 1) {
            return (IOException) all.getFirst();
        }
        var failure =
                new ConnectException("Multiple exceptions: " + texts.stream().collect(Collectors.joining(", ")));
        all.forEach(failure::addSuppressed);
        return failure;
    }

    private Wire connect(SocketAddress address) throws IOException {
        NettyPoller poller = Sockets.of(loop);
        Future<Wire> outcome = loop.createFuture();
        Runnable giveUp = poller.connect(address, new Settings.Connect(setup.localAddress()), (wire, failure) -> {
            if (outcome.done()) { // given up meanwhile
                if (wire != null) {
                    wire.abort();
                }
            } else if (wire != null) {
                outcome.setResult(wire);
            } else {
                outcome.setException(SocketErrors.connecting(address, setup.localAddress(), failure));
            }
        });
        try {
            Wire wire = Asyncio.await(outcome, IOException.class);
            connected.add(wire);
            return wire;
        } catch (CancelledError e) {
            giveUp.run();
            throw e;
        }
    }
}
