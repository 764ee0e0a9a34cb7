package jasyncio.net;

import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;

/** How to speak TLS; {@code o.tls(context, t -> t.applicationProtocols("h2", "http/1.1"))}. Each call returns new options. */
public sealed interface TlsOptions permits TlsSetup {
    /**
     * For a client: the name that is asked for (SNI) and that the server's certificate must have; the host that was connected to if not
     * called.
     */
    TlsOptions serverHostname(String name);

    /**
     * For a client: tells whether the server's certificate must be for its name; true if not called. Without it anybody whose certificate
     * the context trusts can pose as the server.
     */
    TlsOptions checkHostname(boolean check);

    /** The protocols to agree on (ALPN), the preferred one first; none if not called. See {@link StreamWriter#applicationProtocol()}. */
    TlsOptions applicationProtocols(String... names);

    /** For a server: tells whether clients must show a certificate that the context trusts; false if not called. */
    TlsOptions needClientAuth(boolean need);

    /** How long the handshake may take; 60 s if not called. */
    TlsOptions handshakeTimeout(Duration timeout);

    /** How long the other side may take to confirm the end when the connection is closed; 30 s if not called. */
    TlsOptions shutdownTimeout(Duration timeout);

    /** Changes what else can be set, such as versions and cipher suites; called last, for each connection, in a callback of the loop. */
    TlsOptions parameters(Consumer<? super SSLParameters> change);
}
