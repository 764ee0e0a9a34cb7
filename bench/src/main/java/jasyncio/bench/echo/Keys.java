package jasyncio.bench.echo;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import jasyncio.net.NativeTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Both sides of TLS 1.3: the client's by the JDK's provider, the server's by that or by BoringSSL. */
public final class Keys {
    public static final String PASSWORD = "echo-echo";

    private static final String VERSION = "TLSv1.3";

    private Keys() {}

    /** For servers, with the key in this file. */
    static SSLContext server(String keyStore) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(VERSION);
        context.init(keys(keyStore).getKeyManagers(), null, null);
        return context;
    }

    /** For our servers, by BoringSSL. */
    static SSLContext nativeServer(String keyStore) throws IOException, GeneralSecurityException {
        return NativeTls.context(keys(keyStore), null);
    }

    /** For Netty's servers, by BoringSSL as they use it. */
    static SslContext nettyServer(String keyStore) throws IOException, GeneralSecurityException {
        return SslContextBuilder.forServer(keys(keyStore))
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(VERSION)
                .build();
    }

    private static KeyManagerFactory keys(String keyStore) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(keyStore))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys;
    }

    /** For the client, which trusts everybody: it is the load that matters. */
    static SSLContext client() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(VERSION);
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context;
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
