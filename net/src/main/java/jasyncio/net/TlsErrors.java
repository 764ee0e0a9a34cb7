package jasyncio.net;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says what was wrong with a TLS connection, and what to do about it. */
final class TlsErrors {
    private static final Pattern BORINGSSLS_ALERT = Pattern.compile("(?:SSLV3|TLSV1)_ALERT_([A-Z0-9_]+)");

    private final TlsSetup setup;
    private final boolean client;
    private final String peer;

    TlsErrors(TlsSetup setup, boolean client, String peer) {
        this.setup = setup;
        this.client = client;
        this.peer = peer;
    }

    /** @param shaken the handshake was over */
    SSLException of(SSLException e, boolean shaken) {
        String text = String.valueOf(e.getMessage());
        String alert = alertIn(text);
        String reason = alert != null ? alert(alert) : own(e, text);
        String what = shaken ? "The TLS connection with " + peer + " broke" : "No TLS connection with " + peer;
        var clear = shaken ? new SSLException(what + ": " + reason) : new SSLHandshakeException(what + ": " + reason);
        clear.initCause(e);
        return clear;
    }

    private static @Nullable String alertIn(String text) {
        if (text.startsWith("Received fatal alert: ") || text.contains(") Received fatal alert: ")) {
            return text.substring(text.indexOf("alert: ") + 7);
        }
        Matcher boringSsls = BORINGSSLS_ALERT.matcher(text);
        return boringSsls.find() ? boringSsls.group(1).toLowerCase(Locale.ROOT) : null;
    }

    private String own(SSLException e, String text) {
        boolean echoed = client && text.contains("Unexpected handshake message: client_hello");
        boolean notTls = text.contains("not an SSL/TLS record")
                || text.contains("WRONG_VERSION_NUMBER")
                || text.contains("HTTP_REQUEST");
        if (echoed
                || notTls
                || text.contains("plaintext connection")
                || text.contains("Unsupported or unrecognized SSL message")) {
            return client
                    ? "the server answered without TLS; connect to its TLS port, or without o -> o.tls(…)"
                    : "the client does not speak TLS; it must connect with TLS to this port";
        }
        if (caused(e, "unable to find valid certification path") || caused(e, "no trusted certificate")) {
            return "its certificate is signed by an authority that is not trusted (" + root(e)
                    + "); give an SSLContext whose trust store has that authority";
        }
        if (client && isWrongName(e)) {
            return "its certificate is not for '" + setup.serverHostname() + "' (" + root(e)
                    + "); connect to a name that it is for, or give one with o -> o.serverHostname(…)";
        }
        if (caused(e, "Empty client certificate chain")
                || caused(e, "Empty server certificate chain")
                || caused(e, "PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
            return "it shows no certificate, which needClientAuth(true) asks for";
        }
        if (caused(e, "No available authentication scheme")
                || caused(e, "no cipher suites in common")
                || caused(e, "NO_SHARED_CIPHER")
                || caused(e, "NO_CERTIFICATE_SET")
                || caused(e, "UNSUPPORTED_PROTOCOL")) {
            return text + "; see that this side's SSLContext has a key with a certificate, and that both sides share a"
                    + " protocol version and a cipher suite";
        }
        return text;
    }

    private static String alert(String alert) {
        String cure = switch (alert) {
            case "unknown_ca", "certificate_unknown", "bad_certificate", "unsupported_certificate" ->
                "it does not accept this side's certificate; see what it trusts, and for which name";
            case "certificate_required" -> "it wants a client's certificate; give an SSLContext with a key";
            case "certificate_expired", "certificate_revoked" -> "renew this side's certificate";
            case "no_application_protocol" -> "both sides must share one of the applicationProtocols(…)";
            case "unrecognized_name" -> "it knows no server of that name; see serverHostname(…)";
            case "handshake_failure", "protocol_version", "insufficient_security" ->
                "both sides must share a protocol version and a cipher suite, and a server needs a key with a"
                        + " certificate";
            default -> "see its log";
        };
        return "the other side refused it with the alert '" + alert + "'; " + cure;
    }

    SSLHandshakeException endedInHandshake(@Nullable IOException cause) {
        var e = new SSLHandshakeException("No TLS connection with " + peer
                + ": the other side closed the connection during the handshake; see whether it speaks TLS on this port"
                + (client ? "" : " and trusts this side's certificate"));
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }

    SSLHandshakeException handshakeTimeout() {
        return new SSLHandshakeException("No TLS connection with " + peer + ": the handshake was not over after "
                + seconds(setup.handshakeTimeout()) + "; see whether the other side speaks TLS on this port,"
                + " or choose a longer handshakeTimeout(…)");
    }

    SSLException shutdownTimeout() {
        return new SSLException("The TLS connection with " + peer + " was not closed by the other side within "
                + seconds(setup.shutdownTimeout()) + " and was cut; shutdownTimeout(…) is how long to wait");
    }

    private static String seconds(java.time.Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private static boolean isWrongName(Throwable e) {
        return caused(e, "No name matching")
                || caused(e, "No subject alternative")
                || caused(e, "Illegal given domain name");
    }

    private static boolean caused(Throwable e, String text) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
