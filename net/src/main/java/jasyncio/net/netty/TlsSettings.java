package jasyncio.net.netty;

import java.security.AlgorithmConstraints;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What can be set on an engine before its handshake: as the JDK's engine has it, and refused where BoringSSL cannot do it. */
abstract class TlsSettings extends SSLEngine {
    private final TlsDefaults defaults;
    private SSLParameters parameters;
    private boolean client;

    TlsSettings(TlsDefaults defaults, @Nullable String host, int port) {
        super(host, port);
        this.defaults = defaults;
        this.parameters = defaults.parameters();
    }

    abstract boolean begun();

    private void checkNotBegun(String what) {
        if (begun()) {
            throw new IllegalStateException("Cannot set " + what + " after the handshake has begun; set it before");
        }
    }

    @Override
    public SSLParameters getSSLParameters() {
        return copyOf(parameters);
    }

    @Override
    public void setSSLParameters(SSLParameters wanted) {
        checkNotBegun("parameters");
        SSLParameters next = copyOf(wanted);
        if (next.getProtocols() == null) {
            next.setProtocols(parameters.getProtocols());
        }
        if (next.getCipherSuites() == null) {
            next.setCipherSuites(parameters.getCipherSuites());
        }
        check(next);
        parameters = next;
    }

    private void check(SSLParameters wanted) {
        checkSupported("protocol", wanted.getProtocols(), defaults.protocols());
        checkSupported("cipher suite", wanted.getCipherSuites(), defaults.cipherSuites());
        refuseIf(wanted.getAlgorithmConstraints() != null, "algorithm constraints");
        refuseIf(wanted.getSignatureSchemes() != null, "signature schemes");
        refuseIf(wanted.getMaximumPacketSize() != 0, "a maximum packet size");
        if (wanted.getServerNames() != null) {
            for (SNIServerName name : wanted.getServerNames()) {
                refuseIf(!(name instanceof SNIHostName), "the server name " + name + ", which is no SNIHostName,");
            }
        }
    }

    private static void checkSupported(String what, String[] wanted, List<String> supported) {
        for (String name : wanted) {
            if (!supported.contains(name)) {
                throw new IllegalArgumentException("BoringSSL has no " + what + " '" + name + "'; it has " + supported);
            }
        }
    }

    private static void refuseIf(boolean unsupported, String what) {
        if (unsupported) {
            throw new IllegalArgumentException("BoringSSL's engine cannot take " + what
                    + " from SSLParameters; leave it out, or use the JDK's SSLContext");
        }
    }

    /** Returns what the real engine is to be told: null where that is its default. */
    SSLParameters toTell() {
        SSLParameters tell = copyOf(parameters);
        SSLParameters usual = defaults.parameters();
        if (Arrays.equals(tell.getCipherSuites(), usual.getCipherSuites())) {
            tell.setCipherSuites(null);
        }
        if (Arrays.equals(tell.getProtocols(), usual.getProtocols())) {
            tell.setProtocols(null);
        }
        return tell;
    }

    static SSLParameters copyOf(SSLParameters from) {
        var to = new SSLParameters(from.getCipherSuites(), from.getProtocols());
        if (from.getNeedClientAuth()) {
            to.setNeedClientAuth(true);
        } else {
            to.setWantClientAuth(from.getWantClientAuth());
        }
        AlgorithmConstraints constraints = from.getAlgorithmConstraints();
        to.setAlgorithmConstraints(constraints);
        to.setEndpointIdentificationAlgorithm(from.getEndpointIdentificationAlgorithm());
        if (from.getServerNames() != null) {
            to.setServerNames(from.getServerNames());
        }
        if (from.getSNIMatchers() != null) {
            to.setSNIMatchers(from.getSNIMatchers());
        }
        to.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
        to.setEnableRetransmissions(from.getEnableRetransmissions());
        to.setMaximumPacketSize(from.getMaximumPacketSize());
        to.setApplicationProtocols(from.getApplicationProtocols());
        to.setSignatureSchemes(from.getSignatureSchemes());
        to.setNamedGroups(from.getNamedGroups());
        return to;
    }

    List<String> applicationProtocols() {
        return List.of(parameters.getApplicationProtocols());
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return defaults.cipherSuites().toArray(String[]::new);
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return parameters.getCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        SSLParameters next = getSSLParameters();
        next.setCipherSuites(Objects.requireNonNull(suites));
        setSSLParameters(next);
    }

    @Override
    public String[] getSupportedProtocols() {
        return defaults.protocols().toArray(String[]::new);
    }

    @Override
    public String[] getEnabledProtocols() {
        return parameters.getProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        SSLParameters next = getSSLParameters();
        next.setProtocols(Objects.requireNonNull(protocols));
        setSSLParameters(next);
    }

    @Override
    public void setUseClientMode(boolean client) {
        checkNotBegun("the mode");
        this.client = client;
    }

    @Override
    public boolean getUseClientMode() {
        return client;
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        checkNotBegun("client authentication");
        parameters.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return parameters.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        checkNotBegun("client authentication");
        parameters.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return parameters.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean create) {
        if (!create) {
            throw new UnsupportedOperationException(
                    "BoringSSL's engine cannot be kept from making sessions; use the JDK's SSLContext for that");
        }
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
