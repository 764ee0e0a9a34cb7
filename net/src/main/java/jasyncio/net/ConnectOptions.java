package jasyncio.net;

import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** How to connect; {@code openConnection(host, port, o -> o.limit(1024))}. Each call returns new options. */
public sealed interface ConnectOptions permits ConnectSetup {
    /** Speaks TLS with this context; not at all if not called. */
    ConnectOptions tls(SSLContext context);

    /** The name that the server's certificate must have; the host's if not called. */
    ConnectOptions serverHostname(String name);

    /**
     * Tries several addresses of the host at once, each this much after the one before, and takes the first that answers. One after the other
     * if not called.
     */
    ConnectOptions happyEyeballsDelay(Duration delay);

    /** The limit of the reader in bytes; 64 KiB if not called. */
    ConnectOptions limit(int bytes);

    /** The address to connect from; any if not called. */
    ConnectOptions localAddress(SocketAddress address);
}
