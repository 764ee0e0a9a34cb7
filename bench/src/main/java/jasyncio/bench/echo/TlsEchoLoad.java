package jasyncio.bench.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLContext;

/**
 * The client of echo servers that speak TLS, otherwise like {@link EchoLoad}.
 *
 * <p>While it warms up it decrypts and compares what comes back; while it measures it takes the length of the plaintext from the heads of the records, so that it has less to do
 * than the server.
 */
public final class TlsEchoLoad extends ClosedLoop {
    private static final int SMALL = 1024;
    private static final long RANDOM_SEED = 5;

    private final SSLContext context = Keys.client();
    private final ByteBuffer message;
    private boolean comparing = true;

    /** The length of the messages to be sent. */
    private int length;

    private TlsEchoLoad(long server, int size) throws IOException, GeneralSecurityException {
        super(server);
        byte[] bytes = new byte[size];
        new Random(RANDOM_SEED).nextBytes(bytes);
        message = ByteBuffer.wrap(bytes);
        length = Math.min(size, SMALL);
    }

    /** {@code PORT PID CONNECTIONS SIZE WARM_MILLIS MEASURE_MILLIS}: PID is the server's, SIZE in bytes, times in CPU time of the server. Prints a sample. */
    public static void main(String... arguments) throws IOException, GeneralSecurityException {
        if (arguments.length != 6) {
            throw new IllegalArgumentException(
                    "Takes PORT PID CONNECTIONS SIZE WARM_MILLIS MEASURE_MILLIS; start it through Bench");
        }
        var load = new TlsEchoLoad(Long.parseLong(arguments[1]), Integer.parseInt(arguments[3]));
        load.connect(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]));
        load.warmUp(Duration.ofMillis(Long.parseLong(arguments[4])));
        Duration measured = Duration.ofMillis(Long.parseLong(arguments[5]));
        System.out.println(load.measure(() -> load.run(measured)).toLine());
    }

    private void connect(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            TlsClient tls = TlsClient.shakeHands(channel, context);
            channel.configureBlocking(false);
            new Connection(channel, tls).send();
        }
    }

    private void warmUp(Duration warm) throws IOException {
        run(warm.dividedBy(3));
        length = message.limit();
        run(warm.dividedBy(3));
        comparing = false;
        run(warm.dividedBy(3));
    }

    private final class Connection implements Ready {
        private final TlsClient tls;
        private final SelectionKey key;
        private int sent;
        private int toReceive;
        private long sentAt;

        Connection(SocketChannel channel, TlsClient tls) throws IOException {
            this.tls = tls;
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void goOn(SelectionKey key) throws IOException {
            if (key.isReadable()) {
                receive();
            }
            if (key.isWritable()) {
                write();
            }
        }

        void send() throws IOException {
            sent = length;
            toReceive = length;
            sentAt = System.nanoTime();
            tls.encrypt(message.duplicate().limit(length));
            if (!comparing) {
                tls.countOnly();
            }
            write();
        }

        private void write() throws IOException {
            boolean waits = !tls.write();
            boolean waiting = (key.interestOps() & SelectionKey.OP_WRITE) != 0;
            if (waits != waiting) {
                key.interestOps(waits ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
        }

        private void receive() throws IOException {
            int count = tls.read(message.duplicate().limit(sent).position(sent - toReceive));
            if (count > toReceive) {
                throw new IOException("The server sent %d bytes where %d were to come".formatted(count, toReceive));
            }
            toReceive -= count;
            if (toReceive == 0) {
                answered(sentAt);
                send();
            }
        }
    }
}
