package jasyncio.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Keys with self-signed certificates, made by the JDK's keytool. */
final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();

    /** For localhost and 127.0.0.1. */
    static final KeyStore LOCALHOST = generate("localhost", "dns:localhost,ip:127.0.0.1");

    /** For a host that does not exist. */
    static final KeyStore ELSEWHERE = generate("elsewhere.test", "dns:elsewhere.test");

    static final KeyStore CLIENT = generate("a client", "dns:client.test");

    private Certificates() {}

    private static KeyStore generate(String name, String alternatives) {
        try {
            Path directory = Files.createTempDirectory("jasyncio");
            Path file = directory.resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "key",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "SAN=" + alternatives,
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
            assertEquals(0, keytool.waitFor(), said);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Files.delete(file);
            Files.delete(directory);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a context with a key to show, or none, that trusts one certificate, or those of the JDK. */
    static SSLContext context(@Nullable KeyStore own, @Nullable KeyStore trusted) throws GeneralSecurityException {
        return context(own, trusted == null ? null : trust(trusted));
    }

    static SSLContext context(@Nullable KeyStore own, TrustManager @Nullable [] trusted)
            throws GeneralSecurityException {
        return init(SSLContext.getInstance("TLS"), own, trusted);
    }

    static SSLContext init(SSLContext context, @Nullable KeyStore own, TrustManager @Nullable [] trusted)
            throws GeneralSecurityException {
        KeyManager[] keys = null;
        if (own != null) {
            var factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(own, PASSWORD);
            keys = factory.getKeyManagers();
        }
        context.init(keys, trusted, null);
        return context;
    }

    static TrustManager[] trust(KeyStore trusted) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.setCertificateEntry("trusted", trusted.getCertificate("key"));
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    static String certificatePem(KeyStore store) throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate("key").getEncoded());
    }

    static String keyPem(KeyStore store) throws GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey("key", PASSWORD).getEncoded());
    }

    private static String pem(String what, byte[] data) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(data) + "\n-----END " + what
                + "-----\n";
    }
}
