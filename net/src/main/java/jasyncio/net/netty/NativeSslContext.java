package jasyncio.net.netty;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's view of BoringSSL: a context that makes {@link NativeEngine}s. To be initialized. */
public final class NativeSslContext extends SSLContext {
    private static final Provider PROVIDER = new NativeProvider();

    public NativeSslContext() {
        super(new Spi(), PROVIDER, "TLS");
    }

    /** Says why it does not work here, or null if it does. */
    public static @Nullable String unavailable() {
        return NativeContext.unavailable();
    }

    private static final class NativeProvider extends Provider {
        private static final long serialVersionUID = 1;

        NativeProvider() {
            super("jasyncio-native", "1.0", "TLS by BoringSSL, through Netty");
        }
    }

    private static final class Spi extends SSLContextSpi {
        private @Nullable NativeContext context;

        private NativeContext context() {
            if (context == null) {
                throw new IllegalStateException("The SSLContext is not initialized; call init(…)");
            }
            return context;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            try {
                context = new NativeContext(keys, trust);
            } catch (SSLException e) {
                throw new KeyManagementException("BoringSSL does not take these keys: " + e.getMessage(), e);
            }
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context().engine(null, -1);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context().engine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context().sessions(false);
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context().sessions(true);
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context().defaults().parameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            TlsDefaults defaults = context().defaults();
            return new SSLParameters(
                    defaults.cipherSuites().toArray(String[]::new),
                    defaults.protocols().toArray(String[]::new));
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw noSockets();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw noSockets();
        }

        private static UnsupportedOperationException noSockets() {
            return new UnsupportedOperationException(
                    "BoringSSL's SSLContext has engines, but no sockets; use the JDK's SSLContext for these");
        }
    }
}
