package jasyncio.net.netty;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** Makes one of the many ways in which the engines say the same. */
final class DatagramErrors {
    private DatagramErrors() {}

    /** @param peer the address that is connected to, or null */
    static IOException clear(Throwable failure, @Nullable InetSocketAddress peer) {
        if (isRefused(failure)) {
            var refused = new PortUnreachableException("Nobody receives at " + (peer == null ? "the other side" : peer)
                    + ", says an ICMP message about an earlier datagram");
            refused.initCause(failure);
            return refused;
        }
        if (isTooLong(failure)) {
            var tooLong = new SocketException("Message too long: a datagram was not sent; it takes at most 65507 bytes"
                    + " with IPv4, 65527 with IPv6, less on some networks");
            tooLong.initCause(failure);
            return tooLong;
        }
        return failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof PortUnreachableException
                || (failure instanceof NativeIoException e && e.expectedErr() == Errors.ERROR_ECONNREFUSED_NEGATIVE);
    }

    private static boolean isTooLong(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Message too long");
    }
}
