package jasyncio.bench.echo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The client of short connections: connects, sends a line, reads until the server has answered with that line and closed, closes, and begins again.
 *
 * <p>Connections come from many addresses of this machine, one after the other, so that ports do not run out while the system remembers those that were closed.
 */
public final class ConnectLoad extends ClosedLoop {
    private static final byte[] LINE = "how fast can one connect?\n".getBytes(US_ASCII);
    private static final int ADDRESSES = 250;

    private final InetSocketAddress server;
    private final InetSocketAddress[] locals = new InetSocketAddress[ADDRESSES];
    private final ByteBuffer line =
            ByteBuffer.allocateDirect(LINE.length).put(LINE).flip();
    private final ByteBuffer received = ByteBuffer.allocateDirect(2 * LINE.length);
    private int next;

    /** How many more connections are to be opened. */
    private long left;

    private ConnectLoad(int port, long pid) throws IOException {
        super(pid);
        server = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        for (int i = 0; i < ADDRESSES; i++) {
            locals[i] = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (i + 1)}), 0);
        }
    }

    /** {@code PORT PID AT_A_TIME WARM_MILLIS CONNECTIONS}: PID is the server's, the warm-up in CPU time of the server. Prints a sample. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 5) {
            throw new IllegalArgumentException(
                    "Takes PORT PID AT_A_TIME WARM_MILLIS CONNECTIONS; start it through Bench");
        }
        var load = new ConnectLoad(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        int atATime = Integer.parseInt(arguments[2]);
        load.left = Long.MAX_VALUE;
        load.open(atATime);
        load.run(Duration.ofMillis(Long.parseLong(arguments[3])));
        load.left = 0;
        load.finish();
        load.left = Long.parseLong(arguments[4]);
        EchoSample sample = load.measure(() -> {
            load.open(atATime);
            load.finish();
        });
        System.out.println(sample.toLine());
    }

    private void open(int atATime) throws IOException {
        for (int i = 0; i < atATime; i++) {
            open();
        }
    }

    private void finish() throws IOException {
        while (!selector.keys().isEmpty()) {
            select();
        }
    }

    private void open() throws IOException {
        if (left == 0) {
            return;
        }
        left--;
        new Connection();
    }

    private final class Connection implements Ready {
        private final long openedAt = System.nanoTime();
        private final SocketChannel channel = SocketChannel.open();
        private int count;

        /** On one machine a server that listens need not do anything for it. */
        Connection() throws IOException {
            channel.bind(locals[next++ % ADDRESSES]);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            channel.write(line.rewind());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void goOn(SelectionKey key) throws IOException {
            while (true) {
                received.clear();
                int n = channel.read(received);
                if (n == 0) {
                    return;
                }
                if (n < 0) {
                    break;
                }
                compare(n);
            }
            if (count != LINE.length) {
                throw new IOException("The server has closed a connection after " + count + " bytes");
            }
            channel.close();
            answered(openedAt);
            open();
        }

        private void compare(int length) throws IOException {
            if (count + length > LINE.length
                    || !received.flip()
                            .equals(line.duplicate().limit(count + length).position(count))) {
                throw new IOException("The server answered with another line");
            }
            count += length;
        }
    }
}
