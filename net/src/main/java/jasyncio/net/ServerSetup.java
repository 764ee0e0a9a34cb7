package jasyncio.net;

import jasyncio.net.netty.Settings;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The options of a server, as values. */
record ServerSetup(
        @Nullable TlsSetup tls,
        int backlog,
        boolean reusePort,
        boolean reuseAddress,
        boolean keepAlive,
        int limit,
        boolean startServing)
        implements ServerOptions {

    static final ServerSetup DEFAULT = new ServerSetup(
            null,
            100,
            false,
            !System.getProperty("os.name").startsWith("Windows"),
            false,
            StreamReader.DEFAULT_LIMIT,
            true);

    @Override
    public ServerOptions tls(SSLContext context) {
        return tls(context, t -> t);
    }

    @Override
    public ServerOptions tls(SSLContext context, UnaryOperator<TlsOptions> options) {
        return new ServerSetup(
                TlsSetup.of(context, options), backlog, reusePort, reuseAddress, keepAlive, limit, startServing);
    }

    @Override
    public ServerOptions backlog(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("Backlog " + connections + " is not positive");
        }
        return new ServerSetup(tls, connections, reusePort, reuseAddress, keepAlive, limit, startServing);
    }

    @Override
    public ServerOptions reusePort(boolean reuse) {
        return new ServerSetup(tls, backlog, reuse, reuseAddress, keepAlive, limit, startServing);
    }

    @Override
    public ServerOptions reuseAddress(boolean reuse) {
        return new ServerSetup(tls, backlog, reusePort, reuse, keepAlive, limit, startServing);
    }

    @Override
    public ServerOptions keepAlive(boolean probe) {
        return new ServerSetup(tls, backlog, reusePort, reuseAddress, probe, limit, startServing);
    }

    @Override
    public ServerOptions limit(int bytes) {
        StreamReader.checkLimit(bytes);
        return new ServerSetup(tls, backlog, reusePort, reuseAddress, keepAlive, bytes, startServing);
    }

    @Override
    public ServerOptions startServing(boolean start) {
        return new ServerSetup(tls, backlog, reusePort, reuseAddress, keepAlive, limit, start);
    }

    Settings.Listen listen() {
        return new Settings.Listen(backlog, reuseAddress, reusePort, keepAlive);
    }
}
