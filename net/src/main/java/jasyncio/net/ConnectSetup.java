package jasyncio.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The options of a connection, as values. */
record ConnectSetup(
        @Nullable TlsSetup tls,
        @Nullable String serverHostname,
        @Nullable Duration happyEyeballsDelay,
        int limit,
        @Nullable SocketAddress localAddress)
        implements ConnectOptions {

    static final ConnectSetup DEFAULT = new ConnectSetup(null, null, null, StreamReader.DEFAULT_LIMIT, null);

    @Override
    public ConnectOptions tls(SSLContext context) {
        return tls(context, t -> t);
    }

    @Override
    public ConnectOptions tls(SSLContext context, UnaryOperator<TlsOptions> options) {
        return new ConnectSetup(TlsSetup.of(context, options), serverHostname, happyEyeballsDelay, limit, localAddress);
    }

    @Override
    public ConnectOptions serverHostname(String name) {
        return new ConnectSetup(tls, name, happyEyeballsDelay, limit, localAddress);
    }

    @Override
    public ConnectOptions happyEyeballsDelay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("happyEyeballsDelay " + delay + " is negative");
        }
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

    /** @param host the one that was connected to, or null if it has no name */
    @Nullable
    TlsSetup tlsFor(@Nullable String host) {
        if (tls == null) {
            return null;
        }
        return serverHostname != null ? tls.serverHostname(serverHostname) : tls.forHost(host);
    }
}
