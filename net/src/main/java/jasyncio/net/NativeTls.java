package jasyncio.net;

import jasyncio.net.netty.NativeSslContext;
import java.security.KeyManagementException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS by BoringSSL instead of the JDK, for everything here that takes an {@link SSLContext}.
 *
 * <pre>{@code
 * SSLContext context = NativeTls.available() ? NativeTls.context(keys, null) : jdks;
 * startServer("localhost", 8443, o -> o.tls(context), this::serve);
 * }</pre>
 *
 * <p>It needs Netty's jars {@code netty-tcnative-classes} and {@code netty-tcnative-boringssl-static} (for the machine) on the path. Key and
 * trust managers are the JDK's, and are called in the loop's default executor. Keys must let themselves be encoded: one that stays in a
 * device does not work.
 */
public final class NativeTls {
    private NativeTls() {}

    /** Tells whether it works here. Never suspends; thread-safe. */
    public static boolean available() {
        return unavailable() == null;
    }

    /** Says why it does not work here, or null if it does. Never suspends; thread-safe. */
    public static @Nullable String unavailable() {
        return NativeSslContext.unavailable();
    }

    /**
     * Makes a context; keep it, since sessions are resumed within one. Never suspends; thread-safe.
     *
     * @param keys initialized, or null for a client without a certificate
     * @param trust initialized, or null for the authorities that the JDK knows
     * @throws IllegalStateException if it does not work here, saying why
     * @throws KeyManagementException if BoringSSL cannot use them
     */
    public static SSLContext context(@Nullable KeyManagerFactory keys, @Nullable TrustManagerFactory trust)
            throws KeyManagementException {
        SSLContext context = newContext();
        context.init(
                keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
        return context;
    }

    /**
     * Makes a context that is still to be initialized with {@link SSLContext#init}, as those of {@link SSLContext#getInstance(String)} are; the
     * source of random numbers is BoringSSL's own. Never suspends; thread-safe.
     *
     * @throws IllegalStateException if it does not work here, saying why
     */
    public static SSLContext newContext() {
        String reason = unavailable();
        if (reason != null) {
            throw new IllegalStateException("Cannot use BoringSSL here: " + reason
                    + "; put netty-tcnative-classes and netty-tcnative-boringssl-static for this machine on the path,"
                    + " or use the JDK's SSLContext");
        }
        return new NativeSslContext();
    }
}
