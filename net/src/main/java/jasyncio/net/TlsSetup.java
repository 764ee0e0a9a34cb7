package jasyncio.net;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The options of TLS, as values. */
record TlsSetup(
        SSLContext context,
        @Nullable String serverHostname,
        boolean checkHostname,
        List<String> applicationProtocols,
        boolean needClientAuth,
        Duration handshakeTimeout,
        Duration shutdownTimeout,
        Consumer<? super SSLParameters> change)
        implements TlsOptions {

    TlsSetup {
        checkPositive("handshakeTimeout", handshakeTimeout);
        checkPositive("shutdownTimeout", shutdownTimeout);
    }

    static TlsSetup of(SSLContext context, UnaryOperator<TlsOptions> options) {
        return (TlsSetup) options.apply(new TlsSetup(
                context, null, true, List.of(), false, Duration.ofSeconds(60), Duration.ofSeconds(30), _ -> {}));
    }

    private static void checkPositive(String name, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(name + " " + timeout + " is not positive");
        }
    }

    @Override
    public TlsSetup serverHostname(String name) {
        return new TlsSetup(
                context,
                name,
                checkHostname,
                applicationProtocols,
                needClientAuth,
                handshakeTimeout,
                shutdownTimeout,
                change);
    }

    @Override
    public TlsSetup checkHostname(boolean check) {
        return new TlsSetup(
                context,
                serverHostname,
                check,
                applicationProtocols,
                needClientAuth,
                handshakeTimeout,
                shutdownTimeout,
                change);
    }

    @Override
    public TlsSetup applicationProtocols(String... names) {
        return new TlsSetup(
                context,
                serverHostname,
                checkHostname,
                List.of(names),
                needClientAuth,
                handshakeTimeout,
                shutdownTimeout,
                change);
    }

    @Override
    public TlsSetup needClientAuth(boolean need) {
        return new TlsSetup(
                context,
                serverHostname,
                checkHostname,
                applicationProtocols,
                need,
                handshakeTimeout,
                shutdownTimeout,
                change);
    }

    @Override
    public TlsSetup handshakeTimeout(Duration timeout) {
        return new TlsSetup(
                context,
                serverHostname,
                checkHostname,
                applicationProtocols,
                needClientAuth,
                timeout,
                shutdownTimeout,
                change);
    }

    @Override
    public TlsSetup shutdownTimeout(Duration timeout) {
        return new TlsSetup(
                context,
                serverHostname,
                checkHostname,
                applicationProtocols,
                needClientAuth,
                handshakeTimeout,
                timeout,
                change);
    }

    @Override
    public TlsSetup parameters(Consumer<? super SSLParameters> change) {
        return new TlsSetup(
                context,
                serverHostname,
                checkHostname,
                applicationProtocols,
                needClientAuth,
                handshakeTimeout,
                shutdownTimeout,
                change);
    }

    /** Takes the host that was connected to as the name, unless another one was given. */
    TlsSetup forHost(@Nullable String host) {
        return serverHostname != null || host == null || host.isEmpty() ? this : serverHostname(host);
    }

    /** Refuses to be a client's that does not know whose certificate it wants. */
    void checkName() {
        if (serverHostname == null && checkHostname) {
            throw new IllegalArgumentException("No name to check the server's certificate against;"
                    + " give one with o -> o.serverHostname(…), or do without with o -> o.checkHostname(false)");
        }
    }

    /** @param port the server's, under which sessions are remembered; -1 if it is unknown */
    SSLEngine clientEngine(int port) {
        checkName();
        SSLEngine engine =
                serverHostname == null ? context.createSSLEngine() : context.createSSLEngine(serverHostname, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (checkHostname) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (serverHostname != null && !Names.isNumeric(serverHostname)) {
            parameters.setServerNames(List.of(new SNIHostName(withoutFinalDot(serverHostname))));
        }
        return set(engine, parameters);
    }

    SSLEngine serverEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        if (needClientAuth) {
            parameters.setNeedClientAuth(true);
        }
        return set(engine, parameters);
    }

    private SSLEngine set(SSLEngine engine, SSLParameters parameters) {
        if (!applicationProtocols.isEmpty()) {
            parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        }
        change.accept(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
