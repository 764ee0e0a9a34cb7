package jasyncio.net;

import jasyncio.net.netty.DatagramWire;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a socket for datagrams, as values. */
record DatagramSetup(
        @Nullable Side local,
        @Nullable Side remote,
        @Nullable StandardProtocolFamily family,
        boolean allowBroadcast,
        List<DatagramWire.Option<?>> options,
        int queueSize)
        implements DatagramOptions {

    static final DatagramSetup DEFAULT = new DatagramSetup(null, null, null, false, List.of(), 1024);

    /** An address that was not looked up. */
    record Side(String host, int port) {}

    @Override
    public DatagramOptions local(String host, int port) {
        Names.checkPort(port, 0);
        return new DatagramSetup(new Side(host, port), remote, family, allowBroadcast, options, queueSize);
    }

    @Override
    public DatagramOptions remote(String host, int port) {
        Names.checkPort(port, 1);
        return new DatagramSetup(local, new Side(host, port), family, allowBroadcast, options, queueSize);
    }

    @Override
    public DatagramOptions family(StandardProtocolFamily family) {
        if (family == StandardProtocolFamily.UNIX) {
            throw new IllegalArgumentException("No datagrams through socket files: family takes INET or INET6");
        }
        return new DatagramSetup(local, remote, family, allowBroadcast, options, queueSize);
    }

    @Override
    public DatagramOptions reusePort(boolean reuse) {
        return option(StandardSocketOptions.SO_REUSEPORT, reuse);
    }

    @Override
    public DatagramOptions allowBroadcast(boolean allow) {
        var more = (DatagramSetup) option(StandardSocketOptions.SO_BROADCAST, allow);
        return new DatagramSetup(local, remote, family, allow, more.options, queueSize);
    }

    /** The last one counts. */
    @Override
    public <T> DatagramOptions option(SocketOption<T> option, T value) {
        List<DatagramWire.Option<?>> more = new ArrayList<>(options);
        more.add(new DatagramWire.Option<>(option, value));
        return new DatagramSetup(local, remote, family, allowBroadcast, List.copyOf(more), queueSize);
    }

    @Override
    public DatagramOptions queueSize(int datagrams) {
        if (datagrams < 1) {
            throw new IllegalArgumentException("queueSize " + datagrams + " is not positive");
        }
        return new DatagramSetup(local, remote, family, allowBroadcast, options, datagrams);
    }
}
