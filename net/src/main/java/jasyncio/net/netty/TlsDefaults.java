package jasyncio.net.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * What BoringSSL's engine has if nothing is set, and what it could have.
 *
 * @param usualProtocols on if nothing is set
 * @param usualCipherSuites on if nothing is set
 */
record TlsDefaults(
        List<String> protocols,
        List<String> cipherSuites,
        List<String> usualProtocols,
        List<String> usualCipherSuites,
        boolean cipherSuitesOrder) {

    static TlsDefaults of(SslContext context) {
        SSLEngine engine = context.newEngine(io.netty.buffer.UnpooledByteBufAllocator.DEFAULT);
        try {
            return new TlsDefaults(
                    protocols(engine.getSupportedProtocols()),
                    List.of(engine.getSupportedCipherSuites()),
                    protocols(engine.getEnabledProtocols()),
                    List.of(engine.getEnabledCipherSuites()),
                    engine.getSSLParameters().getUseCipherSuitesOrder());
        } finally {
            ReferenceCountUtil.release(engine);
        }
    }

    /** "SSLv2Hello" is always among them, for no use. */
    private static List<String> protocols(String[] names) {
        return Arrays.stream(names)
                .filter(name -> !name.equals("SSLv2Hello"))
                .distinct()
                .toList();
    }

    SSLParameters parameters() {
        var parameters =
                new SSLParameters(usualCipherSuites.toArray(String[]::new), usualProtocols.toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(cipherSuitesOrder);
        return parameters;
    }
}
