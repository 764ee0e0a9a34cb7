package jasyncio.bench.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;

/**
 * The client of echo servers: sends a message, waits until all of it has come back, and sends it again.
 *
 * <p>While it warms up it compares every byte that comes back; while it measures it only counts them. The warm-up begins with small messages, so that compilers have seen enough of
 * them even where large ones are slow.
 */
public final class EchoLoad extends ClosedLoop {
    private static final int RECEIVE_SIZE = 256 * 1024;
    private static final int SMALL = 1024;
    private static final long RANDOM_SEED = 5;

    private final ByteBuffer message;
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_SIZE);
    private boolean comparing = true;

    /** The length of the messages to be sent. */
    private int length;

    private EchoLoad(long server, int size) throws IOException {
        super(server);
        byte[] bytes = new byte[size];
        new Random(RANDOM_SEED).nextBytes(bytes);
        message = ByteBuffer.allocateDirect(size).put(bytes).flip();
        length = Math.min(size, SMALL);
    }

    /** {@code PORT PID CONNECTIONS SIZE WARM_MILLIS MEASURE_MILLIS}: PID is the server's, SIZE in bytes, times in CPU time of the server. Prints a sample. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 6) {
            throw new IllegalArgumentException(
                    "Takes PORT PID CONNECTIONS SIZE WARM_MILLIS MEASURE_MILLIS; start it through Bench");
        }
        EchoLoad load = new EchoLoad(Long.parseLong(arguments[1]), Integer.parseInt(arguments[3]));
        load.connect(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]));
        load.warmUp(Duration.ofMillis(Long.parseLong(arguments[4])));
        Duration measured = Duration.ofMillis(Long.parseLong(arguments[5]));
        System.out.println(load.measure(() -> load.run(measured)).toLine());
    }

    private void connect(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            new Connection(channel).send();
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
        private final SocketChannel channel;
        private final SelectionKey key;
        private final ByteBuffer toSend = message.duplicate();
        private int toReceive;
        private long sentAt;

        Connection(SocketChannel channel) throws IOException {
            this.channel = channel;
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void goOn(SelectionKey key) throws IOException {
            if (key.isReadable()) {
                receive();
            }
            if (toSend.hasRemaining()) {
                write();
            }
        }

        void send() throws IOException {
            toSend.rewind().limit(length);
            toReceive = length;
            sentAt = System.nanoTime();
            write();
        }

        private void write() throws IOException {
            channel.write(toSend);
            boolean waiting = (key.interestOps() & SelectionKey.OP_WRITE) != 0;
            if (toSend.hasRemaining() != waiting) {
                key.interestOps(
                        toSend.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
        }

        private void receive() throws IOException {
            received.clear();
            int count = channel.read(received);
            if (count < 0 || count > toReceive) {
                throw new IOException(count < 0 ? "The server has closed a connection" : "The server sent too much");
            }
            if (comparing) {
                compare(count);
            }
            toReceive -= count;
            if (toReceive == 0) {
                answered(sentAt);
                send();
            }
        }

        private void compare(int count) throws IOException {
            ByteBuffer expected = message.duplicate().position(toSend.limit() - toReceive);
            expected.limit(expected.position() + count);
            if (!received.flip().equals(expected)) {
                throw new IOException("The server sent other bytes than it received");
            }
        }
    }
}
