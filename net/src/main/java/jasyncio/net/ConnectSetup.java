package jasyncio.net;

import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The options of a connection, as values. */
record ConnectSetup(
        @Nullable SSLContext tls,
        @Nullable String serverHostname,
        @Nullable Duration happyEyeballsDelay,
        int limit,
        @Nullable SocketAddress localAddress)
        implements ConnectOptions {

    static final ConnectSetup DEFAULT = new ConnectSetup(null, null, null, StreamReader.DEFAULT_LIMIT, null);

    @Override
    public ConnectOptions tls(SSLContext context) {
        return new ConnectSetup(context, serverHostname, happyEyeballsDelay, limit, localAddress);
    }

    @Override
    public ConnectOptions serverHostname(String name) {
        return new ConnectSetup(tls, name, happyEyeballsDelay, limit, localAddress);
    }

    @Override
    public ConnectOptions happyEyeballsDelay(Duration delay) {
        return new ConnectSetup(tls, serverHostname, delay, limit, localAddress);
    }

    @Override
    public ConnectOptions limit(int bytes) {
        return new ConnectSetup(tls, serverHostname, happyEyeballsDelay, bytes, localAddress);
    }

    @Override
    public ConnectOptions localAddress(SocketAddress address) {
        return new ConnectSetup(tls, serverHostname, happyEyeballsDelay, limit, address);
    }
}
