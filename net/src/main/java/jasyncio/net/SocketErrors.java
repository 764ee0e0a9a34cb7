package jasyncio.net;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says why a socket could not be had, in the same words on every engine, and what to do about it. */
final class SocketErrors {
    /** What the native engines put before the system's reason. */
    private static final Pattern CALL = Pattern.compile("^.*failed with error\\(-?\\d+\\): ");

    private static final Pattern EXHAUSTED =
            Pattern.compile("Too many open files|No buffer space available|Cannot allocate memory");

    private SocketErrors() {}

    static ConnectException connecting(SocketAddress address, @Nullable Throwable cause) {
        return connecting(address, null, cause);
    }

    /** @param local the address to connect from, or null for any */
    static ConnectException connecting(
            SocketAddress address, @Nullable SocketAddress local, @Nullable Throwable cause) {
        String reason = reason(cause);
        String from = local == null ? "" : " from " + Net.describe(local);
        String cure = local == null ? connectCure(reason) : localCure(address, local, reason);
        var exception =
                new ConnectException("Cannot connect to " + Net.describe(address) + from + ": " + reason + cure);
        exception.initCause(cause);
        return exception;
    }

    private static String localCure(SocketAddress address, SocketAddress local, String reason) {
        if (address instanceof InetSocketAddress to
                && local instanceof InetSocketAddress from
                && from.getAddress() != null
                && !from.getAddress().isAnyLocalAddress()
                && to.getAddress() != null
                && to.getAddress().getClass() != from.getAddress().getClass()) {
            return "; one is an address of IPv4 and the other of IPv6: choose a localAddress of the same family";
        }
        return switch (reason) {
            case "Address already in use" -> "; choose another port in localAddress, 0 for a free one";
            case "Cannot assign requested address" -> "; localAddress is no address of this machine";
            default -> connectCure(reason);
        };
    }

    private static String connectCure(String reason) {
        return switch (reason) {
            case "Connection refused" -> "; nothing listens there: start the server, or see host and port";
            case "No such file or directory" -> "; nothing listens there: start the server, or see the path";
            default -> exhaustedCure(reason);
        };
    }

    /** Starts with asyncio's words if there are no descriptors left, or no memory. */
    static String accepting(SocketAddress address, IOException cause, Duration pause) {
        String reason = reason(cause);
        boolean exhausted = EXHAUSTED.matcher(reason).find();
        return "socket.accept() " + (exhausted ? "out of system resource" : "failed") + " on " + Net.describe(address)
                + ": " + reason + exhaustedCure(reason) + "; accepting again in " + pause.toSeconds() + " s";
    }

    /** For a socket that is not connected. */
    static String opening(Throwable cause) {
        String reason = reason(cause);
        return reason + exhaustedCure(reason);
    }

    private static String exhaustedCure(String reason) {
        return reason.contains("Too many open files")
                ? "; close sockets and files that are not needed, or raise the limit (ulimit -n)"
                : "";
    }

    static String listening(SocketAddress address, @Nullable Throwable cause) {
        String reason = reason(cause);
        return "Cannot listen on " + Net.describe(address) + ": " + reason + listenCure(address, reason);
    }

    private static String listenCure(SocketAddress address, String reason) {
        boolean file = address instanceof UnixDomainSocketAddress;
        return switch (reason) {
            case "Address already in use" ->
                file
                        ? "; the file is there: end the server that made it, or delete it if there is none"
                        : "; another socket listens there: end its program, or choose another port, 0 for a free one";
            case "Cannot assign requested address" ->
                "; that is no address of this machine: 127.0.0.1 is for itself only, an empty host for everybody";
            case "Permission denied" ->
                file ? "; see whose directory it is" : "; ports below 1024 may need a privilege: choose a higher one";
            case "No such file or directory" -> "; create its directory first";
            default -> exhaustedCure(reason);
        };
    }

    static UnknownHostException unknown(String host, UnknownHostException cause) {
        String text = String.valueOf(cause.getMessage());
        String reason = text.startsWith(host + ": ") ? text.substring(host.length() + 2) : text;
        var exception = new UnknownHostException("Cannot find the host '" + host + "': " + reason
                + "; see how it is spelt, and whether this machine can ask a name server");
        exception.initCause(cause);
        return exception;
    }

    /** The system's reason, without the call that failed and without the address. */
    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        if (cause instanceof FileNotFoundException) {
            return "No such file or directory";
        }
        // what Netty has annotated with the address has the same words without it as its cause
        Throwable plain = cause.getCause() instanceof IOException inner ? inner : cause;
        return plain.getMessage() == null
                ? plain.toString()
                : CALL.matcher(plain.getMessage()).replaceFirst("");
    }
}
