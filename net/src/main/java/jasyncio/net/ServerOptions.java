package jasyncio.net;

import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** How to serve; {@code startServer(host, port, o -> o.backlog(1000), conn -> …)}. Each call returns new options. */
public sealed interface ServerOptions permits ServerSetup {
    /** Speaks TLS with this context; not at all if not called. */
    ServerOptions tls(SSLContext context);

    /** The same with options: {@code o.tls(context, t -> t.needClientAuth(true))}. */
    ServerOptions tls(SSLContext context, UnaryOperator<TlsOptions> options);

    /** How many connections may wait to be accepted; 100 if not called. */
    ServerOptions backlog(int connections);

    /** Lets other servers listen on the same port, each getting a share of the connections; false if not called. */
    ServerOptions reusePort(boolean reuse);

    /** Lets a port be listened on whose last connections are still fading away; true if not called, but on Windows. */
    ServerOptions reuseAddress(boolean reuse);

    /** Probes idle connections; false if not called. */
    ServerOptions keepAlive(boolean probe);

    /** The limit of each reader in bytes; 64 KiB if not called. */
    ServerOptions limit(int bytes);

    /** Begins to accept at once; true if not called. */
    ServerOptions startServing(boolean start);
}
