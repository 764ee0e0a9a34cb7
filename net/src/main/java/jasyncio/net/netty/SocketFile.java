package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file that a listening channel is bound to. Netty deletes whatever has that name when the channel is closed; this sees to it that the
 * file of another server, which has taken the place meanwhile, stays.
 */
final class SocketFile {
    private final UnixDomainSocketAddress address;
    private @Nullable Object identity;
    private boolean lost;

    private SocketFile(UnixDomainSocketAddress address) {
        this.address = address;
    }

    /** Returns null if the address is not that of a file. */
    static @Nullable SocketFile of(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress file ? new SocketFile(file) : null;
    }

    UnixDomainSocketAddress address() {
        return address;
    }

    /** Returns the address to bind to. */
    SocketAddress nettys(NettyEngine engine) {
        return engine == NettyEngine.NIO ? address : new Native();
    }

    /** The native engines ask the address for the file to delete. */
    private final class Native extends DomainSocketAddress {
        private static final long serialVersionUID = 1L;

        Native() {
            super(address.getPath().toString());
        }

        @Override
        public String path() {
            return lost ? "" : super.path();
        }
    }

    /** The file is there. */
    void bound() {
        identity = identity(address.getPath());
    }

    /** The channel is about to be closed. */
    void closing(Channel channel) throws IOException {
        lost = identity != null && !identity.equals(identity(address.getPath()));
        if (lost && channel instanceof AbstractNioChannel nio) { // which has no address to delete once it is closed
            nio.unsafe().ch().close();
        }
    }

    /** Returns what no other file has as long as the channel is open, or null if there is no file or the system has no such thing. */
    private static @Nullable Object identity(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
