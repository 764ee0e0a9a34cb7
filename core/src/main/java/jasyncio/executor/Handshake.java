package jasyncio.executor;

import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * How one child and the pool find each other: the pool listens on a Unix socket in a directory of its user's own (on loopback where there
 * are none), and tells the child, through its standard input, the address and a secret to show there.
 */
final class Handshake implements Closeable {
    /** Length of the secret, in bytes. */
    static final int SECRET = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret = new byte[SECRET];
    private final ServerSocketChannel listener;

    /** The directory of the Unix socket; null on loopback. */
    private final @Nullable Path directory;

    Handshake() throws IOException {
        RANDOM.nextBytes(secret);
        Path directory = null;
        ServerSocketChannel listener;
        try {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            directory = Files.createTempDirectory("jasyncio-");
            listener.bind(UnixDomainSocketAddress.of(directory.resolve("pool")));
        } catch (UnsupportedOperationException | IOException e) { // or the path is too long for a socket
            delete(directory);
            directory = null;
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        this.listener = listener;
        this.directory = directory;
    }

    /** Writes what the child is to know to its standard input, and closes that. */
    void introduce(OutputStream childInput) throws IOException {
        try (var out = new DataOutputStream(childInput)) {
            SocketAddress address = listener.getLocalAddress();
            out.writeUTF(address instanceof InetSocketAddress tcp ? "tcp:" + tcp.getPort() : "unix:" + address);
            out.write(secret);
        }
    }

    /** Waits for the child; a {@link #close} from another thread ends that with an exception. Who does not know the secret is turned away. */
    SocketChannel accept() throws IOException {
        while (true) {
            SocketChannel channel = listener.accept();
            var shown = ByteBuffer.allocate(SECRET);
            while (shown.hasRemaining() && channel.read(shown) >= 0) {
                // read on
            }
            if (MessageDigest.isEqual(shown.array(), secret)) {
                return channel;
            }
            channel.close();
        }
    }

    /** Listens no more. Thread-safe. */
    @Override
    public void close() throws IOException {
        listener.close();
        delete(directory);
    }

    private static void delete(@Nullable Path directory) throws IOException {
        if (directory != null) {
            Files.deleteIfExists(directory.resolve("pool"));
            Files.deleteIfExists(directory);
        }
    }
}
