package jasyncio.net;

import java.net.InetSocketAddress;
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
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new IllegalArgumentException(
                    "localAddress " + inet.getHostString() + " is a name; look it up with resolveHost(…) first");
        }
        return new ConnectSetup(tls, serverHostname, happyEyeballsDelay, limit, address);
    }

    /** @param host the one to connect to; null or empty if it has no name */
    @Nullable
    TlsSetup tlsFor(@Nullable String host) {
        if (tls == null) {
            if (serverHostname != null) {
                throw new IllegalArgumentException("No TLS for the serverHostname '" + serverHostname
                        + "', which only a certificate is checked against; give a context with o -> o.tls(…)");
            }
            return null;
        }
        TlsSetup named = serverHostname != null ? tls.serverHostname(serverHostname) : tls.forHost(host);
        named.checkName();
        return named;
    }
}
