package jasyncio.net;

import java.net.SocketOption;
import java.net.StandardProtocolFamily;

/**
 * How to open a socket for datagrams; {@code createDatagramEndpoint(Echo::new, o -> o.local("127.0.0.1", 9999))}. Each call returns new
 * options. Nothing works without one of {@link #local}, {@link #remote} and {@link #family}.
 */
public sealed interface DatagramOptions permits DatagramSetup {
    /**
     * Where to receive; any address and a free port if not called.
     *
     * @param host a name, or an address in numbers; empty for all addresses of this machine
     * @param port 0 for a free one, see {@link DatagramTransport#localAddress()}
     */
    DatagramOptions local(String host, int port);

    /**
     * The other side: where to send if not told otherwise. The socket is connected to it, so that it receives from nobody else and hears of
     * what does not arrive; but if {@link #allowBroadcast} is called as well, it only is where to send.
     *
     * @param host a name, or an address in numbers
     */
    DatagramOptions remote(String host, int port);

    /** {@code INET} or {@code INET6}; that of the addresses if not called. */
    DatagramOptions family(StandardProtocolFamily family);

    /** Lets others receive on the same port: each what is sent to a group or broadcast, one what is sent to one; false if not called. */
    DatagramOptions reusePort(boolean reuse);

    /** Lets it send to broadcast addresses; false if not called. */
    DatagramOptions allowBroadcast(boolean allow);

    /**
     * An option of the socket, set before it is used; for multicast {@code StandardSocketOptions.IP_MULTICAST_IF} (the network to send to),
     * {@code IP_MULTICAST_TTL} (how far) and {@code IP_MULTICAST_LOOP} (whether this machine receives it too).
     */
    <T> DatagramOptions option(SocketOption<T> option, T value);

    /**
     * How many received datagrams a {@link DatagramEndpoint} keeps for the program; 1024 if not called. More are dropped, as the system does
     * where nobody receives.
     */
    DatagramOptions queueSize(int datagrams);
}
