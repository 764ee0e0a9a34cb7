package jasyncio.net.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Keys and trust, from which engines come. Netty's contexts are for one side and one list of application protocols; so there is one for each that was asked
 * for, made at its first use. The garbage collector frees them. Thread-safe.
 */
final class NativeContext {
    private static final Cleaner CLEANER = Cleaner.create();

    private final @Nullable KeyManager keys;
    private final @Nullable TrustManager trust;
    private final ConcurrentMap<Kind, SslContext> contexts = new ConcurrentHashMap<>();
    private final NativeSessions clientSessions = new NativeSessions();
    private final NativeSessions serverSessions = new NativeSessions();
    private final TlsDefaults defaults;

    private record Kind(boolean client, List<String> applicationProtocols) {}

    NativeContext(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust) throws SSLException {
        this.keys = first(X509KeyManager.class, keys);
        this.trust = first(X509TrustManager.class, trust);
        ConcurrentMap<Kind, SslContext> owned = contexts;
        CLEANER.register(this, () -> owned.values().forEach(ReferenceCountUtil::release));
        this.defaults = TlsDefaults.of(context(new Kind(true, List.of())));
    }

    private static <T> @Nullable T first(Class<? extends T> type, T @Nullable [] all) {
        if (all != null) {
            for (T one : all) {
                if (type.isInstance(one)) {
                    return one;
                }
            }
        }
        return null;
    }

    /** Says why there is no BoringSSL here, or null if there is. */
    static @Nullable String unavailable() {
        try {
            Throwable cause = OpenSsl.unavailabilityCause();
            if (cause != null) {
                return NettyEngine.describe(cause);
            }
            return OpenSsl.supportsKeyManagerFactory() ? null : "it is too old to take a KeyManager";
        } catch (LinkageError e) {
            return "its jar is not on the path";
        }
    }

    NativeEngine engine(@Nullable String host, int port) {
        return new NativeEngine(this, defaults, host, port);
    }

    TlsDefaults defaults() {
        return defaults;
    }

    NativeSessions sessions(boolean client) {
        return client ? clientSessions : serverSessions;
    }

    /** Makes the native half of an engine, which belongs to the caller. */
    SSLEngine newEngine(NativeEngine engine) throws SSLException {
        SslContext context = context(new Kind(engine.getUseClientMode(), engine.applicationProtocols()));
        return context.newEngine(UnpooledByteBufAllocator.DEFAULT, engine.getPeerHost(), engine.getPeerPort());
    }

    /** Returns what frees the native half of an engine, once. */
    static Cleaner.Cleanable free(NativeEngine engine, SSLEngine inner) {
        return CLEANER.register(engine, () -> ReferenceCountUtil.release(inner));
    }

    private SslContext context(Kind kind) throws SSLException {
        SslContext known = contexts.get(kind);
        if (known != null) {
            return known;
        }
        SslContext made = make(kind);
        SslContext other = contexts.putIfAbsent(kind, made);
        if (other != null) {
            ReferenceCountUtil.release(made);
            return other;
        }
        sessions(kind.client()).add(made.sessionContext());
        return made;
    }

    private SslContext make(Kind kind) throws SSLException {
        SslContextBuilder builder = kind.client() ? SslContextBuilder.forClient() : forServer();
        if (kind.client() && keys != null) {
            builder.keyManager(keys);
        }
        if (trust != null) {
            builder.trustManager(trust);
        }
        if (!kind.applicationProtocols().isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    kind.applicationProtocols()));
        }
        return builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private SslContextBuilder forServer() throws SSLException {
        if (keys == null) {
            throw new SSLException("A server needs a key with a certificate; give the SSLContext a KeyManager");
        }
        return SslContextBuilder.forServer(keys);
    }
}
