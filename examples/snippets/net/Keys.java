import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys with certificates that they have signed themselves, made by the JDK's keytool; and contexts of them. */
final class Keys {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private Keys() {}

    /** A new key for a host, or whoever {@code name} is. Blocks while keytool runs. */
    static KeyStore of(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path directory = Files.createTempDirectory("keys");
        Path file = directory.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "key",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name, "-ext", "SAN=dns:" + name,
                "-validity", "2", "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore", file.toString());
        var process = keytool.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Files.delete(file);
        Files.delete(directory);
        return store;
    }

    /** A context that shows {@code own}, and trusts {@code trusted} and nobody else; each may be null. */
    static SSLContext context(KeyStore own, KeyStore trusted) throws IOException, GeneralSecurityException {
        KeyManager[] keys = null;
        if (own != null) {
            var managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(own, PASSWORD);
            keys = managers.getKeyManagers();
        }
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        if (trusted != null) {
            authorities.setCertificateEntry("trusted", trusted.getCertificate("key"));
        }
        var managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(keys, trusted == null ? null : managers.getTrustManagers(), null);
        return context;
    }
}
