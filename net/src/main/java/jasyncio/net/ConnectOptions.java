package jasyncio.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** How to connect; {@code openConnection(host, port, o -> o.limit(1024))}. Each call returns new options. */
public sealed interface ConnectOptions permits ConnectSetup {
    /** Speaks TLS with this context; not at all if not called. */
    ConnectOptions tls(SSLContext context);

    /** The same with options: {@code o.tls(context, t -> t.handshakeTimeout(ofSeconds(5)))}. */
    ConnectOptions tls(SSLContext context, UnaryOperator<TlsOptions> options);

    /** The name that the server's certificate must have; the host's if not called. Refused without TLS. */
    ConnectOptions serverHostname(String name);

    /**
     * Tries several addresses of the host at once, those of IPv6 and IPv4 in turn, each this much after the one before or as soon as that has
     * failed, and takes the first that answers; 250 ms is usual. One after the other in the order of the system if not called.
     */
    ConnectOptions happyEyeballsDelay(Duration delay);

    /** The limit of the reader in bytes; 64 KiB if not called. */
    ConnectOptions limit(int bytes);

    /** The address to connect from; any if not called. */
    ConnectOptions localAddress(SocketAddress address);
}
